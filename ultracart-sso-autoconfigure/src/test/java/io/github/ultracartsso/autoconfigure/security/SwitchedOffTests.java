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

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.autoconfigure.SocketBrowser;
import io.github.ultracartsso.autoconfigure.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Applications with a filter chain of their own that switch the login with UltraCart off,
 * as in a profile of developers.
 */
@ExtendWith(OutputCaptureExtension.class)
class SwitchedOffTests {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	@Test
	void loginWhenSwitchedOffThenTheOtherLoginOfTheChainWorks(CapturedOutput output) {
		try (ServletWebServerApplicationContext context = run(FormAndUltraCart.class)) {
			SocketBrowser browser = new SocketBrowser(context);
			assertThat(SocketBrowser.location(browser.navigate("/items"))).isEqualTo("/login");
			assertThat(SocketBrowser.location(browser.navigate("/ultracart/authorize"))).isEqualTo("/login");
			HttpResponse<String> page = browser.navigate("/login");
			assertThat(page.body()).contains("name=\"username\"").doesNotContain("UltraCart", "ultracart");
			Matcher csrf = CSRF.matcher(page.body());
			assertThat(csrf.find()).isTrue();
			browser.submit("/login", "username=local&password=secret&_csrf=" + csrf.group(1));
			assertThat(browser.navigate("/items").body()).isEqualTo("items");
			assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.matches("ultraCart(?!Test).*"));
		}
		assertThat(output)
			.containsOnlyOnce("ultracart.sso.enabled is false, so ultraCartLogin() adds nothing to its filter chain");
	}

	@Test
	void requestWhenNoOtherLoginThenDenied() {
		try (ServletWebServerApplicationContext context = run(UltraCartOnly.class)) {
			assertThat(new SocketBrowser(context).navigate("/items").statusCode()).isEqualTo(403);
		}
	}

	private static ServletWebServerApplicationContext run(Class<?> chain) {
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(chain, Pages.class,
				TestApplication.Everything.class)
			.properties(Map.of("server.port", "0", "ultracart.sso.enabled", "false"))
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	static class FormAndUltraCart {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(withDefaults())
				.with(ultraCartLogin(), (login) -> login.loginPage("/login").defaultSuccessUrl("/items"))
				.build();
		}

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("local").password("{noop}secret").roles("USER").build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UltraCartOnly {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.with(ultraCartLogin(), withDefaults())
				.build();
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
