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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Detects a redirect loop: a browser that returns from UltraCart several times within a
 * minute. The times of the returns are a short text, which the browser stores. It grants
 * nothing, so a forged text only leads to the sign-in page. Not part of the API.
 * <p>
 * Callbacks are counted, not starts, because many tabs that are restored at once start
 * many logins without a loop. For the same reason, the callback of a login that began
 * before the last counted one is not counted. Callbacks with an unknown state are counted
 * as well: if the session is lost before the callback, every state is unknown, and a
 * failure handler that redirects to a protected page causes a loop.
 */
public final class LoginLoop {

	/**
	 * Number of returns within {@link #MEMORY} that make a loop.
	 */
	public static final int MAX_RETURNS = 5;

	/**
	 * How long a return is remembered.
	 */
	public static final Duration MEMORY = Duration.ofMinutes(1);

	/**
	 * Epoch milliseconds up to the year 9999, at most as many as {@link #add} writes.
	 */
	private static final Pattern VALUE = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15}){0," + (MAX_RETURNS - 1) + "}");

	private LoginLoop() {
	}

	/**
	 * Adds a return.
	 * @param value the text so far, possibly empty
	 * @param startedAt when the login began, or {@code null} if that is not known
	 * @param now the time of the return
	 * @return the new text
	 */
	public static String add(String value, @Nullable Instant startedAt, Instant now) {
		List<Long> returns = new ArrayList<>(returns(value, now));
		if (startedAt != null && returns.stream().anyMatch((time) -> time > startedAt.toEpochMilli())) {
			return value;
		}
		returns.add(now.toEpochMilli());
		return returns.subList(Math.max(0, returns.size() - MAX_RETURNS), returns.size())
			.stream()
			.map(String::valueOf)
			.collect(Collectors.joining("."));
	}

	/**
	 * Returns whether the returns are a loop.
	 * @param value the text
	 * @param now the current time
	 * @return {@code true} if there are {@value #MAX_RETURNS} within a minute
	 */
	public static boolean isLoop(String value, Instant now) {
		return returns(value, now).size() >= MAX_RETURNS;
	}

	private static List<Long> returns(String value, Instant now) {
		if (!VALUE.matcher(value).matches()) {
			return List.of();
		}
		long earliest = now.minus(MEMORY).toEpochMilli();
		return Arrays.stream(value.split("\\."))
			.map(Long::valueOf)
			.filter((time) -> time > earliest && time <= now.toEpochMilli())
			.toList();
	}

}
