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

package io.github.ultracartsso.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Refuses the calls beyond the limits. To be used under the simulator's lock.
 */
final class CallLimits {

	static final String CONCURRENT = "Concurrent requests are not allowed.";

	private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

	private final Clock clock;

	private boolean oneCallAtATime;

	private List<LeakyBucket> buckets = List.of();

	CallLimits(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Sets the limits, with empty buckets.
	 */
	void enforce(SimulatedLimits limits) {
		Instant now = this.clock.instant();
		this.oneCallAtATime = limits.isOneCallAtATime();
		this.buckets = limits.rates().stream().map((rate) -> new LeakyBucket(rate, now)).toList();
	}

	/**
	 * Refuses a call that comes while another is being answered.
	 * @return the 429, if it is refused
	 */
	@Nullable SimulatorResponse refuseConcurrent() {
		return this.oneCallAtATime ? SimulatorResponse.tooMany(CONCURRENT).retryAfter(SHORTEST_WAIT) : null;
	}

	/**
	 * Counts a call, unless there were too many.
	 * @return the 429, if it is refused
	 */
	@Nullable SimulatorResponse refuseOrCount() {
		Instant now = this.clock.instant();
		LeakyBucket fullest = this.buckets.stream()
			.max(Comparator.comparing((bucket) -> bucket.untilRoom(now)))
			.orElse(null);
		Duration wait = (fullest != null) ? fullest.untilRoom(now) : Duration.ZERO;
		if (fullest != null && !wait.isZero()) {
			return SimulatorResponse.tooMany(fullest.rate().exceeded()).retryAfter(wait);
		}
		this.buckets.forEach(LeakyBucket::add);
		return null;
	}

}
