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

package io.github.ultracartsso.client;

import java.util.regex.Pattern;

/**
 * Sanitizes untrusted text for log messages: removes control characters, which could fake
 * another log entry, and limits its length. Not part of the API.
 *
 * @since 0.1
 */
public final class LogText {

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cf}]+");

	private LogText() {
	}

	/**
	 * Returns the text as it may appear in a log message.
	 * @param text the untrusted text
	 * @param maxLength the number of characters to keep
	 * @return the text with each run of control characters and line separators replaced
	 * by one space, cut if it is too long
	 */
	public static String clean(String text, int maxLength) {
		String head = (text.length() > maxLength) ? text.substring(0, maxLength) + "..." : text;
		return UNPRINTABLE.matcher(head).replaceAll(" ").strip();
	}

}
