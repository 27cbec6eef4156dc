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

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions that have ended a moment ago, so that of several requests under way with a
 * session that is over only one tells of it.
 */
final class EndedSessions {

	private static final Duration UNDER_WAY = Duration.ofMinutes(1);

	private final Map<String, Instant> sessions = new ConcurrentHashMap<>();

	/**
	 * Marks the session as ended.
	 * @return {@code true} for the first caller with this session only
	 */
	boolean isFirstToEnd(String sessionId, Instant now) {
		this.sessions.values().removeIf((endedAt) -> endedAt.plus(UNDER_WAY).isBefore(now));
		return this.sessions.putIfAbsent(sessionId, now) == null;
	}

}
