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

package io.github.ultracartsso.client.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.client.LogText;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * Masks the secrets of a request in UltraCart's response to it, which may quote them and
 * whose text is logged.
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
	 * Returns a redaction of the headers that authenticate a request, and of other
	 * secrets.
	 */
	static Redaction of(HttpHeaders credential, Collection<String> secrets) {
		return new Redaction(Stream.concat(secrets.stream(),
				credential.headerSet()
					.stream()
					.flatMap((header) -> header.getValue().stream())
					.map((value) -> value.substring(value.lastIndexOf(' ') + 1))));
	}

	/**
	 * Returns a redaction of the given secrets.
	 */
	static Redaction of(String... secrets) {
		return new Redaction(Stream.of(secrets));
	}

	/**
	 * Returns the masked text on one line and cut to a length, ready to be logged.
	 */
	String clean(String text, int maxLength) {
		return LogText.clean(mask(text), maxLength);
	}

	/**
	 * Returns the text with only the secrets changed.
	 */
	String mask(String text) {
		String masked = text;
		for (String secret : this.secrets) {
			masked = masked.replace(secret, MASK);
		}
		return masked;
	}

}
