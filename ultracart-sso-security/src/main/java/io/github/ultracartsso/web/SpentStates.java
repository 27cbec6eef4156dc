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

/**
 * Remembers for as long as a login may take which states have been used by this instance.
 * A session store that gives each request a copy of the session cannot keep two
 * simultaneous callbacks from both taking the same pending login; this does. It grows
 * with the number of logins under way, not with what strangers send.
 */
final class SpentStates {

	private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

	/**
	 * Marks the state of the login as used.
	 * @return {@code true} for the first caller with this login only
	 */
	boolean spend(PendingLogin login, Instant now) {
		this.expiries.values().removeIf((expiry) -> !now.isBefore(expiry));
		return this.expiries.putIfAbsent(login.state(), login.expiresAt()) == null;
	}

}
