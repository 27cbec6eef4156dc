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

/**
 * Checks the limits of UltraCart's API.
 */
final class LimitsCheck implements PropertiesCheck {

	private static final int MOST_CALLS = 10_000_000;

	private static final int MAX_GROUP_LENGTH = 100;

	/**
	 * What is longer is a mistake by itself.
	 */
	private static final Duration LONGEST_AGE = Duration.ofDays(3650);

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		UltraCartSsoProperties.Limits limits = properties.limits();
		checkCalls("ultracart.sso.limits.calls-per-hour", limits.callsPerHour(), 1000, mistakes);
		checkCalls("ultracart.sso.limits.calls-per-day", limits.callsPerDay(), 10_000, mistakes);
		String group = limits.group();
		if (group != null && (group.isBlank() || group.length() > MAX_GROUP_LENGTH)) {
			mistakes.add(
					"ultracart.sso.limits.group is '%s', but must be a name of at most %d characters".formatted(group,
							MAX_GROUP_LENGTH),
					"Remove ultracart.sso.limits.group, or set it to a name such as backoffice.");
		}
		if (!(limits.refreshShare() > 0 && limits.refreshShare() <= 1)) {
			mistakes.add(
					"ultracart.sso.limits.refresh-share is %s, but must be a part of the hourly limit between 0 and 1"
						.formatted(limits.refreshShare()),
					"Remove ultracart.sso.limits.refresh-share, or set it to a part such as 0.33. To read no permissions"
							+ " again, set ultracart.sso.session.refresh-interval to 0.");
		}
		checkLongestRefreshInterval(limits.longestRefreshInterval(), properties.session().refreshInterval(), mistakes);
	}

	private static void checkLongestRefreshInterval(Duration longest, Duration interval, Mistakes mistakes) {
		if (longest.isNegative() || longest.isZero()) {
			mistakes.add(
					"ultracart.sso.limits.longest-refresh-interval is %s, but must be positive"
						.formatted(Mistakes.text(longest)),
					"Remove ultracart.sso.limits.longest-refresh-interval, or set it to a time such as 4h.");
		}
		else if (interval.compareTo(longest) > 0 && interval.compareTo(LONGEST_AGE) <= 0) {
			mistakes.add("ultracart.sso.session.refresh-interval is %s, but must not be longer than"
				.formatted(Mistakes.text(interval))
					+ " ultracart.sso.limits.longest-refresh-interval, which is %s".formatted(Mistakes.text(longest)),
					"Set ultracart.sso.session.refresh-interval to at most %s, or".formatted(Mistakes.text(longest))
							+ " ultracart.sso.limits.longest-refresh-interval to at least %s."
								.formatted(Mistakes.text(interval)));
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
