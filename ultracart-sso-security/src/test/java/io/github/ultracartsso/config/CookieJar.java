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

package io.github.ultracartsso.config;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.Cookie;

/**
 * The cookies of a browser, which forgets them when they expire.
 */
final class CookieJar {

	private final Clock clock;

	private final Map<String, Cookie> cookies = new LinkedHashMap<>();

	private final Map<String, Instant> expiries = new LinkedHashMap<>();

	CookieJar(Clock clock) {
		this.clock = clock;
	}

	void receive(Cookie... received) {
		for (Cookie cookie : received) {
			this.cookies.put(cookie.getName(), cookie);
			this.expiries.put(cookie.getName(),
					(cookie.getMaxAge() < 0) ? Instant.MAX : this.clock.instant().plusSeconds(cookie.getMaxAge()));
		}
	}

	Cookie[] cookies() {
		Instant now = this.clock.instant();
		this.expiries.values().removeIf((expiry) -> !now.isBefore(expiry));
		this.cookies.keySet().retainAll(this.expiries.keySet());
		return this.cookies.values().toArray(Cookie[]::new);
	}

}
