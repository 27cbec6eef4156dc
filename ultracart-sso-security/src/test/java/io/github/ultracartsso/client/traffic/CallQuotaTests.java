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

package io.github.ultracartsso.client.traffic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallQuota}.
 */
class CallQuotaTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private final CallQuota quota = new CallQuota(1000, 10_000);

	private final CallGate gate = new CallGate(1, Duration.ofSeconds(5));

	CallQuotaTests() {
		this.gate.setQuota(this.quota);
		this.gate.setClock(Clock.fixed(NOON, ZoneOffset.UTC));
	}

	@ParameterizedTest
	@CsvSource({ "SIGN_OUT, 1000", "LOGIN, 1000", "KNOWN_START, 990", "NEW_LOGIN, 950", "OVERDUE, 950", "START, 900",
			"USER, 900", "BACKGROUND, 900", "APPLICATION, 800" })
	void closedForWhenSpentInAnHourThenLoginsStopLast(CallPriority priority, int calls) {
		spend(calls - 1, NOON);
		assertThat(this.quota.closedFor(priority, NOON)).isZero();
		spend(1, NOON);
		assertThat(this.quota.closedFor(priority, NOON)).isEqualTo(Duration.ofMinutes(61));
		assertThat(this.quota.closedFor(priority, NOON.plus(Duration.ofMinutes(61)))).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "LOGIN, 10000", "KNOWN_START, 9900", "NEW_LOGIN, 9500", "START, 9000", "USER, 9000",
			"APPLICATION, 8000" })
	void closedForWhenSpentInADayThenLoginsStopLast(CallPriority priority, int calls) {
		int hours = (calls - 1) / 440;
		for (int hour = 0; hour < hours; hour++) {
			spend(440, NOON.plus(Duration.ofHours(hour)));
		}
		Instant end = NOON.plus(Duration.ofHours(hours));
		spend(calls - 440 * hours - 1, end);
		assertThat(this.quota.closedFor(priority, end)).isZero();
		spend(1, end);
		assertThat(this.quota.closedFor(priority, end)).isBetween(Duration.ofHours(24 - hours),
				Duration.ofHours(25 - hours));
	}

	@Test
	void leftWhenSpentThenLess() {
		spend(3, NOON);
		assertThat(this.gate.leftInHour()).isEqualTo(997);
		assertThat(this.gate.leftInDay()).isEqualTo(9997);
	}

	@Test
	void passWhenSpentThenCallsForUsersStopBeforeLogins() {
		spend(900, NOON);
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> this.gate.pass(TestGatedCall.of(CallKind.USER_CALL), () -> "not called"))
			.withMessageContaining("too little is left of the calls that UltraCart allows")
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofMinutes(61)))
			.satisfies((ex) -> assertThat(ex.wasSent()).isFalse());
		assertThat(this.gate.pass(TestGatedCall.of(CallPriority.KNOWN_START), () -> "called")).isEqualTo("called");
		assertThat(this.gate.closedFor()).isZero();
		assertThat(this.gate.closedForNewBrowsers()).isEqualTo(Duration.ofMinutes(61));
		assertThat(this.gate.closedBecauseOf()).isNull();
	}

	@Test
	void passWhenUsersAndStrangersMakeAllTheCallsTheyCanThenKnownBrowsersSignIn() {
		spend(850, NOON);
		for (CallKind kind : new CallKind[] { CallKind.USER_CALL, CallKind.AUTHORIZE, CallKind.TOKEN }) {
			callUntilRejected(kind);
		}
		assertThat(this.gate.madeInHour()).isEqualTo(950);
		for (int login = 0; login < 13; login++) {
			for (CallPriority priority : new CallPriority[] { CallPriority.KNOWN_START, CallPriority.LOGIN,
					CallPriority.LOGIN }) {
				this.gate.pass(TestGatedCall.of(priority),
						() -> this.gate.attempt(CallKind.SESSION_USER, () -> "called"));
			}
		}
	}

	private void callUntilRejected(CallKind kind) {
		for (int call = 0; call < 1000; call++) {
			try {
				this.gate.pass(TestGatedCall.of(kind), () -> this.gate.attempt(kind, () -> "called"));
			}
			catch (UltraCartRateLimitException ex) {
				return;
			}
		}
	}

	@Test
	void passWhenSpentThenCallsOfTheApplicationStopBeforeThoseForUsers() {
		spend(800, NOON);
		try (CapturedLog log = CapturedLog.of(CallQuota.class.getName())) {
			assertRejected(CallKind.APPLICATION_CALL);
			assertThat(this.gate.pass(TestGatedCall.of(CallKind.USER_CALL), () -> "called")).isEqualTo("called");
			spend(100, NOON);
			assertRejected(CallKind.USER_CALL);
			assertThat(log.messages(Level.WARN)).satisfiesExactly(
					(first) -> assertThat(first).contains("Calls of the application's own are rejected before"),
					(second) -> assertThat(second).contains("Calls for users are rejected before"));
		}
	}

	@Test
	void passWhenNothingIsLeftThenNoLoginButSignOut() {
		spend(1000, NOON);
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> this.gate.pass(TestGatedCall.of(CallKind.TOKEN), () -> "not called"));
		assertThat(this.gate.closedFor()).isEqualTo(Duration.ofMinutes(61));
		assertThat(this.gate.closedBecauseOf()).isEqualTo(UltraCartApiFailure.RATE_LIMITED);
		assertThat(this.gate.passSoon(TestGatedCall.of(CallKind.REVOKE), () -> "called")).isEqualTo("called");
	}

	@Test
	void attemptThenCounted() {
		this.gate.attempt(CallKind.TOKEN, () -> "called");
		assertThat(this.gate.leftInHour()).isEqualTo(999);
	}

	@Test
	void passWhenSpentThenWarnedOfUsersAndOfLoginsOnceAnHour() {
		spend(900, NOON);
		try (CapturedLog log = CapturedLog.of(CallQuota.class.getName())) {
			this.gate.closedFor();
			assertThat(log.messages(Level.WARN)).isEmpty();
			for (int i = 0; i < 2; i++) {
				assertRejected(CallKind.USER_CALL);
			}
			for (int i = 0; i < 2; i++) {
				assertRejected(CallKind.AUTHORIZE);
			}
			spend(100, NOON);
			for (int i = 0; i < 2; i++) {
				assertRejected(CallKind.SESSION_USER);
			}
			assertThat(log.messages(Level.WARN)).hasSize(3)
				.satisfiesExactly(
						(first) -> assertThat(first).contains(
								"Calls for users are rejected before 2026-11-21T13:01:00Z", "900 requests",
								"ultracart.sso.limits.calls-per-hour"),
						(second) -> assertThat(second).contains("Logins in new browsers are rejected"),
						(third) -> assertThat(third).contains("Logins are rejected"));
		}
	}

	private void assertRejected(CallKind kind) {
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> this.gate.pass(TestGatedCall.of(kind), () -> "not called"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void constructorWhenNotPositiveThenThrowsIllegalArgumentException(int calls) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CallQuota(calls, 1))
			.withMessage("callsPerHour must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> new CallQuota(1, calls))
			.withMessage("callsPerDay must be positive");
	}

	private void spend(int calls, Instant now) {
		for (int i = 0; i < calls; i++) {
			this.quota.count(now);
		}
	}

}
