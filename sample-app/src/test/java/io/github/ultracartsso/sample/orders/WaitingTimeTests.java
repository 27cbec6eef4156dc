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

package io.github.ultracartsso.sample.orders;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingTimeTests {

	@ParameterizedTest
	@CsvSource({ "1, a second", "2, 2 seconds", "90, 90 seconds", "91, 2 minutes", "2700, 45 minutes",
			"2701, 46 minutes", "5400, 90 minutes", "5401, 2 hours", "80000, 23 hours" })
	void timeThenRoundedUpInAUnitThatSuits(long seconds, String words) {
		assertThat(WaitingTime.ofSeconds(seconds)).isEqualTo(words);
	}

}
