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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import io.github.ultracartsso.client.SimpleKey;

/**
 * SSO sessions for tests. The id is derived from the key, so that two of one key are
 * equal.
 */
public final class TestSsoSessions {

	public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private TestSsoSessions() {
	}

	/**
	 * Returns an SSO session of user 42 that lasts an hour.
	 */
	public static SsoSession withKey(String key) {
		return builder(key).build();
	}

	public static SsoSession expiringAt(Instant expiresAt) {
		return builder("user-key").expiresAt(expiresAt).ipAddress(null).build();
	}

	public static SsoSession.Builder builder(String key) {
		return SsoSession.withId(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString())
			.simpleKey(SimpleKey.of(key))
			.userId(42)
			.expiresAt(NOW.plusSeconds(3600))
			.ipAddress("203.0.113.7")
			.clientAddress("127.0.0.1")
			.beganAt(NOW)
			.userReadAt(NOW);
	}

}
