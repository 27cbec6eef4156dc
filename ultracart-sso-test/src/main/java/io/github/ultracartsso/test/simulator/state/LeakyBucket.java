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

import java.time.Duration;
import java.time.Instant;

import io.github.ultracartsso.test.simulator.SimulatedLimits.Rate;

/**
 * How much of a rate limit has been used. Its content is measured in the time it takes to
 * leak, so that a full bucket holds one period. Guarded by the lock of
 * {@link SimulatorState}.
 */
final class LeakyBucket {

	private final Rate rate;

	private final Duration drop;

	private Duration content = Duration.ZERO;

	private Instant measuredAt;

	LeakyBucket(Rate rate, Instant now) {
		this.rate = rate;
		this.drop = rate.period().dividedBy(rate.calls());
		this.measuredAt = now;
	}

	Rate rate() {
		return this.rate;
	}

	/**
	 * Returns the time until another call fits in, zero if one fits in now.
	 */
	Duration untilRoom(Instant now) {
		Duration leaked = Duration.between(this.measuredAt, now);
		if (!leaked.isNegative()) {
			this.content = (leaked.compareTo(this.content) < 0) ? this.content.minus(leaked) : Duration.ZERO;
			this.measuredAt = now;
		}
		Duration excess = this.content.plus(this.drop).minus(this.rate.period());
		return excess.isNegative() ? Duration.ZERO : excess;
	}

	void add() {
		this.content = this.content.plus(this.drop);
	}

}
