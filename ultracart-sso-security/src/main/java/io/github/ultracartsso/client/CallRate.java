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
import java.time.temporal.ChronoUnit;

/**
 * Counts the calls of the last hour, by the minute.
 */
final class CallRate {

	private static final int MINUTES = 60;

	private final long[] minutes = new long[MINUTES];

	private final int[] calls = new int[MINUTES];

	synchronized void count(Instant now) {
		long minute = minute(now);
		int place = Math.floorMod(minute, MINUTES);
		if (this.minutes[place] != minute) {
			this.minutes[place] = minute;
			this.calls[place] = 0;
		}
		this.calls[place]++;
	}

	synchronized int lastHour(Instant now) {
		long minute = minute(now);
		int sum = 0;
		for (int place = 0; place < MINUTES; place++) {
			if (minute - this.minutes[place] < MINUTES) {
				sum += this.calls[place];
			}
		}
		return sum;
	}

	private static long minute(Instant instant) {
		return Math.floorDiv(instant.getEpochSecond(), ChronoUnit.MINUTES.getDuration().toSeconds());
	}

}
