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
 * Checks that every timeout is at least a millisecond, because zero would mean to wait
 * without a limit.
 */
final class TimeoutsCheck implements PropertiesCheck {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		UltraCartSsoProperties.Http http = properties.http();
		checkTimeout("ultracart.sso.http.connect-timeout", http.getConnectTimeout(), mistakes);
		checkTimeout("ultracart.sso.http.read-timeout", http.getReadTimeout(), mistakes);
		checkTimeout("ultracart.sso.http.call-timeout", http.getCallTimeout(), mistakes);
		checkTimeout("ultracart.sso.logout.revoke-timeout", properties.logout().revokeTimeout(), mistakes);
	}

	private static void checkTimeout(String property, @Nullable Duration timeout, Mistakes mistakes) {
		if (timeout != null && timeout.compareTo(SHORTEST) < 0) {
			mistakes.add(
					"%s is %s, but must be at least a millisecond (waiting without a limit is not supported)"
						.formatted(property, Mistakes.text(timeout)),
					"Remove %s, or set it to a duration such as 5s.".formatted(property));
		}
	}

}
