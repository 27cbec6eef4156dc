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
 * Checks that no duration and no number is larger than anything could use. The sum of
 * such a duration and a time would overflow, in a request and not at start.
 */
final class UpperBoundsCheck implements PropertiesCheck {

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

	private static final Duration LONGEST_AGE = Duration.ofDays(3650);

	private static final int MOST_CALLS = 100;

	private static final int MOST_STARTS = 100_000;

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		UltraCartSsoProperties.Session session = properties.session();
		atMost("ultracart.sso.session.refresh-interval", session.refreshInterval(), LONGEST_AGE, mistakes);
		atMost("ultracart.sso.session.max-age", session.maxAge(), LONGEST_AGE, mistakes);
		atMost("ultracart.sso.session.unknown-expiry-max-age", session.unknownExpiryMaxAge(), LONGEST_AGE, mistakes);
		atMost("ultracart.sso.logout.revoke-timeout", properties.logout().revokeTimeout(), LONGEST_TIMEOUT, mistakes);
		atMost("ultracart.sso.limits.longest-refresh-interval", properties.limits().longestRefreshInterval(),
				LONGEST_AGE, mistakes);
		UltraCartSsoProperties.Http http = properties.http();
		atMost("ultracart.sso.http.connect-timeout", http.getConnectTimeout(), LONGEST_TIMEOUT, mistakes);
		atMost("ultracart.sso.http.read-timeout", http.getReadTimeout(), LONGEST_TIMEOUT, mistakes);
		atMost("ultracart.sso.http.call-timeout", http.getCallTimeout(), LONGEST_TIMEOUT, mistakes);
		atMost("ultracart.sso.http.queue-timeout", http.getQueueTimeout(), LONGEST_TIMEOUT, mistakes);
		atMost("ultracart.sso.http.max-concurrent-calls", http.getMaxConcurrentCalls(), MOST_CALLS, mistakes);
		atMost("ultracart.sso.http.max-retries", http.getMaxRetries(), MOST_CALLS, mistakes);
		atMost("ultracart.sso.login.max-starts-per-hour", properties.login().maxStartsPerHour(), MOST_STARTS, mistakes);
	}

	private static void atMost(String property, @Nullable Duration value, Duration most, Mistakes mistakes) {
		if (value != null && value.compareTo(most) > 0) {
			add(property, Mistakes.text(value), most.toDays() + "d", mistakes);
		}
	}

	private static void atMost(String property, int value, int most, Mistakes mistakes) {
		if (value > most) {
			add(property, String.valueOf(value), String.valueOf(most), mistakes);
		}
	}

	private static void add(String property, String value, String most, Mistakes mistakes) {
		mistakes.add("%s is %s, but must be at most %s".formatted(property, value, most),
				"Remove %s, or set it to at most %s.".formatted(property, most));
	}

}
