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

package io.github.ultracartsso.autoconfigure.properties;

import java.time.Duration;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.jspecify.annotations.Nullable;

/**
 * Checks how old sessions and the permissions of their users may get.
 */
final class SessionAgesCheck implements PropertiesCheck {

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		UltraCartSsoProperties.Session session = properties.session();
		if (!session.refreshInterval().isZero()) {
			checkAge(new Age("ultracart.sso.session.refresh-interval", "30m", "must be positive, or 0 for never"),
					session.refreshInterval(), mistakes);
		}
		checkAge(new Age("ultracart.sso.session.max-age", "8h", "must be positive"), session.maxAge(), mistakes);
		checkAge(new Age("ultracart.sso.session.unknown-expiry-max-age", "1h", "must be positive"),
				session.unknownExpiryMaxAge(), mistakes);
	}

	private static void checkAge(Age age, @Nullable Duration value, Mistakes mistakes) {
		if (value != null && (value.isNegative() || value.isZero())) {
			mistakes.add("%s is %s, but %s".formatted(age.property(), Mistakes.text(value), age.rule()),
					"Remove %s, or set it to a duration with its unit, such as %s.".formatted(age.property(),
							age.example()));
		}
	}

	/**
	 * A property that holds an age.
	 */
	private record Age(String property, String example, String rule) {
	}

}
