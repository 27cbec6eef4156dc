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
import java.util.Collections;
import java.util.Objects;

import io.github.ultracartsso.CountingSealer;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.UnavailableSealer;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;

import jakarta.servlet.http.HttpSession;
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
		assertThat(this.repository.loadSsoSession(this.request)).isEqualTo(this.ssoSession)
			.extracting(SsoSession::simpleKey)
			.isEqualTo(this.ssoSession.simpleKey());
	}

	@Test
	void loadSsoSessionWhenSessionWasWrittenAndReadThenEqual() {
		save();
		restoreSession();
		assertThat(this.repository.loadSsoSession(this.request)).isEqualTo(this.ssoSession)
			.usingRecursiveComparison()
			.ignoringFields("key", "sealedKey")
			.isEqualTo(this.ssoSession);
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
	void loadSsoSessionWhenSealerKnowsNoMoreThanToSealAndOpenThenNotAskedToOpen() {
		HttpSessionSsoSessionRepository sealing = new HttpSessionSsoSessionRepository(new UnavailableSealer());
		sealing.saveSsoSession(this.ssoSession, this.request, new MockHttpServletResponse());
		restoreSession();
		assertThat(sealing.loadSsoSession(this.request)).isEqualTo(this.ssoSession);
	}

	@Test // G6
	void loadSsoSessionThenDecryptsNothingUntilTheKeyIsAsked() {
		CountingSealer counting = new CountingSealer();
		HttpSessionSsoSessionRepository sealing = new HttpSessionSsoSessionRepository(counting);
		sealing.saveSsoSession(this.ssoSession, this.request, new MockHttpServletResponse());
		restoreSession();
		SsoSession loaded = Objects.requireNonNull(sealing.loadSsoSession(this.request));
		assertThat(counting.opened()).isZero();
		assertThat(loaded.simpleKey()).isEqualTo(this.ssoSession.simpleKey());
		assertThat(counting.opened()).isOne();
	}

	@Test
	void loadSsoSessionWhenSessionIsOverOrHasAnotherKeyLaterThenAsItWas() {
		save();
		SsoSession loaded = Objects.requireNonNull(this.repository.loadSsoSession(this.request));
		this.repository.saveSsoSession(TestSsoSessions.withKey("new-key"), this.request, new MockHttpServletResponse());
		assertThat(loaded.simpleKey()).isEqualTo(this.ssoSession.simpleKey());
		session().invalidate();
		assertThat(loaded.simpleKey()).isEqualTo(this.ssoSession.simpleKey());
	}

	@Test
	void findSsoSessionWhenSessionIsBeingDestroyedThenFoundWithoutARequest() {
		save();
		assertThat(this.repository.findSsoSession(session())).isEqualTo(this.ssoSession);
		this.repository.removeSsoSession(this.request, new MockHttpServletResponse());
		assertThat(this.repository.findSsoSession(session())).isNull();
	}

	@Test
	void saveSsoSessionThenOneAttributeHoldsAllOfIt() {
		save();
		this.repository.saveSsoSession(TestSsoSessions.withKey("new-key"), this.request, new MockHttpServletResponse());
		assertThat(Collections.list(session().getAttributeNames())).hasSize(1);
		assertThat(this.repository.loadSsoSession(this.request)).isEqualTo(TestSsoSessions.withKey("new-key"));
	}

	@Test
	void loadSsoSessionWhenAttributeIsSomethingElseThenNull() {
		save();
		session().setAttribute(session().getAttributeNames().nextElement(), "something else");
		assertThat(this.repository.loadSsoSession(this.request)).isNull();
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
