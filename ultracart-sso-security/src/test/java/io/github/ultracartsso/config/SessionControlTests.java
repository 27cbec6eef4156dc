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

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartSessionDestroyedListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that allows each user but one session.
 */
class SessionControlTests {

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	@Test // D3
	void loginWhenSignedInElsewhereThenThatSessionIsEvictedAndRevoked() {
		Browser first = this.application.withClient(this.client).start(LastLoginWins.class);
		Browser second = this.application.newBrowser();
		signIn(first, "first");
		assertThat(first.navigate("/items").getStatus()).isEqualTo(200);
		signIn(second, "second");
		assertThat(Browser.body(second.navigate("/items"))).isEqualTo("/items for Jane!ops");
		assertThat(Browser.body(first.navigate("/items"))).contains("session has been expired");
		assertThat(first.session()).isNull();
		assertThat(this.client.revoked()).containsExactly("key-of-first");
		assertThat(second.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test // D7
	void evictionWhenStoreReportsTheEndAsWellThenRevokedOnce() {
		Browser first = this.application.withClient(this.client).start(LastLoginWins.class);
		signIn(first, "first");
		signIn(this.application.newBrowser(), "second");
		MockHttpSession reported = TestHttpSessions.copyOf(first.requireSession());
		first.navigate("/items");
		destroy(reported);
		assertThat(this.client.revoked()).containsExactly("key-of-first");
	}

	@Test // D7
	void evictionWhenSessionIsNeverUsedAgainThenRevokedWhenItTimesOut() {
		Browser first = this.application.withClient(this.client).start(LastLoginWins.class);
		Browser second = this.application.newBrowser();
		signIn(first, "first");
		signIn(second, "second");
		assertThat(this.client.revoked()).isEmpty();
		destroy(first.requireSession());
		assertThat(this.client.revoked()).containsExactly("key-of-first");
		assertThat(second.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test // D3
	void loginWhenCompletedThenRegistryKnowsThePrincipal() {
		Browser browser = this.application.withClient(this.client).start(LastLoginWins.class);
		signIn(browser, "first");
		SessionRegistry registry = this.application.context().getBean(SessionRegistry.class);
		UltraCartUser jane = UltraCartUser.with(42, "renamed").build();
		assertThat(registry.getAllPrincipals()).containsExactly(jane);
		assertThat(registry.getAllSessions(jane, false)).singleElement()
			.satisfies((session) -> assertThat(session.getSessionId()).isEqualTo(browser.requireSession().getId()));
	}

	@Test // D3
	void sessionWhenRefreshedThenRegistryKnowsItAndItCanBeEvicted() {
		Browser first = this.application.withClient(this.client).start(LastLoginWins.class);
		signIn(first, "first");
		this.client.onSessionUser((key) -> FakeUltraCartSsoClient.jane("View Reports"));
		this.application.clock().advance(Duration.ofMinutes(30));
		assertThat(Browser.body(first.navigate("/authorities"))).contains("ROLE_VIEW_REPORTS");
		SessionRegistry registry = this.application.context().getBean(SessionRegistry.class);
		assertThat(registry.getAllPrincipals()).singleElement()
			.satisfies((jane) -> assertThat(registry.getAllSessions(jane, false)).hasSize(1));
		signIn(this.application.newBrowser(), "second");
		assertThat(Browser.body(first.navigate("/items"))).contains("session has been expired");
		assertThat(this.client.revoked()).containsExactly("key-of-first");
	}

	@Test // D3
	void loginWhenRefusedByPresentSessionThenObtainedKeyRevoked() {
		Browser first = this.application.withClient(this.client).start(FirstLoginWins.class);
		Browser second = this.application.newBrowser();
		signIn(first, "first");
		this.application.events().clear();
		assertThat(signIn(second, "second")).isEqualTo("/login?error=denied");
		assertThat(this.client.revoked()).containsExactly("key-of-second");
		assertThat(second.navigate("/items").getStatus()).isEqualTo(302);
		assertThat(first.navigate("/items").getStatus()).isEqualTo(200);
		// H1
		assertThat(this.application.events()).hasOnlyElementsOfType(AuthenticationFailureBadCredentialsEvent.class)
			.hasSize(1)
			.doesNotHaveAnyElementsOfTypes(AuthenticationSuccessEvent.class);
	}

	@Test
	void loginWhenAnEarlierOneFailedAfterSessionControlThenNotRefusedBecauseOfIt() {
		FailingRepository repository = new FailingRepository();
		this.application.withBean("ssoSessionRepository", repository);
		Browser failing = this.application.withClient(this.client).start(FirstLoginWins.class);
		repository.failing = true;
		assertThat(signIn(failing, "first")).isEqualTo("/login?error=unavailable");
		repository.failing = false;
		Browser second = this.application.newBrowser();
		signIn(second, "second");
		assertThat(second.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.client.revoked()).containsExactly("key-of-first");
	}

	@Test
	void loginWhenItFailsAndTheUserStaysSignedInThenTheirSessionStillCounts() {
		FailingRepository repository = new FailingRepository();
		this.application.withBean("ssoSessionRepository", repository);
		Browser first = this.application.withClient(this.client).start(FirstLoginWins.class);
		signIn(first, "first");
		repository.denying = true;
		assertThat(signIn(first, "again")).isEqualTo("/login?error=denied");
		repository.denying = false;
		assertThat(first.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(signIn(this.application.newBrowser(), "second")).isEqualTo("/login?error=denied");
	}

	private String signIn(Browser browser, String code) {
		browser.navigate("/ultracart/authorize");
		return Browser.location(
				browser.callback(this.client.authorized().get(this.client.authorized().size() - 1).state(), code));
	}

	/**
	 * Tells the application what a container, or a session store, tells it.
	 */
	private void destroy(HttpSession session) {
		this.application.context().publishEvent(new HttpSessionDestroyedEvent(session));
	}

	private static SecurityFilterChain chain(HttpSecurity http, boolean firstLoginWins) {
		return Pages.protect(http)
			.sessionManagement((sessions) -> sessions.maximumSessions(1).maxSessionsPreventsLogin(firstLoginWins))
			.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class LastLoginWins {

		@Bean
		SessionRegistry sessionRegistry() {
			return new SessionRegistryImpl();
		}

		@Bean
		SsoSessionRepository ssoSessionRepository() {
			return new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"));
		}

		@Bean
		UltraCartSessionDestroyedListener sessionDestroyedListener(SsoSessionRepository ssoSessionRepository,
				SsoSessionRevoker revoker) {
			return new UltraCartSessionDestroyedListener(ssoSessionRepository, revoker);
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return SessionControlTests.chain(http, false);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class FirstLoginWins {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return SessionControlTests.chain(http, true);
		}

	}

	/**
	 * Repository whose store fails, or that rejects logins.
	 */
	private static final class FailingRepository implements SsoSessionRepository {

		private final SsoSessionRepository delegate = new HttpSessionSsoSessionRepository(
				EncryptionKeys.random().sealer("test"));

		private boolean failing;

		private boolean denying;

		@Override
		public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
			if (this.failing) {
				throw new IllegalStateException("the store is down");
			}
			if (this.denying) {
				throw new DisabledException("not now");
			}
			this.delegate.saveSsoSession(ssoSession, request, response);
		}

		@Override
		public @Nullable SsoSession loadSsoSession(HttpServletRequest request) {
			return this.delegate.loadSsoSession(request);
		}

		@Override
		public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
			this.delegate.removeSsoSession(request, response);
		}

	}

}
