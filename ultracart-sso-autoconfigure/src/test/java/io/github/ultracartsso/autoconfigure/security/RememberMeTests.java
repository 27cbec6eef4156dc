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

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.SocketBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.config.UltraCartLoginConfigurer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.rememberme.InMemoryTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Remember-me in a real container, after the guard or a refresh has ended the session.
 */
class RememberMeTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@ParameterizedTest
	@ValueSource(classes = { Token.class, PersistentToken.class })
	void pagesWhenUserIsRefusedThenNotSignedInAgain(Class<?> rememberMe) {
		try (ServletWebServerApplicationContext application = start(rememberMe, "session.refresh-interval=1ms")) {
			SocketBrowser browser = new SocketBrowser(application);
			browser.signIn(this.ultraCart);
			assertThat(browser.cookieNames()).contains("remember-me");
			this.ultraCart.givenStatus(WireMock.get(TestUltraCart.USER), 401);
			assertNotSignedIn(browser);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Token.class, PersistentToken.class })
	void pagesWhenSessionIsTooOldThenNotSignedInAgain(Class<?> rememberMe) {
		try (ServletWebServerApplicationContext application = start(rememberMe, "session.max-age=1ms")) {
			SocketBrowser browser = new SocketBrowser(application);
			browser.signIn(this.ultraCart);
			assertNotSignedIn(browser);
		}
	}

	private static void assertNotSignedIn(SocketBrowser browser) {
		for (int page = 1; page <= 3; page++) {
			assertThat(SocketBrowser.location(browser.navigate("/"))).isEqualTo("/ultracart/authorize");
			assertThat(browser.cookieNames()).doesNotContain("remember-me");
		}
	}

	private ServletWebServerApplicationContext start(Class<?> configuration, String property) {
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(TestApplication.Everything.class,
				configuration)
			.properties("server.port=0", "ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + this.ultraCart.baseUrl(), "ultracart.sso." + property)
			.run();
	}

	private static HttpSecurity chain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.rememberMe((rememberMe) -> rememberMe.key("key").alwaysRemember(true))
			.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults());
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Users.class)
	static class Token {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return RememberMeTests.chain(http).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Users.class)
	static class PersistentToken {

		private final PersistentTokenRepository tokens = new InMemoryTokenRepositoryImpl();

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return RememberMeTests.chain(http)
				.rememberMe((rememberMe) -> rememberMe.tokenRepository(this.tokens))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("jane").password("{noop}pw").roles("JANE").build());
		}

	}

}
