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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.ultracartsso.authentication.PendingLogin;
import io.github.ultracartsso.authentication.UltraCartUser;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for as long as a login may take which logins have come back to this instance.
 * A session store that gives each request a copy of the session cannot keep two
 * simultaneous callbacks from both taking the same pending login; this does. It grows
 * with the number of logins under way, not with what strangers send.
 */
final class SpentLogins {

	private final Map<String, PendingLogin> logins = new ConcurrentHashMap<>();

	private final Map<String, UltraCartUser> users = new ConcurrentHashMap<>();

	/**
	 * Marks the login as come back.
	 * @return {@code true} for the first caller with this login only
	 */
	boolean spend(PendingLogin login, Instant now) {
		this.logins.values().removeIf((spent) -> spent.isExpired(now));
		this.users.keySet().retainAll(this.logins.keySet());
		return this.logins.putIfAbsent(login.state(), login) == null;
	}

	/**
	 * Remembers whom the login has signed in.
	 */
	void complete(PendingLogin login, UltraCartUser user) {
		this.users.put(login.state(), user);
	}

	/**
	 * Finds a login that has signed the user in not long ago.
	 */
	@Nullable PendingLogin find(String state, UltraCartUser user, Instant now) {
		PendingLogin login = this.logins.get(state);
		return (login != null && !login.isExpired(now) && user.equals(this.users.get(state))) ? login : null;
	}

}
