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

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * Clears what UltraCart says of the secrets it was sent, since it may repeat them and its
 * words end in logs.
 */
final class Redaction {

	private static final String MASK = "******";

	private final List<String> secrets;

	private Redaction(Stream<String> secrets) {
		// the longest first: a part of it may be a secret as well
		this.secrets = secrets.filter(StringUtils::hasText)
			.sorted(Comparator.comparing(String::length).reversed())
			.toList();
	}

	/**
	 * Returns a redaction of all that a call is authenticated with, and of one more
	 * secret.
	 */
	static Redaction of(HttpHeaders credential, @Nullable String secret) {
		return new Redaction(Stream.concat(Stream.ofNullable(secret),
				credential.headerSet()
					.stream()
					.flatMap((header) -> header.getValue().stream())
					.map(Redaction::withoutScheme)));
	}

	/**
	 * Returns a redaction of the given secrets.
	 */
	static Redaction of(String... secrets) {
		return new Redaction(Stream.of(secrets));
	}

	private static String withoutScheme(String header) {
		return header.substring(header.lastIndexOf(' ') + 1);
	}

	/**
	 * Returns the text as it may stand in a log.
	 */
	String clean(String text, int maxLength) {
		return LogText.clean(mask(text), maxLength);
	}

	/**
	 * Returns the text with nothing changed but the secrets.
	 */
	String mask(String text) {
		String masked = text;
		for (String secret : this.secrets) {
			masked = masked.replace(secret, MASK);
		}
		return masked;
	}

}
