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

/**
 * Detects a redirect loop: a browser that comes back from UltraCart again and again
 * within a minute. The times are a short text, which the browser itself stores. It grants
 * nothing; a person who forges it only gets to the sign-in page. Not part of the API.
 * <p>
 * Callbacks are counted, not starts: many tabs that are restored at once start as many
 * logins without any loop. All callbacks are counted, not only those of logins that are
 * pending here: where the session is lost on the way to the callback, no state is ever
 * known, and an application that then sends the browser to one of its protected pages has
 * a loop all the same.
 */
public final class LoginLoop {

	/**
	 * How many returns within {@link #MEMORY} are a loop.
	 */
	public static final int MAX_RETURNS = 5;

	/**
	 * How long a return is remembered.
	 */
	public static final Duration MEMORY = Duration.ofMinutes(1);

	/**
	 * Seconds up to the year 2286, and as many as are written.
	 */
	private static final Pattern VALUE = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,10}){0," + (MAX_RETURNS - 1) + "}");

	private LoginLoop() {
	}

	/**
	 * Adds a return.
	 * @param value the text so far, or an empty one
	 * @param now the time of the return
	 * @return the text from now on
	 */
	public static String add(String value, Instant now) {
		List<Long> returns = new ArrayList<>(returns(value, now));
		returns.add(now.getEpochSecond());
		return returns.subList(Math.max(0, returns.size() - MAX_RETURNS), returns.size())
			.stream()
			.map(String::valueOf)
			.collect(Collectors.joining("."));
	}

	/**
	 * Returns whether the returns are a loop.
	 * @param value the text
	 * @param now the present
	 * @return {@code true} if there are {@value #MAX_RETURNS} within a minute
	 */
	public static boolean isLoop(String value, Instant now) {
		return returns(value, now).size() >= MAX_RETURNS;
	}

	private static List<Long> returns(String value, Instant now) {
		if (!VALUE.matcher(value).matches()) {
			return List.of();
		}
		long earliest = now.minus(MEMORY).getEpochSecond();
		return Arrays.stream(value.split("\\."))
			.map(Long::valueOf)
			.filter((time) -> time > earliest && time <= now.getEpochSecond())
			.toList();
	}

}
