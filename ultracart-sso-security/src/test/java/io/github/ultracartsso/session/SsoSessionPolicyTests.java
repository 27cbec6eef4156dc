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

package io.github.ultracartsso.session;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SsoSessionPolicy}.
 */
class SsoSessionPolicyTests {

	private static final Duration TIME = Duration.ofMinutes(7);

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	@Test
	void defaultsThenAsDocumented() {
		SsoSessionPolicy policy = SsoSessionPolicy.DEFAULTS;
		assertThat(policy.ipLock()).isEqualTo(IpLock.OFF);
		assertThat(policy.refreshInterval()).hasMinutes(30);
		assertThat(policy.refreshTimeout()).hasSeconds(5);
		assertThat(policy.maxAge()).isNull();
		assertThat(policy.unknownExpiryMaxAge()).hasHours(1);
	}

	@ParameterizedTest // D4
	@CsvSource({ "PT59M59.999S, , false", "PT1H, , true", "PT1H, P1D, true", "PT6M59.999S, PT7M, false",
			"PT7M, PT7M, true" })
	void isOverThenFromTheExpiryOrTheMaximumAgeOn(Duration age, @Nullable Duration maxAge, boolean over) {
		assertThat(policy(TIME, maxAge).isOver(this.ssoSession, TestSsoSessions.NOW.plus(age))).isEqualTo(over);
	}

	@Test // D4
	void isOverWhenTimeOfLoginIsNotKnownThenMaximumAgeIsReached() {
		SsoSession unknown = TestSsoSessions.builder("user-key").beganAt(Instant.EPOCH).build();
		assertThat(policy(TIME, Duration.ofDays(1)).isOver(unknown, TestSsoSessions.NOW)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "PT6M59.999S, false", "PT7M, true", "PT8M, true" })
	void isRefreshDueThenFromTheIntervalOn(Duration age, boolean due) {
		assertThat(policy(TIME, null).isRefreshDue(this.ssoSession, TestSsoSessions.NOW.plus(age))).isEqualTo(due);
	}

	@ParameterizedTest // D4
	@CsvSource({ "PT-6M59.999S, false", "PT-7M, true", "P-1D, true", "P-36500D, true" })
	void isOverAndIsRefreshDueWhenClockIsSetBackThenFromTheAgeOn(Duration age, boolean reached) {
		Instant now = TestSsoSessions.NOW.plus(age);
		assertThat(policy(TIME, Duration.ofDays(3650)).isRefreshDue(this.ssoSession, now)).isEqualTo(reached);
		assertThat(policy(Duration.ZERO, TIME).isOver(this.ssoSession, now)).isEqualTo(reached);
		assertThat(policy(Duration.ZERO, null).isOver(this.ssoSession, now)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT87600H0.000000001S", "PT9223372036854775807S" })
	void boundsWhenAbsurdlyLongThenThrowIllegalArgumentException(Duration time) {
		String ages = "refreshInterval, maxAge and unknownExpiryMaxAge cannot exceed 3650 days";
		assertThatIllegalArgumentException().isThrownBy(() -> policy(time, null)).withMessage(ages);
		assertThatIllegalArgumentException().isThrownBy(() -> policy(TIME, time)).withMessage(ages);
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionPolicy(IpLock.OFF, TIME, TIME, null, time))
			.withMessage(ages);
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionPolicy(IpLock.OFF, TIME, time, null, TIME))
			.withMessage("refreshTimeout cannot exceed a day");
	}

	@Test
	void boundsWhenLongestThenTimesCanBeAdded() {
		Duration longest = Duration.ofDays(3650);
		assertThat(policy(longest, longest).isOver(this.ssoSession, TestSsoSessions.NOW)).isFalse();
		assertThat(policy(longest, longest).isRefreshDue(this.ssoSession, TestSsoSessions.NOW)).isFalse();
	}

	@Test
	void isRefreshDueWhenIntervalIsZeroThenNever() {
		assertThat(
				policy(Duration.ZERO, null).isRefreshDue(this.ssoSession, TestSsoSessions.NOW.plus(Duration.ofDays(9))))
			.isFalse();
	}

	@Test
	void refreshIntervalWhenNegativeThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> policy(Duration.ofNanos(-1), null))
			.withMessage("refreshInterval cannot be negative");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1 })
	void boundsWhenNotPositiveThenThrowIllegalArgumentException(long nanos) {
		Duration time = Duration.ofNanos(nanos);
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionPolicy(IpLock.OFF, TIME, time, null, TIME))
			.withMessage("refreshTimeout must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> policy(TIME, time))
			.withMessage("maxAge must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionPolicy(IpLock.OFF, TIME, TIME, null, time))
			.withMessage("unknownExpiryMaxAge must be positive");
	}

	@Test
	@SuppressWarnings("NullAway")
	void ipLockWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionPolicy(null, TIME, TIME, null, TIME))
			.withMessage("ipLock cannot be null");
	}

	private static SsoSessionPolicy policy(Duration refreshInterval, @Nullable Duration maxAge) {
		return new SsoSessionPolicy(IpLock.OFF, refreshInterval, TIME, maxAge, TIME);
	}

}
