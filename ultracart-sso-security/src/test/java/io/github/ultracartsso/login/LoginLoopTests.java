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
package io.github.ultracartsso.login;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginLoop}.
 */
class LoginLoopTests {

	private static final Instant NOW = Instant.ofEpochSecond(1_795_262_400);

	@Test
	void isLoopWhenFiveReturnsWithinAMinuteThenTrue() {
		String value = "";
		for (int i = 0; i < LoginLoop.MAX_RETURNS; i++) {
			assertThat(LoginLoop.isLoop(value, NOW.plusSeconds(i))).isFalse();
			value = LoginLoop.add(value, null, NOW.plusSeconds(i));
		}
		assertThat(LoginLoop.isLoop(value, NOW.plusSeconds(5))).isTrue();
		assertThat(LoginLoop.isLoop(value, NOW.plus(LoginLoop.MEMORY).minusSeconds(1))).isTrue();
		assertThat(LoginLoop.isLoop(value, NOW.plus(LoginLoop.MEMORY))).isFalse();
	}

	@Test
	void addThenOldReturnsAreRemovedAndTheLastFiveStay() {
		String value = LoginLoop.add("", null, NOW);
		assertThat(LoginLoop.add(value, null, NOW.plus(Duration.ofMinutes(1)))).isEqualTo("1795262460000");
		for (int i = 1; i < 7; i++) {
			value = LoginLoop.add(value, null, NOW.plusSeconds(i));
		}
		assertThat(value).isEqualTo("1795262402000.1795262403000.1795262404000.1795262405000.1795262406000");
	}

	@Test
	void addWhenLoginsBeganBeforeTheLastReturnThenTheyAreCountedOnce() {
		String value = LoginLoop.add("", NOW.minusSeconds(2), NOW);
		for (int tab = 1; tab < 12; tab++) {
			value = LoginLoop.add(value, NOW.minusMillis(tab), NOW.plusMillis(tab));
		}
		assertThat(value).isEqualTo("1795262400000");
		assertThat(LoginLoop.add(value, NOW.plusMillis(20), NOW.plusMillis(30)))
			.isEqualTo("1795262400000.1795262400030");
	}

	@ParameterizedTest
	@CsvSource({ "1795262401000, false", "9999999999999, false", "1795262400000, true", "1795262341000, true",
			"1795262340000, false" })
	void isLoopWhenOneReturnIsInTheFutureOrTooOldThenItDoesNotCount(String time, boolean loop) {
		assertThat(LoginLoop.isLoop(time + ".1795262400000.1795262400000.1795262400000.1795262400000", NOW))
			.isEqualTo(loop);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "x", "-1", "1..2", "1795262400000.", "17952624000000000000000",
			"1795262400000.1795262400000.1795262400000.1795262400000.1795262400000.1795262400000" })
	void addWhenTextIsMalformedThenCountStartsAfresh(String value) {
		assertThat(LoginLoop.isLoop(value, NOW)).isFalse();
		assertThat(LoginLoop.add(value, null, NOW)).isEqualTo("1795262400000");
	}

}
