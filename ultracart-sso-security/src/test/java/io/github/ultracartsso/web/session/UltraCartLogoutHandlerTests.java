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

package io.github.ultracartsso.web.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.UnavailableSealer;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartLogoutHandler}.
 */
class UltraCartLogoutHandlerTests {

	private static final UltraCartUser USER = UltraCartUser.with(42, "Jane!ops").build();

	private static final UltraCartAuthenticationToken JANE = new UltraCartAuthenticationToken(USER, List.of());

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);

	private final SsoSessionRevoker revoker = new ManualRevocationScheduler(new TestClock(TestSsoSessions.NOW))
		.newRevoker(this.client, this.ssoSessions);

	private final SsoSessionRepository repository = new HttpSessionSsoSessionRepository(
			EncryptionKeys.random().sealer("test"));

	private final List<Object> events = new ArrayList<>();

	private final UltraCartLogoutHandler handler = handler(this.repository);

	private final MockHttpServletRequest request = TestRequests.navigation("POST", "/logout");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test // D5
	void logoutWhenSignedInThenRevokedOnceAndForgotten() {
		this.repository.saveSsoSession(TestSsoSessions.withKey("user-key"), this.request, this.response);
		this.handler.logout(this.request, this.response, null);
		this.handler.logout(this.request, this.response, null);
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.repository.loadSsoSession(this.request)).isNull();
	}

	@Test
	void logoutWhenTwoRequestsSignOutThenPublishedOnce() {
		this.repository.saveSsoSession(TestSsoSessions.withKey("user-key"), this.request, this.response);
		MockHttpServletRequest other = TestRequests.navigation("POST", "/logout");
		other.setSession(TestHttpSessions.copyOf(Objects.requireNonNull(this.request.getSession(false))));
		this.handler.logout(this.request, this.response, JANE);
		this.handler.logout(other, this.response, JANE);
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.SIGNED_OUT));
	}

	@Test
	void logoutWhenKeyIsGoneThenPublishedByTheIdThatTheAuthenticationHas() {
		this.handler.logout(this.request, this.response, JANE.withSsoSession("id-1", null));
		this.handler.logout(this.request, this.response, JANE.withSsoSession("id-1", null));
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.SIGNED_OUT));
		assertThat(this.ssoSessions.end("id-1", null)).isFalse();
	}

	@Test
	void logoutWhenUserIsNotThePrincipalThenPublishedWithTheUserOfTheSession() {
		this.repository.saveSsoSession(TestSsoSessions.withKey("user-key").toBuilder().user(USER).build(), this.request,
				this.response);
		this.handler.logout(this.request, this.response, new TestingAuthenticationToken("jane", null));
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.SIGNED_OUT));
	}

	@Test
	void logoutWhenUserIsNotKnownThenNothingIsPublished() {
		this.repository.saveSsoSession(TestSsoSessions.withKey("user-key"), this.request, this.response);
		this.handler.logout(this.request, this.response, null);
		assertThat(this.events).isEmpty();
	}

	@Test
	void logoutWhenKeyHasExpiredThenForgottenWithoutACall() {
		this.repository.saveSsoSession(TestSsoSessions.expiringAt(TestSsoSessions.NOW), this.request, this.response);
		this.handler.logout(this.request, this.response, null);
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.repository.loadSsoSession(this.request)).isNull();
	}

	@Test // D6
	void logoutWhenNoSessionThenNothingHappens() {
		this.handler.logout(this.request, this.response, null);
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test // D5
	void logoutWhenRepositoryFailsThenNothingThrown() {
		SsoSessionRepository broken = new SsoSessionRepository() {

			@Override
			public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request,
					HttpServletResponse response) {
			}

			@Override
			public SsoSession loadSsoSession(HttpServletRequest request) {
				throw new IllegalStateException("the session store is down");
			}

			@Override
			public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
			}

		};
		handler(broken).logout(this.request, this.response, null);
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // F5
	void logoutWhenKeyCannotBeOpenedJustNowThenForgottenAllTheSame() {
		HttpSessionSsoSessionRepository repository = new HttpSessionSsoSessionRepository(new UnavailableSealer());
		repository.saveSsoSession(TestSsoSessions.withKey("user-key"), this.request, this.response);
		this.request.setSession(TestHttpSessions.copyOf(Objects.requireNonNull(this.request.getSession(false))));
		handler(repository).logout(this.request, this.response, null);
		assertThat(repository.loadSsoSession(this.request)).isNull();
	}

	@Test
	void logoutWhenFromElsewhereThenRefusedAndNothingForgotten() {
		this.repository.saveSsoSession(TestSsoSessions.withKey("user-key"), this.request, this.response);
		SsoSessionEnd.keep(UltraCartLoginError.IP_MISMATCH, this.request);
		assertThatExceptionOfType(UltraCartLoginException.class)
			.isThrownBy(() -> this.handler.logout(this.request, this.response, null))
			.returns(UltraCartLoginError.IP_MISMATCH, UltraCartLoginException::getError);
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.repository.loadSsoSession(this.request)).isNotNull();
	}

	@Test // D6
	void logoutWhenSessionHasJustEndedThenNotRefused() {
		SsoSessionEnd.keep(UltraCartLoginError.SESSION_ENDED, this.request);
		this.handler.logout(this.request, this.response, null);
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLogoutHandler(null, this.ssoSessions, this.revoker))
			.withMessage("ssoSessionRepository cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLogoutHandler(this.repository, null, this.revoker))
			.withMessage("ssoSessions cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLogoutHandler(this.repository, this.ssoSessions, null))
			.withMessage("revoker cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.handler.setApplicationEventPublisher(null))
			.withMessage("eventPublisher cannot be null");
	}

	private UltraCartLogoutHandler handler(SsoSessionRepository ssoSessionRepository) {
		UltraCartLogoutHandler handler = new UltraCartLogoutHandler(ssoSessionRepository, this.ssoSessions,
				this.revoker);
		handler.setApplicationEventPublisher(this.events::add);
		return handler;
	}

}
