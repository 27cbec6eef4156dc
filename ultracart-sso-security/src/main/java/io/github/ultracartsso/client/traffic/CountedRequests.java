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

/**
 * Requests to UltraCart within the last hour and the last day. Not safe for use by
 * several threads.
 *
 * @param lastHour those of the last hour
 * @param lastDay those of the last day
 */
record CountedRequests(SlidingWindow lastHour, SlidingWindow lastDay) {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration DAY = Duration.ofDays(1);

	static CountedRequests none() {
		return new CountedRequests(new SlidingWindow(HOUR), new SlidingWindow(DAY));
	}

	/**
	 * Reads what the windows have written.
	 */
	static CountedRequests parse(String lastHour, String lastDay) {
		return new CountedRequests(SlidingWindow.parse(HOUR, lastHour), SlidingWindow.parse(DAY, lastDay));
	}

	void add(Instant now) {
		this.lastHour.add(now);
		this.lastDay.add(now);
	}

	/**
	 * Adds other requests, each of them several times.
	 */
	void addAll(CountedRequests others, int times) {
		this.lastHour.addAll(others.lastHour, times);
		this.lastDay.addAll(others.lastDay, times);
	}

	/**
	 * Takes over requests most of which are counted here too. The greater count holds.
	 */
	void merge(CountedRequests others) {
		this.lastHour.merge(others.lastHour);
		this.lastDay.merge(others.lastDay);
	}

}
