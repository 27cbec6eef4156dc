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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SlidingWindow}.
 */
class SlidingWindowTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private final SlidingWindow window = new SlidingWindow(Duration.ofHours(1));

	@Test
	void countWhenWithinAnHourThenAll() {
		this.window.add(NOON);
		this.window.add(NOON.plusSeconds(30));
		this.window.add(NOON.plusSeconds(3599));
		assertThat(this.window.count(NOON.plusSeconds(3659))).isEqualTo(3);
	}

	@Test
	void countWhenAnHourAndAMinuteHavePassedThenWithoutThem() {
		this.window.add(NOON);
		this.window.add(NOON.plusSeconds(59));
		this.window.add(NOON.plusSeconds(60));
		assertThat(this.window.count(NOON.plusSeconds(3660))).isOne();
		assertThat(this.window.count(NOON.plusSeconds(3720))).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT2H", "P365D", "PT-2H", "P-365D" })
	void countWhenClockIsSetThenNothing(Duration time) {
		this.window.add(NOON);
		assertThat(this.window.count(NOON.plus(time))).isZero();
		this.window.add(NOON.plus(time));
		assertThat(this.window.count(NOON.plus(time))).isOne();
	}

	@Test
	void countWhenClockIsSetBackALittleThenAll() {
		this.window.add(NOON);
		assertThat(this.window.count(NOON.minusSeconds(30))).isOne();
		this.window.add(NOON.minus(Duration.ofMinutes(5)));
		assertThat(this.window.count(NOON)).isEqualTo(2);
	}

	@Test
	void removeLastWhenThereAreEventsThenTheLatestIsRemoved() {
		assertThat(this.window.removeLast()).isFalse();
		this.window.add(NOON);
		this.window.add(NOON.plus(Duration.ofMinutes(30)));
		assertThat(this.window.count(NOON.plus(Duration.ofMinutes(40)))).isEqualTo(2);
		assertThat(this.window.removeLast()).isTrue();
		assertThat(this.window.count(NOON.plus(Duration.ofMinutes(60)))).isEqualTo(1);
		assertThat(this.window.count(NOON.plus(Duration.ofMinutes(61)))).isZero();
		assertThat(this.window.removeLast()).isFalse();
	}

	@Test
	void untilAtMostWhenFewerThenZero() {
		assertThat(this.window.untilAtMost(0, NOON)).isZero();
		this.window.add(NOON);
		assertThat(this.window.untilAtMost(1, NOON)).isZero();
	}

	@Test
	void untilAtMostWhenMoreThenUntilEnoughHaveLeftTheWindow() {
		this.window.add(NOON);
		this.window.add(NOON.plusSeconds(600));
		this.window.add(NOON.plusSeconds(1200));
		Instant now = NOON.plusSeconds(1200);
		for (int events = 0; events < 3; events++) {
			Duration wait = this.window.untilAtMost(events, now);
			assertThat(wait).isEqualTo(Duration.ofSeconds(3660 - 600L * events));
			SlidingWindow later = new SlidingWindow(Duration.ofHours(1));
			later.add(NOON);
			later.add(NOON.plusSeconds(600));
			later.add(NOON.plusSeconds(1200));
			assertThat(later.count(now.plus(wait))).isEqualTo(events);
		}
	}

}
