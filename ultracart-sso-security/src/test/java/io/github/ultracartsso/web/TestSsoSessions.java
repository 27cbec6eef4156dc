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

package io.github.ultracartsso.web;

import java.time.Instant;

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.client.SimpleKey;

/**
 * SSO sessions for tests.
 */
final class TestSsoSessions {

	static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private TestSsoSessions() {
	}

	static SsoSession withKey(String key) {
		return new SsoSession(SimpleKey.of(key), NOW.plusSeconds(3600), "203.0.113.7");
	}

	static SsoSession expiringAt(Instant expiresAt) {
		return new SsoSession(SimpleKey.of("user-key"), expiresAt, null);
	}

}
