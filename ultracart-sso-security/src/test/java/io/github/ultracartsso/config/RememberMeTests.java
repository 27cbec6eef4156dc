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

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSession;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * The end of a session where the chain has other mechanisms that sign users in.
 */
class RememberMeTests {

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	private final LogoutHandler logoutHandler = mock(LogoutHandler.class);

	@ParameterizedTest
	@EnumSource
	void endWhenRememberedByTokenThenNotSignedInAgain(End end) {
		assertNotSignedInAgain(end, Token.class);
	}

	@ParameterizedTest
	@EnumSource
	void endWhenRememberedAndNoLogoutThenNotSignedInAgain(End end) {
		assertNotSignedInAgain(end, TokenWithoutLogout.class);
	}

	private void assertNotSignedInAgain(End end, Class<?> configuration) {
		Browser browser = signIn(configuration);
		end(end);
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/ultracart/authorize");
		assertThat(browser.cookies()).extracting(Cookie::getName).doesNotContain("remember-me");
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/ultracart/authorize");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".node0" })
	void endWhenRequestOfTheSameBrowserIsUnderWayThenNotSignedInByIt(String nameOfServer) {
		Browser browser = signIn(Token.class);
		browser.appendToSessionId(nameOfServer);
		String sessionId = browser.requireSession().getId() + nameOfServer;
		Cookie[] cookies = browser.cookies();
		end(End.EXPIRED);
		browser.navigate("/items");
		// sent with the cookies that the browser had before
		browser.addCookies(cookies);
		MockHttpServletResponse response = browser
			.exchange(browser.mvc().get().uri("/items").header("Sec-Fetch-Mode", "cors").with((request) -> {
				request.setRequestedSessionId(sessionId);
				request.setRequestedSessionIdValid(false);
				return request;
			}));
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(browser.cookies()).extracting(Cookie::getName).doesNotContain("remember-me");
	}

	@Test
	void refusalWhenResponseIsCommittedAndKeepsItsCookieThenNotSignedInByIt() {
		Browser browser = signIn(Token.class);
		String sessionId = browser.requireSession().getId();
		MockHttpServletResponse streamed = browser.navigate("/refused");
		assertThat(Browser.body(streamed)).isEqualTo("streamed");
		assertThat(browser.session()).isNull();
		MockHttpServletResponse next = browser
			.exchange(browser.mvc().get().uri("/items").header("Sec-Fetch-Mode", "cors").with((request) -> {
				request.setRequestedSessionId(sessionId);
				return request;
			}));
		assertThat(next.getStatus()).isEqualTo(401);
	}

	@Test
	void requestWhenFromForeignAddressThenNotSignedInByItsCookieAndOwnerGoesOn() {
		this.application.withPolicy(TestSettings.lockedTo(IpLock.PIN));
		Browser browser = signIn(Token.class);
		browser.moveTo("203.0.113.66");
		assertThat(Browser.body(browser.fetch("/items"))).contains("ip_mismatch");
		browser.moveTo("127.0.0.1");
		assertThat(Browser.body(browser.fetch("/authorities"))).contains("FACTOR_ULTRACART_SSO");
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test
	void rememberMeWhenSessionHasTimedOutThenSignsIn() {
		Browser browser = signIn(Token.class);
		browser.useSession(null);
		assertThat(Browser.body(browser.fetch("/authorities"))).isEqualTo("ROLE_JANE");
	}

	@Test
	void endWhenChainHasLogoutHandlersThenTheyAreToldWhoseSessionItWas() {
		Browser browser = signIn(OtherHandlers.class);
		browser.addCookies(new Cookie("basket", "3"));
		end(End.EXPIRED);
		MockHttpServletResponse refused = browser.navigate("/items");
		assertThat(Arrays.asList(refused.getCookies())).anySatisfy((cookie) -> {
			assertThat(cookie.getName()).isEqualTo("basket");
			assertThat(cookie.getMaxAge()).isZero();
		});
		then(this.logoutHandler).should().logout(any(), any(), argThat((user) -> user.getName().equals("Jane!ops")));
	}

	@Test
	void endWhenLogoutHandlerFailsThenSessionEndsAllTheSame() {
		willThrow(new IllegalStateException("expected")).given(this.logoutHandler).logout(any(), any(), any());
		Browser browser = signIn(OtherHandlers.class);
		end(End.EXPIRED);
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/ultracart/authorize");
		assertThat(browser.session()).isNull();
	}

	private Browser signIn(Class<?> configuration) {
		this.application.withBean("logoutHandler", this.logoutHandler);
		Browser browser = this.application.withClient(this.client).start(configuration);
		browser.signIn("code", "/items");
		assertThat(browser.fetch("/items").getStatus()).isEqualTo(200);
		return browser;
	}

	private void end(End end) {
		switch (end) {
			case EXPIRED -> this.application.clock().advance(Duration.ofHours(1));
			case REFUSED -> refuse(UltraCartApiFailure.CREDENTIAL_REJECTED);
			case DENIED -> refuse(UltraCartApiFailure.REFUSED);
		}
	}

	private void refuse(UltraCartApiFailure failure) {
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
		this.application.clock().advance(Duration.ofMinutes(30));
	}

	private static HttpSecurity chain(HttpSecurity http) {
		return Pages.protect(http)
			.rememberMe((rememberMe) -> rememberMe.key("key").alwaysRemember(true))
			.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults());
	}

	/**
	 * How the session ends: by the guard, or by the refresh.
	 */
	enum End {

		EXPIRED, REFUSED, DENIED

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Users.class, RefusedPage.class })
	static class Token {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return RememberMeTests.chain(http).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Users.class })
	static class TokenWithoutLogout {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return RememberMeTests.chain(http).logout(AbstractHttpConfigurer::disable).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Users.class })
	static class OtherHandlers {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, LogoutHandler logoutHandler) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.logout((logout) -> logout.addLogoutHandler(logoutHandler).deleteCookies("basket"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("Jane!ops").password("{noop}pw").roles("JANE").build());
		}

	}

	/**
	 * Page that is under way to the browser already when the key is refused.
	 */
	@RestController
	static class RefusedPage {

		private final CurrentSsoSessions currentSsoSessions;

		RefusedPage(CurrentSsoSessions currentSsoSessions) {
			this.currentSsoSessions = currentSsoSessions;
		}

		@GetMapping("/refused")
		void refused(HttpServletResponse response) throws IOException {
			response.getWriter().write("streamed");
			response.flushBuffer();
			SsoSession ssoSession = this.currentSsoSessions.find();
			if (ssoSession != null) {
				this.currentSsoSessions.endRefused(ssoSession);
			}
		}

	}

}
