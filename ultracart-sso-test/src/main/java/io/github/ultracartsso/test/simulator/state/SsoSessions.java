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

package io.github.ultracartsso.test.simulator.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;

/**
 * The SSO sessions, oldest first, by their simple keys. Guarded by the lock of
 * {@link SimulatorState}. Not part of the API.
 */
public final class SsoSessions {

	/**
	 * How many sessions are kept before dead ones are removed.
	 */
	static final int MEMORY = 1_000;

	private final Clock clock;

	private final Secrets secrets;

	private final Duration keyLifetime;

	private final Map<String, Session> sessions = new LinkedHashMap<>();

	private int started;

	SsoSessions(Clock clock, Secrets secrets, Duration keyLifetime) {
		this.clock = clock;
		this.secrets = secrets;
		this.keyLifetime = keyLifetime;
	}

	/**
	 * Starts a session whose user is the one of the account.
	 */
	public Session start(String login, String ipAddress) {
		return start(login, null, ipAddress);
	}

	/**
	 * Starts a session with its own state of the user, independent of the account.
	 */
	public Session start(SimulatedUser user, String ipAddress) {
		return start(user.login(), user, ipAddress);
	}

	private Session start(String login, @Nullable SimulatedUser user, String ipAddress) {
		removeDeadSessions();
		Session session = new Session(++this.started, this.secrets.simpleKey(), login, ipAddress, this.clock.instant());
		session.user = user;
		extend(session);
		this.sessions.put(session.key, session);
		return session;
	}

	private Instant expiry() {
		return this.clock.instant().plus(this.keyLifetime).truncatedTo(ChronoUnit.SECONDS);
	}

	/**
	 * Gives a session the lifetime of a new one.
	 */
	public void extend(Session session) {
		session.expiresAt = expiry();
	}

	private void removeDeadSessions() {
		Iterator<Session> oldest = this.sessions.values().iterator();
		while (this.sessions.size() >= MEMORY && oldest.hasNext()) {
			if (!isLive(oldest.next())) {
				oldest.remove();
			}
		}
	}

	/**
	 * Returns the session of a key, even if it has ended.
	 */
	public @Nullable Session find(@Nullable String key) {
		return (key != null) ? this.sessions.get(key) : null;
	}

	/**
	 * Returns the sessions that are neither revoked nor expired.
	 */
	public List<Session> live() {
		return this.sessions.values().stream().filter(this::isLive).toList();
	}

	private boolean isLive(Session session) {
		return !session.revoked && !isExpired(session);
	}

	public boolean isExpired(Session session) {
		return !this.clock.instant().isBefore(session.expiresAt);
	}

	public void revoke(Predicate<Session> which) {
		this.sessions.values().stream().filter(which).forEach((session) -> session.revoked = true);
	}

	/**
	 * Returns the keys of all sessions, even of those that have ended.
	 */
	Set<String> keys() {
		return this.sessions.keySet();
	}

	/**
	 * Removes all sessions. The next one has the first number.
	 */
	void clear() {
		this.sessions.clear();
		this.started = 0;
	}

	/**
	 * Makes the sessions of a user show the user of the account.
	 */
	void followAccount(String login) {
		this.sessions.values()
			.stream()
			.filter((session) -> session.login.equals(login))
			.forEach((session) -> session.user = null);
	}

	/**
	 * A user's session. It has no {@code toString}, which would show the key.
	 */
	public static final class Session {

		private final int number;

		private final String key;

		private final String login;

		private final String ipAddress;

		private final Instant startedAt;

		private Instant expiresAt;

		private @Nullable SimulatedUser user;

		private boolean revoked;

		private Session(int number, String key, String login, String ipAddress, Instant startedAt) {
			this.number = number;
			this.key = key;
			this.login = login;
			this.ipAddress = ipAddress;
			this.startedAt = startedAt;
			this.expiresAt = startedAt;
		}

		/**
		 * Returns the number that identifies the session without its key.
		 */
		public int number() {
			return this.number;
		}

		public String key() {
			return this.key;
		}

		public String login() {
			return this.login;
		}

		/**
		 * Returns the session's own state of the user, {@code null} where the user is the
		 * one of the account.
		 */
		@Nullable SimulatedUser user() {
			return this.user;
		}

		public String ipAddress() {
			return this.ipAddress;
		}

		public Instant startedAt() {
			return this.startedAt;
		}

		public Instant expiresAt() {
			return this.expiresAt;
		}

		public boolean isRevoked() {
			return this.revoked;
		}

	}

}
