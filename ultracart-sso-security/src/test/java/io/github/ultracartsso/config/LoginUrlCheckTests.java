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

package io.github.ultracartsso.config;

import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LoginUrlCheck}.
 */
class LoginUrlCheckTests {

	private static final String CALLBACK = "the callback (redirectionEndpoint, or ultracart.sso.redirect-uri)";

	private static final String START = "the start of a login (authorizationEndpoint)";

	private static final String PAGE = "the sign-in page (loginPage, or ultracart.sso.login-page)";

	private static final String LOGOUT = "the sign-out (logoutUrl)";

	@RegisterExtension
	final TestApplication application = new TestApplication();

	@ParameterizedTest
	@CsvSource({ "/login, /start, /login, /logout, '" + CALLBACK + " and " + PAGE + " are both /login'",
			"/start, /start, /login, /logout, '" + CALLBACK + " and " + START + " are both /start'",
			"/callback, /login, /login, /logout, '" + START + " and " + PAGE + " are both /login'",
			"/bye, /start, /login, /bye, '" + CALLBACK + " and " + LOGOUT + " are both /bye'",
			"/callback, /logout, /login, /logout, '" + START + " and " + LOGOUT + " are both /logout'",
			"/callback, /start, /bye, /bye, '" + PAGE + " and " + LOGOUT + " are both /bye'",
			"/login/*, /start, /login/page, /logout, '" + CALLBACK + " and " + PAGE + " are both /login/*'",
			"/{any}, /a/b, /a/c, /logout, '" + CALLBACK + " and " + LOGOUT + " are both /{any}'" })
	void startWhenUrlsCollideThenFailsAndNamesTheOptions(String callback, String start, String page, String logout,
			String collision) {
		assertFails(new Urls(callback, start, page, logout))
			.withMessage("The URLs of a login must differ, but " + collision);
	}

	@Test
	void startWhenAllCollideThenAllAreNamed() {
		assertFails(new Urls("/a", "/a", "/a", "/a")).withMessageContaining(CALLBACK + " and " + START)
			.withMessageContaining(CALLBACK + " and " + PAGE)
			.withMessageContaining(CALLBACK + " and " + LOGOUT)
			.withMessageContaining(START + " and " + PAGE)
			.withMessageContaining(START + " and " + LOGOUT)
			.withMessageContaining(PAGE + " and " + LOGOUT);
	}

	@Test
	void startWhenRedirectUriCollidesAndEndpointIsElsewhereThenStarts() {
		this.application.withBean("settings", TestSettings.redirectUri("{baseUrl}/login"));
		assertThat(start(new Urls("/callback", "/start", "/login", "/logout"))).isNotNull();
	}

	@Test
	void startWhenNoSignOutThenItsUrlIsFree() {
		assertThat(start(new Urls("/logout", "/start", "/login", ""))).isNotNull();
	}

	private Browser start(Urls urls) {
		return this.application.withBean("urls", urls)
			.withClient(new FakeUltraCartSsoClient())
			.start(ChainWithUrls.class);
	}

	private ThrowableAssertAlternative<?> assertFails(Urls urls) {
		return assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> start(urls))
			.havingRootCause()
			.isInstanceOf(CollidingLoginUrlsException.class);
	}

	record Urls(String callback, String start, String page, String logout) {
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class ChainWithUrls {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, Urls urls) {
			http.with(ultraCartLogin(),
					(login) -> login.redirectionEndpoint((endpoint) -> endpoint.baseUri(urls.callback()))
						.authorizationEndpoint((endpoint) -> endpoint.baseUri(urls.start()))
						.loginPage(urls.page()));
			if (urls.logout().isEmpty()) {
				http.logout((logout) -> logout.disable());
			}
			else {
				http.logout((logout) -> logout.logoutUrl(urls.logout()));
			}
			return http.build();
		}

	}

}
