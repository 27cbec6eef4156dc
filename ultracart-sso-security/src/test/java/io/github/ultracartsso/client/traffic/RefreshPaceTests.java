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

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RefreshPace}.
 */
class RefreshPaceTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

	private final RefreshPace pace = new RefreshPace(HALF_AN_HOUR, 333, Duration.ofHours(4));

	@Test
	void isEarlyWhenFewUsersThenFalse() {
		assertThat(this.pace.isEarly("session", NOON, NOON)).isFalse();
		assertThat(this.pace.isOverdue(NOON, false, NOON.plus(Duration.ofDays(1)))).isFalse();
		assertThat(this.pace.stretch()).isEqualTo(1);
	}

	@Test
	void isOverdueWhenPostponedBecauseOfOtherCallsThenOnceTheLongestIntervalHasPassed() {
		assertThat(this.pace.stretch()).isEqualTo(1);
		assertThat(this.pace.isOverdue(NOON, true, NOON.plus(Duration.ofHours(4)).minusMillis(1))).isFalse();
		assertThat(this.pace.isOverdue(NOON, true, NOON.plus(Duration.ofHours(4)))).isTrue();
	}

	@Test
	void isEarlyWhenOneUserHasAShortIntervalThenNotBeforeHalfOfTheShareIsSpent() {
		RefreshPace seconds = new RefreshPace(Duration.ofSeconds(1), 333, Duration.ofHours(4));
		for (int i = 0; i < 166; i++) {
			Instant now = NOON.plusSeconds(2L * i);
			assertThat(seconds.isEarly("session", now.minusSeconds(1), now)).isFalse();
			assertThat(seconds.take(false, now)).isTrue();
		}
		Instant spent = NOON.plusSeconds(400);
		assertThat(seconds.isEarly("session", spent.minusSeconds(1), spent)).isTrue();
	}

	@Test
	void isEarlyWhenClockIsSetBackThenFalse() {
		Instant end = new Simulation(500).run(NOON, Duration.ofHours(12));
		assertThat(this.pace.isEarly("session", end, end)).isTrue();
		assertThat(this.pace.isEarly("session", end, end.minusMillis(1))).isFalse();
	}

	@Test
	void takeWhenShareIsSpentThenNoMoreWithinTheHour() {
		for (int i = 0; i < 333; i++) {
			assertThat(this.pace.take(false, NOON)).isTrue();
		}
		assertThat(this.pace.take(false, NOON.plusSeconds(3659))).isFalse();
		assertThat(this.pace.take(false, NOON.plusSeconds(3660))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "100, 1, 1", "500, 2.85, 3.15", "1200, 6.8, 7.6" })
	void takeWhenUsersAreActiveAllDayThenIntervalStretchesAsTheyNeed(int users, double atLeast, double atMost) {
		Simulation day = new Simulation(users);
		Instant end = day.run(NOON, Duration.ofHours(24));
		assertThat(day.leastStretch).isGreaterThanOrEqualTo(atLeast);
		assertThat(day.mostStretch).isLessThanOrEqualTo(atMost);
		assertThat(day.mostInAnHour).isLessThanOrEqualTo((users < 1000) ? 333 : 666);
		assertThat(day.oldest(end)).isLessThan(Duration.ofHours(5));
	}

	@Test
	void takeWhenMoreUsersThanTheLongestIntervalAllowsThenReadInAnyCase() {
		Simulation day = new Simulation(2000);
		Instant end = day.run(NOON, Duration.ofHours(24));
		assertThat(day.oldest(end)).isLessThan(Duration.ofHours(5));
		assertThat(day.mostInAnHour).isLessThanOrEqualTo(666);
	}

	@Test
	void takeWhenUsersHaveLeftThenIntervalIsAsConfiguredAgain() {
		Simulation many = new Simulation(500);
		Instant end = many.run(NOON, Duration.ofHours(12));
		try (CapturedLog log = CapturedLog.of(RefreshPace.class.getName())) {
			new Simulation(20).run(end, Duration.ofHours(12));
			assertThat(this.pace.stretch()).isEqualTo(1);
			assertThat(log.messages(Level.INFO)).singleElement().asString().contains("every PT30M");
		}
	}

	@Test
	void takeWhenIntervalStretchesThenWarnedOnceWithFigures() {
		try (CapturedLog log = CapturedLog.of(RefreshPace.class.getName())) {
			new Simulation(500).run(NOON, Duration.ofHours(2));
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("every PT30M", "is 333", "PT4H", "ultracart.sso.limits.refresh-share");
		}
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenSenselessThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RefreshPace(null))
			.withMessage("interval cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new RefreshPace(HALF_AN_HOUR, 0, HALF_AN_HOUR))
			.withMessage("maxPerHour must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> new RefreshPace(HALF_AN_HOUR, 1, null))
			.withMessage("longestInterval cannot be null");
	}

	/**
	 * Users who make a request every minute.
	 */
	private final class Simulation {

		private final Instant[] readAt;

		private final String sessions = UUID.randomUUID().toString();

		private int mostInAnHour;

		private double leastStretch = Double.MAX_VALUE;

		private double mostStretch;

		Simulation(int users) {
			this.readAt = new Instant[users];
		}

		Instant run(Instant begin, Duration time) {
			Arrays.setAll(this.readAt, (user) -> begin.minus(HALF_AN_HOUR));
			int[] reads = new int[(int) time.toMinutes()];
			for (int minute = 0; minute < reads.length; minute++) {
				Instant now = begin.plus(Duration.ofMinutes(minute));
				for (int user = 0; user < this.readAt.length; user++) {
					boolean overdue = RefreshPaceTests.this.pace.isOverdue(this.readAt[user], false, now);
					if (!now.isBefore(this.readAt[user].plus(HALF_AN_HOUR))
							&& !RefreshPaceTests.this.pace.isEarly(this.sessions + user, this.readAt[user], now)
							&& RefreshPaceTests.this.pace.take(overdue, now)) {
						this.readAt[user] = now;
						reads[minute]++;
					}
				}
				if (minute > 120) {
					this.leastStretch = Math.min(this.leastStretch, RefreshPaceTests.this.pace.stretch());
					this.mostStretch = Math.max(this.mostStretch, RefreshPaceTests.this.pace.stretch());
				}
				int hour = Arrays.stream(reads, Math.max(0, minute - 59), minute + 1).sum();
				this.mostInAnHour = Math.max(this.mostInAnHour, hour);
			}
			return begin.plus(time);
		}

		Duration oldest(Instant now) {
			return Duration.between(Arrays.stream(this.readAt).min(Instant::compareTo).orElseThrow(), now);
		}

	}

}
