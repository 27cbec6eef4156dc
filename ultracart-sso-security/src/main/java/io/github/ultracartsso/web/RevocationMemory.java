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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which keys this instance has taken on to revoke, until they expire. There is
 * room for the keys of many people; past it the oldest are forgotten, at the price of a
 * needless call should their sessions be reported once more.
 */
final class RevocationMemory {

	static final int MAX_KEYS = 10_000;

	private final Map<String, Instant> expiries = new LinkedHashMap<>();

	/**
	 * Takes on a key.
	 * @return {@code true} for the first caller with this fingerprint only
	 */
	synchronized boolean claim(String fingerprint, Instant expiresAt, Instant now) {
		this.expiries.values().removeIf((expiry) -> !now.isBefore(expiry));
		if (this.expiries.putIfAbsent(fingerprint, expiresAt) != null) {
			return false;
		}
		if (this.expiries.size() > MAX_KEYS) {
			Iterator<String> oldestFirst = this.expiries.keySet().iterator();
			oldestFirst.next();
			oldestFirst.remove();
		}
		return true;
	}

	synchronized int size() {
		return this.expiries.size();
	}

}
