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
import java.util.function.Function;
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

	/**
	 * Starts the session of a user of the account.
	 */
	Session start(String login, String ipAddress) {
		return start(login, null, ipAddress);
	}

	/**
	 * Starts the session of a user who is as given, whatever the account says.
	 */
	Session start(SimulatedUser user, String ipAddress) {
		return start(user.login(), user, ipAddress);
	}

	private Session start(String login, @Nullable SimulatedUser user, String ipAddress) {
		forgetDeadKeys();
		Instant now = this.clock.instant();
		Instant expiresAt = now.plus(this.keyLifetime).truncatedTo(ChronoUnit.SECONDS);
		Session session = new Session(this.secrets.simpleKey(), login, user, ipAddress, now, expiresAt);
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

	/**
	 * Answers a call on behalf of a signed-in user, with a 401 where the key is dead.
	 */
	SimulatorResponse withLive(@Nullable String key, Function<Session, SimulatorResponse> call) {
		Session session = find(key);
		if (session == null || session.revoked) {
			return SimulatorResponse.error(401, RestApi.INVALID_CREDENTIALS);
		}
		if (isExpired(session)) {
			return SimulatorResponse.error(401, "The simple key has expired.", "Please sign in again.");
		}
		return call.apply(session);
	}

	List<Session> live() {
		return this.sessions.values().stream().filter(this::isLive).toList();
	}

	private boolean isLive(Session session) {
		return !session.revoked && !isExpired(session);
	}

	private boolean isExpired(Session session) {
		return !this.clock.instant().isBefore(session.expiresAt);
	}

	void revoke(Predicate<Session> which) {
		this.sessions.values().stream().filter(which).forEach((session) -> session.revoked = true);
	}

	/**
	 * Has the account say from now on what the user of the login is like.
	 */
	void followAccount(String login) {
		this.sessions.values()
			.stream()
			.filter((session) -> session.login.equals(login))
			.forEach((session) -> session.user = null);
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

		private @Nullable SimulatedUser user;

		private boolean revoked;

		private Session(String key, String login, @Nullable SimulatedUser user, String ipAddress, Instant startedAt,
				Instant expiresAt) {
			this.key = key;
			this.login = login;
			this.user = user;
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

		/**
		 * Returns the user as given at the start, {@code null} where it is for the
		 * account to say.
		 */
		@Nullable SimulatedUser user() {
			return this.user;
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

	}

}
