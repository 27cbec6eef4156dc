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

package io.github.ultracartsso.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The simple keys that were handed out to users, oldest first. To be used under the
 * simulator's lock.
 */
final class SsoSessions {

	/**
	 * How many keys are remembered before dead ones are dropped.
	 */
	static final int MEMORY = 1_000;

	private final Clock clock;

	private final Secrets secrets;

	private final Duration keyLifetime;

	private final Map<String, Session> sessions = new LinkedHashMap<>();

	SsoSessions(Clock clock, Secrets secrets, Duration keyLifetime) {
		this.clock = clock;
		this.secrets = secrets;
		this.keyLifetime = keyLifetime;
	}

	Session start(String login, String ipAddress) {
		forgetDeadKeys();
		Instant now = this.clock.instant();
		Instant expiresAt = now.plus(this.keyLifetime).truncatedTo(ChronoUnit.SECONDS);
		Session session = new Session(this.secrets.simpleKey(), login, ipAddress, now, expiresAt);
		this.sessions.put(session.key, session);
		return session;
	}

	private void forgetDeadKeys() {
		Iterator<Session> oldest = this.sessions.values().iterator();
		while (this.sessions.size() >= MEMORY && oldest.hasNext()) {
			if (!isLive(oldest.next())) {
				oldest.remove();
			}
		}
	}

	/**
	 * Returns the session of a key that was handed out, also of a dead one.
	 */
	@Nullable Session find(@Nullable String key) {
		return (key != null) ? this.sessions.get(key) : null;
	}

	List<Session> live() {
		return this.sessions.values().stream().filter(this::isLive).toList();
	}

	private boolean isLive(Session session) {
		return !session.revoked && !isExpired(session);
	}

	boolean isExpired(Session session) {
		return !this.clock.instant().isBefore(session.expiresAt);
	}

	void revoke(Predicate<Session> which) {
		this.sessions.values().stream().filter(which).forEach((session) -> session.revoked = true);
	}

	/**
	 * A user's session. It has no {@code toString} of its own: that would show the key.
	 */
	static final class Session {

		private final String key;

		private final String login;

		private final String ipAddress;

		private final Instant startedAt;

		private final Instant expiresAt;

		private boolean revoked;

		private Session(String key, String login, String ipAddress, Instant startedAt, Instant expiresAt) {
			this.key = key;
			this.login = login;
			this.ipAddress = ipAddress;
			this.startedAt = startedAt;
			this.expiresAt = expiresAt;
		}

		String key() {
			return this.key;
		}

		String login() {
			return this.login;
		}

		String ipAddress() {
			return this.ipAddress;
		}

		Instant startedAt() {
			return this.startedAt;
		}

		Instant expiresAt() {
			return this.expiresAt;
		}

		boolean isRevoked() {
			return this.revoked;
		}

	}

}
