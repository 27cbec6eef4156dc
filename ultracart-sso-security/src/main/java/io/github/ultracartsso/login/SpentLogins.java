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

package io.github.ultracartsso.login;

import java.time.Clock;
import java.time.Duration;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.BoundedMemory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which logins have had their callback at this instance of the application, for
 * as long as a login can be pending. A session store that gives each request a copy of
 * the session cannot prevent two simultaneous callbacks from removing the same pending
 * login; this class accepts only the first.
 */
final class SpentLogins {

	private static final int MAX_LOGINS = 100_000;

	private final BoundedMemory<SpentLogin> logins;

	SpentLogins(Duration timeToLive) {
		this.logins = new BoundedMemory<>(MAX_LOGINS, timeToLive);
	}

	void setClock(Clock clock) {
		this.logins.setClock(clock);
	}

	/**
	 * Marks a login as spent.
	 * @return {@code true} for the first caller with this login
	 */
	boolean spend(PendingLogin login) {
		return this.logins.putIfAbsent(StateDigest.of(login.state()), new SpentLogin(login));
	}

	/**
	 * Remembers which user has signed in.
	 */
	void complete(PendingLogin login, UltraCartUser user) {
		SpentLogin spent = this.logins.get(StateDigest.of(login.state()));
		if (spent != null) {
			spent.userId = user.userId();
		}
	}

	/**
	 * Finds a login that this user has completed.
	 */
	@Nullable CompletedLogin find(String state, UltraCartUser user) {
		SpentLogin spent = this.logins.get(StateDigest.of(state));
		return (spent != null && spent.isCompletedBy(user)) ? new CompletedLogin(spent.target) : null;
	}

	/**
	 * The part of a login that a repeated callback needs. It does not contain the state:
	 * the digest, which is the id in the memory, identifies the login as well.
	 */
	private static final class SpentLogin {

		private static final long NO_USER = Long.MIN_VALUE;

		private final String registrationId;

		private final @Nullable String target;

		private volatile long userId = NO_USER;

		private SpentLogin(PendingLogin login) {
			this.registrationId = login.registrationId();
			this.target = (login.target() != null) ? login.target().url() : null;
		}

		boolean isCompletedBy(UltraCartUser user) {
			return this.userId == user.userId() && this.registrationId.equals(user.registrationId());
		}

	}

}
