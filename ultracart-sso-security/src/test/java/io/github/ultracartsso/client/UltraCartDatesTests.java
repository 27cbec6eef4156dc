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

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartDates}.
 */
class UltraCartDatesTests {

	@ParameterizedTest
	@CsvSource({ "2025-10-07T14:50:23-04:00, 2025-10-07T18:50:23Z", "2023-02-02T15:04:49-05:00, 2023-02-02T20:04:49Z",
			"2025-11-30T08:38:04-05:00, 2025-11-30T13:38:04Z", "2023-05-17T00:00:00-04:00, 2023-05-17T04:00:00Z" })
	void parseWhenAsUltraCartWritesThenThatInstant(String dts, Instant expected) {
		assertThat(UltraCartDates.parse(dts)).contains(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2018-12-03T14:27:10.312-05:00, 2018-12-03T19:27:10.312Z",
			"2018-12-03T19:27:10Z, 2018-12-03T19:27:10Z", "2018-12-03T19:27:10.5z, 2018-12-03T19:27:10.5Z",
			"2018-12-03T14:27:10-0500, 2018-12-03T19:27:10Z", "2018-12-03T19:27:10+0000, 2018-12-03T19:27:10Z",
			"2018-12-03T19:27:10+00:00, 2018-12-03T19:27:10Z", "2018-12-04T01:12:10+05:45, 2018-12-03T19:27:10Z",
			"2018-12-03T14:27-05:00, 2018-12-03T19:27:00Z", "' 2018-12-03T14:27:10-05:00 ', 2018-12-03T19:27:10Z" })
	void parseWhenAnotherIsoFormThenThatInstant(String dts, Instant expected) {
		assertThat(UltraCartDates.parse(dts)).contains(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-15T12:00:00, 2026-01-15T17:00:00Z", "2026-07-15T12:00:00, 2026-07-15T16:00:00Z",
			"2026-07-15T12:00:00.250, 2026-07-15T16:00:00.250Z" })
	void parseWhenNoOffsetThenEasternTime(String dts, Instant expected) {
		assertThat(UltraCartDates.parse(dts)).contains(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-01T01:30:00, 2026-11-01T05:30:00Z", "2026-03-08T02:30:00, 2026-03-08T07:30:00Z" })
	void parseWhenNoOffsetAndTheClocksChangeThenTheEarlierInstant(String dts, Instant expected) {
		assertThat(UltraCartDates.parse(dts)).contains(expected);
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { " ", "never", "2026-11-21", "11:46:50", "1795279610", "2026-11-21 11:46:50",
			"2026-02-30T11:46:50-05:00", "2026-11-21T25:00:00-05:00", "2026-11-21T11:46:50-05:00[America/New_York]",
			"2026-11-21T11:46:50-5", "2026-11-21T11:46:50 EST", "Sat, 21 Nov 2026 16:46:50 GMT",
			"2026-11-21T11:46:50Z+0500", "+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z",
			"-0001-01-01T00:00:00Z" })
	void parseWhenNoDateThenEmpty(String dts) {
		assertThat(UltraCartDates.parse(dts)).isEmpty();
	}

}
