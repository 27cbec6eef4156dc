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

package io.github.ultracartsso.session;

import java.io.Serializable;
import java.time.Instant;

import io.github.ultracartsso.client.SimpleKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SsoSession}.
 */
class SsoSessionTests {

	private static final Instant EXPIRY = Instant.parse("2026-11-22T16:16:50Z");

	private final SsoSession ssoSession = new SsoSession(SimpleKey.of("b2b2b2b2-the-users-key"), EXPIRY,
			"203.0.113.24");

	// D4
	@Test
	void isExpiredThenFromTheVeryInstantOn() {
		assertThat(this.ssoSession.isExpired(EXPIRY.minusMillis(1))).isFalse();
		assertThat(this.ssoSession.isExpired(EXPIRY)).isTrue();
		assertThat(this.ssoSession.isExpired(EXPIRY.plusSeconds(1))).isTrue();
	}

	// F1
	@Test
	void toStringThenNoKey() {
		assertThat(this.ssoSession)
			.hasToString("SsoSession[simpleKey=******, expiresAt=2026-11-22T16:16:50Z, ipAddress=203.0.113.24]");
	}

	// F1
	@Test
	void classThenNotSerializable() {
		assertThat(this.ssoSession).isNotInstanceOf(Serializable.class);
	}

}
