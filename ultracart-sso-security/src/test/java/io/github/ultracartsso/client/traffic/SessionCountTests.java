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
import java.util.UUID;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionCount}.
 */
class SessionCountTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private static final Duration PERIOD = Duration.ofMinutes(30);

	@ParameterizedTest
	@CsvSource({ "1, 1300, 1", "50, 1300, 6", "500, 1300, 6", "1300, 1300, 6", "5000, 1300, 8", "100000, 130000, 10" })
	void estimateWhenSessionsAreSeenOftenThenTheirNumberWithinAFewPercent(int sessions, int most, double percent) {
		SessionCount count = new SessionCount(PERIOD, most);
		String[] ids = new String[sessions];
		for (int i = 0; i < sessions; i++) {
			ids[i] = UUID.randomUUID().toString();
		}
		for (int request = 0; request < 3; request++) {
			for (String id : ids) {
				count.add(id, NOON.plusSeconds(request));
			}
		}
		assertThat(count.estimate(NOON)).isCloseTo(sessions, Percentage.withPercentage(percent));
	}

	@Test
	void estimateWhenPeriodEndsThenThatOfTheLastPeriodUntilTheNext() {
		SessionCount count = new SessionCount(PERIOD, 100);
		add(count, "a", 20, NOON);
		assertThat(count.estimate(NOON)).isBetween(19, 21);
		assertThat(count.estimate(NOON.plus(PERIOD))).isBetween(19, 21);
		add(count, "b", 3, NOON.plus(PERIOD));
		assertThat(count.estimate(NOON.plus(PERIOD.multipliedBy(2)))).isEqualTo(3);
		assertThat(count.estimate(NOON.plus(PERIOD.multipliedBy(4)))).isZero();
	}

	@Test
	void estimateWhenClockIsSetBackFarThenCountedAnew() {
		SessionCount count = new SessionCount(PERIOD, 100);
		add(count, "a", 20, NOON);
		assertThat(count.estimate(NOON.minus(PERIOD))).isBetween(19, 21);
		assertThat(count.estimate(NOON.minus(PERIOD.multipliedBy(3)))).isZero();
	}

	@Test
	void mergeWhenTheSameSessionsThenNotCountedTwice() {
		SessionCount first = new SessionCount(PERIOD, 1000);
		SessionCount second = new SessionCount(PERIOD, 1000);
		add(first, "both", 50, NOON);
		add(second, "both", 50, NOON);
		add(second, "second", 50, NOON);
		first.merge(second.format());
		assertThat(first.estimate(NOON)).isEqualTo(second.estimate(NOON)).isBetween(95, 105);
	}

	@Test
	void mergeWhenOfOtherPeriodsThenTheLatestHolds() {
		SessionCount old = new SessionCount(PERIOD, 1000);
		SessionCount current = new SessionCount(PERIOD, 1000);
		current.merge(old.format());
		add(old, "old", 50, NOON.minus(PERIOD));
		add(current, "current", 5, NOON);
		current.merge(old.format());
		assertThat(current.estimate(NOON)).isEqualTo(5);
		old.merge(current.format());
		assertThat(old.estimate(NOON)).isBetween(47, 53);
		assertThat(old.estimate(NOON.plus(PERIOD))).isEqualTo(5);
	}

	private static void add(SessionCount count, String name, int sessions, Instant now) {
		for (int i = 0; i < sessions; i++) {
			count.add(name + i, now);
		}
	}

}
