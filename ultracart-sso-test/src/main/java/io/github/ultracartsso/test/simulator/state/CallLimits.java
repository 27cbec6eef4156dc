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

package io.github.ultracartsso.test.simulator.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedLimits.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the calls beyond the limits, of each caller by itself. Guarded by the lock of
 * {@link SimulatorState}. Not part of the API.
 */
public final class CallLimits {

	private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

	private final Clock clock;

	private SimulatedLimits limits = SimulatedLimits.none();

	private final Map<Caller, List<LeakyBucket>> buckets = new HashMap<>();

	CallLimits(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Sets the limits, with empty buckets.
	 */
	public void enforce(SimulatedLimits limits) {
		this.limits = limits;
		this.buckets.clear();
	}

	/**
	 * Returns the limits that are enforced.
	 */
	public SimulatedLimits limits() {
		return this.limits;
	}

	/**
	 * Refuses a call that arrives during another one.
	 * @return the refusal, {@code null} where concurrent calls are allowed
	 */
	public @Nullable Refusal refuseConcurrent() {
		return this.limits.isOneCallAtATime() ? new Refusal("Concurrent requests are not allowed.", SHORTEST_WAIT)
				: null;
	}

	/**
	 * Counts a call, unless a rate limit is exceeded.
	 * @return the refusal, {@code null} where the call is allowed
	 */
	public @Nullable Refusal refuseOrCount(Caller caller) {
		Instant now = this.clock.instant();
		List<LeakyBucket> ofCaller = this.buckets.computeIfAbsent(caller,
				(key) -> this.limits.rates().stream().map((rate) -> new LeakyBucket(rate, now)).toList());
		LeakyBucket fullest = ofCaller.stream()
			.max(Comparator.comparing((bucket) -> bucket.untilRoom(now)))
			.orElse(null);
		Duration wait = (fullest != null) ? fullest.untilRoom(now) : Duration.ZERO;
		if (fullest != null && !wait.isZero()) {
			return new Refusal(exceeded(fullest.rate()), wait);
		}
		ofCaller.forEach(LeakyBucket::add);
		return null;
	}

	private static String exceeded(Rate rate) {
		return "rate of " + rate.calls() + " per " + rate.period().toSeconds() + " second(s) exceeded.";
	}

	/**
	 * Why a call is refused.
	 *
	 * @param message UltraCart's message
	 * @param retryAfter how long the caller has to wait
	 */
	public record Refusal(String message, Duration retryAfter) {
	}

}
