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

package io.github.ultracartsso.client;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallRate}.
 */
class CallRateTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private final CallRate rate = new CallRate();

	@Test
	void lastHourWhenNoCallsThenZero() {
		assertThat(this.rate.lastHour(NOON)).isZero();
	}

	@Test
	void lastHourWhenCallsInSeveralMinutesThenAllOfThem() {
		count(NOON, 3);
		count(NOON.plusSeconds(59), 2);
		count(NOON.plusSeconds(60), 1);
		count(NOON.plus(Duration.ofMinutes(59)), 4);
		assertThat(this.rate.lastHour(NOON.plus(Duration.ofMinutes(59)))).isEqualTo(10);
	}

	@Test
	void lastHourWhenAnHourLaterThenForgotten() {
		count(NOON, 3);
		count(NOON.plusSeconds(60), 1);
		assertThat(this.rate.lastHour(NOON.plus(Duration.ofMinutes(60)))).isEqualTo(1);
		assertThat(this.rate.lastHour(NOON.plus(Duration.ofMinutes(61)))).isZero();
	}

	@Test
	void lastHourWhenSameMinuteOfTheNextHourThenNotAddedUp() {
		count(NOON, 3);
		count(NOON.plus(Duration.ofHours(1)), 2);
		assertThat(this.rate.lastHour(NOON.plus(Duration.ofHours(1)))).isEqualTo(2);
	}

	private void count(Instant now, int calls) {
		for (int i = 0; i < calls; i++) {
			this.rate.count(now);
		}
	}

}
