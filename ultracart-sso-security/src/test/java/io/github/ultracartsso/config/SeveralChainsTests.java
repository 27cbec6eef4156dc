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
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.UltraCartUserRefresher;
import io.github.ultracartsso.web.TestHttpSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filter chains of an application without the starter, which has no beans but the client.
 * They share what they remember.
 */
class SeveralChainsTests {

	@RegisterExtension
	final TestApplication application = new TestApplication().withoutSharedBeans();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	@ParameterizedTest
	@ValueSource(classes = { EncryptionKeys.class, SsoSessions.class, CurrentSsoSessions.class, SsoSessionRevoker.class,
			UltraCartUserRefresher.class, LoginStartBudget.class, UltraCartLoginService.class })
	void chainsWhenNoBeanThenShareOne(Class<?> type) {
		start();
		assertThat(this.application.context().getBeansOfType(type)).hasSize(1);
	}

	// the beans are ambiguous, so none of them is used
	@Test
	void chainsWhenSeveralBeansThenShareTheDefault() {
		this.application.withBean("one", EncryptionKeys.random()).withBean("two", EncryptionKeys.random());
		Browser browser = start();
		browser.signIn("code", "/items");
		browser.useSession(copyOfSession(browser));
		assertThat(browser.navigate("/users").getStatus()).isEqualTo(200);
		assertThat(this.application.context().getBeansOfType(EncryptionKeys.class)).hasSize(3);
	}

	@Test
	void sessionWhenKeyIsRefusedInOneChainThenEndsInTheOther() {
		Browser browser = start();
		browser.signIn("code", "/items");
		MockHttpSession copy = copyOfSession(browser);
		browser.navigate("/refused");
		browser.useSession(copy);
		assertThat(Browser.body(browser.fetch("/users"))).contains("session_ended");
		assertThat(this.application.sessionEvents())
			.containsExactly(new SsoSessionEndedEvent(UltraCartUser.with(42, "Jane!ops").build(), Reason.REFUSED));
	}

	@Test
	void sessionWhenOverInBothChainsThenPublishedAndRevokedOnce() {
		this.application.withBean("settings", TestSettings.maxAge(Duration.ofMinutes(20)));
		Browser browser = start();
		browser.signIn("code", "/items");
		MockHttpSession copy = copyOfSession(browser);
		this.application.clock().advance(Duration.ofMinutes(20));
		assertThat(browser.fetch("/items").getStatus()).isEqualTo(401);
		browser.useSession(copy);
		assertThat(browser.fetch("/users").getStatus()).isEqualTo(401);
		// waits for what is being revoked
		this.application.context().close();
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.application.sessionEvents()).hasSize(1);
	}

	@Test
	void startWhenBudgetIsSpentInOneChainThenBusyInTheOther() {
		Browser browser = start();
		for (String startUrl : List.of("/ultracart/authorize", "/second/authorize")) {
			for (int i = 0; i < 1000; i++) {
				Browser stranger = this.application.newBrowser();
				stranger.navigate(startUrl);
			}
			assertThat(Browser.location(browser.navigate(startUrl))).contains("error=busy");
		}
		assertThat(this.client.authorized().size()).isLessThanOrEqualTo(500);
	}

	@Test
	void defaultsWhenApplicationStopsThenTheirThreadsStop() {
		Browser browser = start();
		browser.signIn("code", "/items");
		this.application.clock().advance(Duration.ofMinutes(31));
		UltraCartUserRefresher refresher = this.application.context().getBean(UltraCartUserRefresher.class);
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.client.read()).hasSize(2);
		this.application.context().close();
		assertThat(refresher).extracting("executor.threadPoolExecutor.shutdown").isEqualTo(true);
	}

	private Browser start() {
		return this.application.withClient(this.client).start(TwoChains.class);
	}

	private static MockHttpSession copyOfSession(Browser browser) {
		return TestHttpSessions.copyOf(browser.requireSession());
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, RefusedCall.class })
	static class TwoChains {

		@Bean
		@Order(1)
		SecurityFilterChain second(HttpSecurity http) {
			http.securityMatcher("/users", "/second/**");
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(),
						(login) -> login.authorizationEndpoint((start) -> start.baseUri("/second/authorize"))
							.redirectionEndpoint((callback) -> callback.baseUri("/second/callback")))
				.build();
		}

		@Bean
		SecurityFilterChain first(HttpSecurity http) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	/**
	 * Calls UltraCart, which refuses the user's key.
	 */
	@RestController
	static class RefusedCall {

		private final ObjectProvider<CurrentSsoSessions> currentSsoSessions;

		RefusedCall(ObjectProvider<CurrentSsoSessions> currentSsoSessions) {
			this.currentSsoSessions = currentSsoSessions;
		}

		@GetMapping("/refused")
		void call() {
			CurrentSsoSessions current = this.currentSsoSessions.getObject();
			current.endRefused(Objects.requireNonNull(current.find()));
		}

	}

}
