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

/**
 * Makes foreign text fit for a line of a log: no control characters, so that it cannot
 * pass for another line, and no longer than can be borne.
 *
 * @since 0.1
 */
public final class LogText {

	private LogText() {
	}

	/**
	 * Returns the text as it may stand in a log.
	 * @param text the foreign text
	 * @param maxLength how many characters to keep
	 * @return the text with runs of control characters and line separators turned into
	 * one space, cut where it is too long
	 */
	public static String clean(String text, int maxLength) {
		String head = (text.length() > maxLength) ? text.substring(0, maxLength) + "..." : text;
		return head.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ").strip();
	}

}
