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

package io.github.ultracartsso.autoconfigure.actuate;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.util.StringUtils;

/**
 * Masks UltraCart's secrets in {@code /env} and {@code /configprops}, also where the
 * values of other properties are shown. It recognizes them by the name of the property,
 * in any spelling, and by the value, because a key may come from a variable of any name.
 */
final class UltraCartKeySanitizingFunction implements SanitizingFunction {

	private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

	private static final List<String> SECRET_PROPERTIES = List.of("ultracartssosimplekey", "ultracartssooauth",
			"ultracartssosessionencryptionkeys");

	private final List<String> secrets;

	UltraCartKeySanitizingFunction(UltraCartSsoProperties properties) {
		this.secrets = Stream
			.of(Stream.ofNullable(properties.simpleKey()), Stream.ofNullable(properties.oauth().refreshToken()),
					properties.session().encryptionKeys().stream())
			.flatMap(Function.identity())
			.filter(StringUtils::hasText)
			.map(String::strip)
			.toList();
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (isSecretName(data.getKey()) || isSecretValue(data.getValue())) ? data.withSanitizedValue() : data;
	}

	private static boolean isSecretName(String name) {
		String plain = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
		return SECRET_PROPERTIES.stream().anyMatch(plain::startsWith);
	}

	private boolean isSecretValue(@Nullable Object value) {
		if (value == null || this.secrets.isEmpty()) {
			return false;
		}
		String text = value.toString();
		return this.secrets.stream().anyMatch(text::contains);
	}

}
