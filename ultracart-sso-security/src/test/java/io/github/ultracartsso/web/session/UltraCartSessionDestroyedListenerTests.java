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

import java.time.Duration;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartSessionDestroyedListener}.
 */
class UltraCartSessionDestroyedListenerTests {

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final ManualRevocationScheduler scheduler = new ManualRevocationScheduler(
			new TestClock(TestSsoSessions.NOW));

	private final SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);

	private final SsoSessionRevoker revoker = this.scheduler.newRevoker(this.client, this.ssoSessions);

	private final SsoSessionRepository repository = repository();

	private final UltraCartSessionDestroyedListener listener = new UltraCartSessionDestroyedListener(this.repository,
			this.revoker);

	private final MockHttpServletRequest request = TestRequests.navigation("POST", "/logout");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final CapturedLog log = CapturedLog.of(UltraCartSessionDestroyedListener.class.getName());

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	@Test // D7
	void onApplicationEventWhenSignedInThenRevoked() {
		this.listener.onApplicationEvent(destroyed(signedIn()));
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test // D7
	@Timeout(30)
	void onApplicationEventWhenSignedInThenNobodyWaits() {
		this.revoker.setTimeout(Duration.ofDays(1));
		this.scheduler.hold();
		this.listener.onApplicationEvent(destroyed(signedIn()));
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.scheduler.waiting()).isOne();
	}

	@Test // D7
	void onApplicationEventWhenStoreReportsACopyAfterLogoutThenRevokedOnce() {
		MockHttpSession copy = TestHttpSessions.copyOf(signedIn());
		new UltraCartLogoutHandler(this.repository, this.ssoSessions, this.revoker).logout(this.request, this.response,
				null);
		this.listener.onApplicationEvent(destroyed(copy));
		this.listener.onApplicationEvent(destroyed(copy));
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test
	void onApplicationEventWhenNotSignedInThenNothingHappens() {
		this.listener.onApplicationEvent(destroyed(new MockHttpSession()));
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	@Test
	void onApplicationEventWhenKeyCannotBeOpenedThenNothingHappens() {
		MockHttpSession stored = TestHttpSessions.copyOf(signedIn());
		new UltraCartSessionDestroyedListener(repository(), this.revoker).onApplicationEvent(destroyed(stored));
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test
	void onApplicationEventWhenSessionIsInvalidAlreadyThenNoWarning() {
		MockHttpSession session = signedIn();
		session.invalidate();
		this.listener.onApplicationEvent(destroyed(session));
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.log.messages(Level.DEBUG)).hasSize(1);
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	@Test
	void onApplicationEventWhenAttributeIsUnreadableThenWarns() {
		this.listener.onApplicationEvent(destroyed(new MockHttpSession() {
			@Override
			public Object getAttribute(String name) {
				throw new SerializationFailedException("written by another version");
			}
		}));
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.log.messages(Level.WARN)).hasSize(1);
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartSessionDestroyedListener(null, this.revoker))
			.withMessage("ssoSessionRepository cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionDestroyedListener(this.repository, null))
			.withMessage("revoker cannot be null");
	}

	private static SsoSessionRepository repository() {
		return new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"));
	}

	private MockHttpSession signedIn() {
		MockHttpSession session = new MockHttpSession();
		this.request.setSession(session);
		this.repository.saveSsoSession(TestSsoSessions.withKey("user-key"), this.request, this.response);
		return session;
	}

	private static HttpSessionDestroyedEvent destroyed(MockHttpSession session) {
		return new HttpSessionDestroyedEvent(session);
	}

}
