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

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;

import org.springframework.util.StringUtils;

/**
 * Checks the limits of UltraCart's API.
 */
final class LimitsCheck implements PropertiesCheck {

	private static final int MOST_CALLS = 10_000_000;

	private static final int MAX_GROUP_LENGTH = 100;

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		UltraCartSsoProperties.Limits limits = properties.limits();
		checkCalls("ultracart.sso.limits.calls-per-hour", limits.callsPerHour(), 1000, mistakes);
		checkCalls("ultracart.sso.limits.calls-per-day", limits.callsPerDay(), 10_000, mistakes);
		if (!StringUtils.hasText(limits.group()) || limits.group().length() > MAX_GROUP_LENGTH) {
			mistakes.add(
					"ultracart.sso.limits.group is '%s', but must be a name of at most %d characters"
						.formatted(limits.group(), MAX_GROUP_LENGTH),
					"Remove ultracart.sso.limits.group, or set it to a name such as backoffice.");
		}
		if (!(limits.refreshShare() > 0 && limits.refreshShare() <= 1)) {
			mistakes.add(
					"ultracart.sso.limits.refresh-share is %s, but must be a part of the hourly limit between 0 and 1"
						.formatted(limits.refreshShare()),
					"Remove ultracart.sso.limits.refresh-share, or set it to a part such as 0.33. To read no permissions"
							+ " again, set ultracart.sso.session.refresh-interval to 0.");
		}
		if (limits.longestRefreshInterval().isNegative() || limits.longestRefreshInterval().isZero()) {
			mistakes.add(
					"ultracart.sso.limits.longest-refresh-interval is %s, but must be positive"
						.formatted(Mistakes.text(limits.longestRefreshInterval())),
					"Remove ultracart.sso.limits.longest-refresh-interval, or set it to a time such as 4h.");
		}
	}

	private static void checkCalls(String property, int calls, int usual, Mistakes mistakes) {
		if (calls < 1 || calls > MOST_CALLS) {
			mistakes.add("%s is %d, but must be between 1 and %d".formatted(property, calls, MOST_CALLS),
					"Remove %s, or set it to what UltraCart allows, %d unless agreed otherwise.".formatted(property,
							usual));
		}
	}

}
