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

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.ultracartsso.CountingSealer;
import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.session.SecretSealer;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.UnavailableSealer;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HttpSessionSsoSessionRepository}.
 */
class HttpSessionSsoSessionRepositoryTests {

	private final SecretSealer sealer = EncryptionKeys.random().sealer("test");

	private final HttpSessionSsoSessionRepository repository = new HttpSessionSsoSessionRepository(this.sealer);

	private final MockHttpServletRequest request = TestRequests.navigation("/");

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	@Test
	void loadSsoSessionWhenSavedThenTheSame() {
		save();
		assertThat(this.repository.loadSsoSession(this.request)).isSameAs(this.ssoSession);
	}

	@Test
	void loadSsoSessionWhenSessionWasWrittenAndReadThenEqual() {
		save();
		restoreSession();
		assertThat(this.repository.loadSsoSession(this.request)).isEqualTo(this.ssoSession)
			.isSameAs(this.repository.loadSsoSession(this.request));
	}

	@Test // F1
	void saveSsoSessionWhenSessionIsWrittenThenKeyIsNotInClear() {
		save();
		HttpSession session = session();
		Object stored = session.getAttribute(session.getAttributeNames().nextElement());
		assertThat(new String(TestHttpSessions.serialize(stored), StandardCharsets.ISO_8859_1))
			.doesNotContain("user-key")
			.contains("203.0.113.7");
	}

	@Test
	void loadSsoSessionWhenSealedWithAnotherKeyThenNull() {
		save();
		restoreSession();
		assertThat(new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"))
			.loadSsoSession(this.request)).isNull();
	}

	@Test
	void removeSsoSessionWhenSavedThenGone() {
		save();
		this.repository.removeSsoSession(this.request, new MockHttpServletResponse());
		assertThat(this.repository.loadSsoSession(this.request)).isNull();
		assertThat(session().getAttributeNames().hasMoreElements()).isFalse();
	}

	@Test // D9
	void loadAndRemoveWhenNoSessionThenNoneCreated() {
		assertThat(this.repository.loadSsoSession(this.request)).isNull();
		this.repository.removeSsoSession(this.request, new MockHttpServletResponse());
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void findExpiryWhenSealerKnowsNoMoreThanToSealAndOpenThenNotAskedToOpen() {
		HttpSessionSsoSessionRepository sealing = new HttpSessionSsoSessionRepository(new UnavailableSealer());
		sealing.saveSsoSession(this.ssoSession, this.request, new MockHttpServletResponse());
		restoreSession();
		assertThat(sealing.findExpiry(this.request)).isEqualTo(this.ssoSession.expiresAt());
	}

	@Test
	void loadDeferredSsoSessionThenOpensNothingUntilItIsAsked() {
		CountingSealer counting = new CountingSealer();
		HttpSessionSsoSessionRepository sealing = new HttpSessionSsoSessionRepository(counting);
		sealing.saveSsoSession(this.ssoSession, this.request, new MockHttpServletResponse());
		restoreSession();
		Supplier<@Nullable SsoSession> deferred = Objects.requireNonNull(sealing.loadDeferredSsoSession(this.request));
		assertThat(counting.opened()).isZero();
		assertThat(deferred.get()).isEqualTo(this.ssoSession);
		assertThat(counting.opened()).isOne();
	}

	@Test
	void loadDeferredSsoSessionWhenSessionIsOverOrHasAnotherKeyThenAsItWas() {
		save();
		Supplier<@Nullable SsoSession> deferred = Objects
			.requireNonNull(this.repository.loadDeferredSsoSession(this.request));
		this.repository.saveSsoSession(TestSsoSessions.withKey("new-key"), this.request, new MockHttpServletResponse());
		assertThat(deferred.get()).isEqualTo(this.ssoSession);
		session().invalidate();
		assertThat(deferred.get()).isEqualTo(this.ssoSession);
	}

	@Test
	void loadDeferredSsoSessionWhenSealedWithAnotherKeyThenFindsNull() {
		save();
		restoreSession();
		Supplier<@Nullable SsoSession> deferred = Objects
			.requireNonNull(new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"))
				.loadDeferredSsoSession(this.request));
		assertThat(deferred.get()).isNull();
	}

	@Test // D9
	void loadDeferredSsoSessionWhenThereIsNoneThenNullAndNoSessionCreated() {
		assertThat(this.repository.loadDeferredSsoSession(this.request)).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.request.getSession()).isNotNull();
		assertThat(this.repository.loadDeferredSsoSession(this.request)).isNull();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenSealerNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new HttpSessionSsoSessionRepository(null))
			.withMessage("sealer cannot be null");
	}

	private void save() {
		this.repository.saveSsoSession(this.ssoSession, this.request, new MockHttpServletResponse());
	}

	private void restoreSession() {
		this.request.setSession(TestHttpSessions.copyOf(session()));
	}

	private HttpSession session() {
		return Objects.requireNonNull(this.request.getSession(false));
	}

}
