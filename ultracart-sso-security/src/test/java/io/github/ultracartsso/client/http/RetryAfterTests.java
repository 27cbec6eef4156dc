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

package io.github.ultracartsso.client.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryAfter}.
 */
class RetryAfterTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T16:16:50Z"), ZoneOffset.UTC);

	@ParameterizedTest
	@CsvSource({ "0, PT0S", "9, PT9S", "' 30 ', PT30S", "007, PT7S", "999999999, PT999999999S" })
	void parseWhenSecondsThenThatLong(String header, Duration expected) {
		assertThat(RetryAfter.parse(header, CLOCK)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Sat, 21 Nov 2026 16:17:00 GMT | PT10S", "Sat, 21 Nov 2026 11:17:50 -0500 | PT1M",
					"Sat, 21 Nov 2026 16:16:50 GMT | PT0S", "Sat, 21 Nov 2026 16:16:49 GMT | PT0S",
					"Thu, 1 Jan 1970 00:00:00 GMT | PT0S" })
	void parseWhenDateThenUntilThen(String header, Duration expected) {
		assertThat(RetryAfter.parse(header, CLOCK)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-1", "1.5", "1e3", "9s", "9999999999", "٣", "soon", "Sat, 21 Nov 2026",
			"Mon, 21 Nov 2026 16:17:00 GMT", "Sat, 31 Nov 2026 16:17:00 GMT", "2026-11-21T16:17:00Z" })
	void parseWhenGarbageThenNull(String header) {
		assertThat(RetryAfter.parse(header, CLOCK)).isNull();
	}

	@Test
	void parseWhenMissingThenNull() {
		assertThat(RetryAfter.parse(null, CLOCK)).isNull();
	}

}
