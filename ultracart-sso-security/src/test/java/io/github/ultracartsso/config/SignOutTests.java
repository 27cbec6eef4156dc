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

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.config.UltraCartServer.Operation;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * Signing out, whatever UltraCart says to it.
 */
@Timeout(60)
class SignOutTests {

	private static final SsoSessionEndedEvent SIGNED_OUT = new SsoSessionEndedEvent(
			UltraCartUser.with(42, "Jane!ops").build(), Reason.SIGNED_OUT);

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	@Test // D5
	void logoutWhenSignedInThenRevokedOnceAndAskedToSignInAgain() {
		Browser browser = signedIn(DefaultChain.class);
		MockHttpServletResponse response = browser.submit("/logout");
		assertThat(response.getStatus()).isEqualTo(302);
		assertThat(Browser.location(response)).isEqualTo("/login?logout");
		assertThat(Browser.body(browser.navigate("/login?logout="))).contains("You have been signed out.");
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
		assertSignedOut(browser);
	}

	@ParameterizedTest // D5
	@ValueSource(ints = { 400, 401, 403, 404, 410, 429, 500, 503 })
	void logoutWhenUltraCartRefusesThenSignedOutHere(int status) {
		Browser browser = signedIn(DefaultChain.class);
		ultraCart.fail(Operation.REVOKE, status);
		assertThat(Browser.location(browser.submit("/logout"))).isEqualTo("/login?logout");
		assertThat(ultraCart.revokedKeys()).hasSize(1);
		assertSignedOut(browser);
	}

	@Test // D5
	void logoutWhenUltraCartFailsForAWhileThenSignedOutHereAndRevokedLater() {
		Browser browser = signedIn(DefaultChain.class);
		ultraCart.answerInTurn(Operation.REVOKE, WireMock.serviceUnavailable(), WireMock.serviceUnavailable(),
				WireMock.noContent());
		assertThat(Browser.location(browser.submit("/logout"))).isEqualTo("/login?logout");
		assertSignedOut(browser);
		assertThat(ultraCart.revokedKeys()).hasSize(1);
		this.application.revocations().runNext();
		this.application.revocations().runNext();
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code", "key-of-code", "key-of-code");
		assertThat(this.application.revocations().waiting()).isZero();
	}

	@Test // D5
	void logoutWhenUltraCartIsDownThenSignedOutHere() {
		Browser browser = signedIn(DefaultChain.class);
		ultraCart.answer(Operation.REVOKE, WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertThat(Browser.location(browser.submit("/logout"))).isEqualTo("/login?logout");
		assertSignedOut(browser);
	}

	@Test // D5
	void logoutWhenUltraCartIsSlowThenNotHeldUpLongerThanTheTimeout() {
		UltraCartSsoClient client = ultraCart.client();
		SsoSessionRevoker revoker = new SsoSessionRevoker(client, this.application.ssoSessions());
		revoker.setClock(this.application.clock());
		revoker.setTimeout(Duration.ofMillis(100));
		this.application.withClient(client).withBean("revoker", revoker);
		Browser browser = this.application.start(DefaultChain.class);
		browser.signIn("code", "/items");
		ultraCart.answer(Operation.REVOKE, WireMock.aResponse().withStatus(204).withFixedDelay(4000));
		long start = System.nanoTime();
		assertThat(Browser.location(browser.submit("/logout"))).isEqualTo("/login?logout");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(100),
				Duration.ofSeconds(3));
		assertSignedOut(browser);
	}

	@Test
	void logoutWhenSignedInThenItsEndIsPublishedOnce() {
		Browser browser = signedIn(DefaultChain.class);
		browser.submit("/logout");
		assertThat(this.application.sessionEvents()).containsExactly(SIGNED_OUT);
	}

	@Test // the key has been removed from the session that the request shares
	void logoutWhenAnotherRequestIsMadeMeanwhileThenItsEndIsPublishedOnceAllTheSame() {
		UltraCartSsoClient client = mock(UltraCartSsoClient.class, delegatesTo(ultraCart.client()));
		Browser browser = this.application.withClient(client).start(DefaultChain.class);
		browser.signIn("code", "/items");
		List<Integer> statuses = new ArrayList<>();
		willAnswer((invocation) -> {
			statuses.add(browser.navigate("/items").getStatus());
			return null;
		}).given(client).revoke(any());
		assertThat(Browser.location(browser.submit("/logout"))).isEqualTo("/login?logout");
		assertThat(statuses).containsExactly(302);
		assertThat(this.application.sessionEvents()).containsExactly(SIGNED_OUT);
	}

	@Test
	void logoutWhenListenerFailsThenSignedOutAllTheSame() {
		this.application.withBean("listener", new FailingListener());
		Browser browser = signedIn(DefaultChain.class);
		assertThat(Browser.location(browser.submit("/logout"))).isEqualTo("/login?logout");
		assertSignedOut(browser);
	}

	@Test
	void logoutWhenOwnSignInPageThenLeadsThere() {
		assertThat(Browser.location(signedIn(OwnPages.class).submit("/logout"))).isEqualTo("/public?logout");
	}

	@Test
	void logoutWhenSuccessUrlIsSetAfterwardsThenItStands() {
		assertThat(Browser.location(signedIn(OwnSuccessUrl.class).submit("/logout"))).isEqualTo("/bye");
	}

	@Test
	void logoutWhenSettingsSayWhereThenLeadsThere() {
		this.application.withBean("settings", TestSettings.logoutSuccessUrl("/gone"));
		assertThat(Browser.location(signedIn(DefaultChain.class).submit("/logout"))).isEqualTo("/gone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cors", "same-origin" })
	void logoutWhenNoNavigationThenNoContent(String mode) {
		Browser browser = signedIn(DefaultChain.class);
		String csrfToken = browser.csrfToken();
		assertThat(browser.request(HttpMethod.POST, "/logout", "Sec-Fetch-Mode", mode, "X-CSRF-TOKEN", csrfToken)
			.getStatus()).isEqualTo(204);
		assertThat(ultraCart.revokedKeys()).hasSize(1);
		assertSignedOut(browser);
	}

	@Test // D8
	void logoutWhenNoCsrfTokenThenForbiddenAndStillSignedIn() {
		Browser browser = signedIn(DefaultChain.class);
		assertThat(browser.post("/logout").getStatus()).isEqualTo(403);
		assertThat(ultraCart.revokedKeys()).isEmpty();
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test // D8
	void logoutWhenGetThenStillSignedIn() {
		Browser browser = signedIn(DefaultChain.class);
		browser.navigate("/logout");
		assertThat(ultraCart.revokedKeys()).isEmpty();
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test // D6
	void logoutWhenNotSignedInThenJustTheRedirect() {
		Browser browser = this.application.withClient(ultraCart.client()).start(WithoutCsrf.class);
		assertThat(Browser.location(browser.post("/logout"))).isEqualTo("/login?logout");
		assertThat(ultraCart.calls()).isEmpty();
		assertThat(browser.session()).isNull();
	}

	@Test // D6
	void logoutWhenSsoSessionIsOverThenJustTheRedirect() {
		Browser browser = signedIn(WithoutCsrf.class);
		this.application.clock().advance(Duration.ofHours(6));
		assertThat(Browser.location(browser.post("/logout"))).isEqualTo("/login?logout");
		assertSignedOut(browser);
	}

	@Test
	void logoutWhenSuccessUrlIsSetForAllChainsThenGoesThere() {
		this.application.withBean("settings", TestSettings.logoutSuccessUrl("/bye"));
		assertThat(Browser.location(signedIn(DefaultChain.class).submit("/logout"))).isEqualTo("/bye");
	}

	@Test
	void logoutWhenSignInPageIsTheApplicationsOwnThenGoesThere() {
		this.application.withBean("settings", TestSettings.loginPage("/public"));
		assertThat(Browser.location(signedIn(DefaultChain.class).submit("/logout"))).isEqualTo("/public?logout");
	}

	@Test
	void logoutWhenChainHasNoneThenLoginWorksAllTheSame() {
		assertThat(signedIn(WithoutLogout.class).navigate("/items").getStatus()).isEqualTo(200);
	}

	private Browser signedIn(Class<?> configuration) {
		Browser browser = this.application.withClient(ultraCart.client()).start(configuration);
		browser.signIn("code", "/items");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		return browser;
	}

	private static void assertSignedOut(Browser browser) {
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/ultracart/authorize");
		assertThat(browser.fetch("/items").getStatus()).isEqualTo(401);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class WithoutCsrf {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.csrf(AbstractHttpConfigurer::disable)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class OwnPages {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), (login) -> login.loginPage("/public"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class OwnSuccessUrl {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), (login) -> login.loginPage("/public"))
				.logout((logout) -> logout.logoutSuccessUrl("/bye"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class WithoutLogout {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.logout(AbstractHttpConfigurer::disable)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	static class FailingListener implements ApplicationListener<PayloadApplicationEvent<SsoSessionEndedEvent>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<SsoSessionEndedEvent> event) {
			throw new IllegalStateException("a listener failed");
		}

	}

}
