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

/**
 * Tells users how long they should wait, in a unit that suits the time.
 */
final class WaitingTime {

	private static final int MOST_OF_A_UNIT = 90;

	private static final int UNITS_OF_THE_NEXT = 60;

	private WaitingTime() {
	}

	/**
	 * Returns the time in words. It is rounded up, so that the users do not come back too
	 * early.
	 */
	static String ofSeconds(long seconds) {
		long minutes = roundUp(seconds);
		if (seconds <= MOST_OF_A_UNIT) {
			return (seconds == 1) ? "a second" : seconds + " seconds";
		}
		return (minutes <= MOST_OF_A_UNIT) ? minutes + " minutes" : roundUp(minutes) + " hours";
	}

	private static long roundUp(long count) {
		return (count + UNITS_OF_THE_NEXT - 1) / UNITS_OF_THE_NEXT;
	}

}
