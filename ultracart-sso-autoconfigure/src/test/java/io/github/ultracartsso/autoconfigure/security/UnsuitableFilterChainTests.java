/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ultracartsso.autoconfigure.security;

import io.github.ultracartsso.autoconfigure.SocketBrowser;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Applications with a filter chain of their own that keeps its users in another way than
 * usual, or not at all.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnsuitableFilterChainTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@ParameterizedTest
	@ValueSource(classes = { Stateless.class, StatelessLast.class, RequestOnly.class, NotStored.class })
	void startWhenChainForgetsUsersThenReportNamesPolicyAndChain(Class<?> chain, CapturedOutput output) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(chain));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:",
				"SessionCreationPolicy.STATELESS", "securityContextRepository",
				"The filter chain is the bean 'ownChain'", "Action:",
				"Remove the policy or the repository from this chain.");
	}

	@Test
	void startWhenSecurityContextIsDisabledThenReported(CapturedOutput output) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(NoSecurityContext.class));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "securityContext disabled", "'ownChain'",
				"Action:", "Remove securityContext(AbstractHttpConfigurer::disable)");
	}

	@Test
	void startWhenContextIsSavedImplicitlyThenReported(CapturedOutput output) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(ImplicitSave.class));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "requireExplicitSave(false)",
				"'ownChain'", "Action:", "Remove requireExplicitSave(false)");
	}

	@ParameterizedTest
	@ValueSource(classes = { Never.class, NoSessionManagement.class })
	void loginWhenChainKeepsSessionsOfOthersThenUserIsSignedIn(Class<?> chain) {
		try (ServletWebServerApplicationContext context = run(chain)) {
			SocketBrowser browser = new SocketBrowser(context);
			assertThat(browser.signIn(this.ultraCart)).startsWith("/");
			assertThat(browser.navigate("/items").body()).isEqualTo("items");
		}
	}

	private ServletWebServerApplicationContext run(Class<?> chain) {
		SpringApplication application = new SpringApplication(chain, TestApplication.Everything.class);
		return (ServletWebServerApplicationContext) application.run("--server.port=0",
				"--ultracart.sso.simple-key=" + TestApplication.KEY,
				"--ultracart.sso.base-url=" + this.ultraCart.baseUrl());
	}

	private static SecurityFilterChain chain(HttpSecurity http, Customizer<HttpSecurity> customizer) {
		customizer.customize(http);
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.with(ultraCartLogin(), withDefaults())
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class Stateless {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return chain(http, (chain) -> chain
				.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StatelessLast {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return http.with(ultraCartLogin(), withDefaults())
				.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RequestOnly {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return chain(http, (chain) -> chain.securityContext(
					(context) -> context.securityContextRepository(new RequestAttributeSecurityContextRepository())));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NotStored {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return chain(http, (chain) -> chain
				.securityContext((context) -> context.securityContextRepository(new NullSecurityContextRepository())));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoSecurityContext {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return chain(http, (chain) -> chain.securityContext(AbstractHttpConfigurer::disable));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ImplicitSave {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return chain(http, (chain) -> chain.securityContext((context) -> context.requireExplicitSave(false)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class Never {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return chain(http, (chain) -> chain
				.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class NoSessionManagement {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return chain(http, (chain) -> chain.sessionManagement(AbstractHttpConfigurer::disable));
		}

	}

	@RestController
	static class Pages {

		@GetMapping("/items")
		String items() {
			return "items";
		}

	}

}
