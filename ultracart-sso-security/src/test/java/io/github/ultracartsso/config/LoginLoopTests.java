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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a browser that is sent round in circles through one login after the
 * other: UltraCart's login answers by itself whoever has logged in there before.
 */
class LoginLoopTests {

	private static final String EXPLAINED = "/login?error=session_ended";

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	@Test
	void loginWhenSessionIsLostAfterItThenExplainedAfterAFewRounds() {
		Browser browser = start(DefaultChain.class);
		Runnable lose = () -> browser.useSession(null);
		assertThat(follow(browser, "/items", lose)).isEqualTo(EXPLAINED);
		assertThat(this.client.authorized()).hasSize(5);
		MockHttpServletResponse page = browser.navigate(EXPLAINED);
		assertThat(page.getStatus()).isEqualTo(401);
		assertThat(Browser.body(page)).contains("Your session has ended, or did not last.");
	}

	@Test
	void loginWhenExplainedAndSessionLastsThenClickOnThePageSignsIn() {
		Browser browser = start(DefaultChain.class);
		follow(browser, "/items", () -> browser.useSession(null));
		assertThat(Browser.body(browser.navigate(EXPLAINED))).contains("href=\"/ultracart/authorize\"");
		assertThat(follow(browser, "/ultracart/authorize", () -> {
		})).isEqualTo("/");
		assertThat(Browser.body(browser.navigate("/"))).isEqualTo("/ for Jane!ops");
	}

	@Test
	void loginWhenSessionIsLostBeforeItAndFailuresLeadToAProtectedPageThenExplained() {
		this.application.withPendingLoginsIn(PendingLoginStore.SESSION);
		Browser browser = start(HomeOnFailure.class);
		List<String> sessions = new ArrayList<>();
		assertThat(follow(browser, "/ultracart/authorize", () -> {
		}, () -> {
			sessions.add(browser.requireSession().getId());
			browser.useSession(null);
		})).isEqualTo(EXPLAINED);
		assertThat(sessions).hasSize(5);
		assertThat(this.client.authorized()).hasSize(5);
		assertThat(this.client.exchanged()).isEmpty();
	}

	@Test
	void loginWhenApplicationAsksForAnotherAtOnceThenExplained() {
		Browser browser = start(AnotherLoginAtOnce.class);
		assertThat(follow(browser, "/items", () -> {
		})).isEqualTo(EXPLAINED);
		assertThat(this.client.authorized()).hasSize(5);
	}

	@Test
	void loginWhenManyTabsAreRestoredThenNoLoop() {
		Browser browser = start(DefaultChain.class);
		List<String> states = new ArrayList<>();
		for (int tab = 0; tab < 8; tab++) {
			states.add(browser.startLogin("/items?tab=" + tab));
		}
		for (int tab = 0; tab < 8; tab++) {
			assertThat(Browser.location(browser.callback(states.get(tab), "code-" + tab)))
				.isEqualTo("/items?tab=" + tab);
		}
	}

	@Test
	void loginWhenUserSignsOutInBetweenThenNoLoop() {
		Browser browser = start(DefaultChain.class);
		for (int i = 0; i < 12; i++) {
			assertThat(Browser.location(browser.signIn("code-" + i, "/items"))).isEqualTo("/items");
			browser.submit("/logout");
		}
	}

	@Test
	void loginWhenOftenButSlowlyThenNoLoop() {
		Browser browser = start(DefaultChain.class);
		for (int i = 0; i < 12; i++) {
			assertThat(Browser.location(browser.signIn("code-" + i, "/items"))).isEqualTo("/items");
			browser.useSession(null);
			this.application.clock().advance(Duration.ofSeconds(15));
		}
	}

	private Browser start(Class<?> configuration) {
		return this.application.withClient(this.client).start(configuration);
	}

	private static String follow(Browser browser, String url, Runnable afterLogin) {
		return follow(browser, url, afterLogin, () -> {
		});
	}

	/**
	 * Goes where a browser goes by itself, until it is shown something.
	 * @return the URL of what it is shown
	 */
	private static String follow(Browser browser, String url, Runnable afterLogin, Runnable beforeLogin) {
		String current = url;
		for (int i = 0; i < 100; i++) {
			MockHttpServletResponse response = browser.navigate(current);
			if (response.getStatus() != 302) {
				return current;
			}
			if (current.startsWith("/login/ultracart")) {
				afterLogin.run();
			}
			current = Browser.location(response);
			if (current.startsWith("https://secure.ultracart.com/")) {
				beforeLogin.run();
				current = browser.callbackUrl(Browser.stateOf(response), "code-" + i);
			}
		}
		throw new AssertionError("The browser goes round for ever");
	}

	/**
	 * An application that answers a failed login with a page that needs one.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class HomeOnFailure {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(),
						(login) -> login.failureHandler((request, response, ex) -> response.sendRedirect("/home")))
				.build();
		}

	}

	/**
	 * An application for which no login is recent enough.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class AnotherLoginAtOnce {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(),
						(login) -> login.successHandler(
								(request, response, authentication) -> response.sendRedirect("/ultracart/authorize")))
				.build();
		}

	}

}
