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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

/**
 * What the {@link UltraCartSimulator} allows an application before it answers 429, as
 * UltraCart does. Each method returns limits that are stricter by one rule:
 *
 * <pre class="code">
 * SimulatedLimits.none().rate(100, Duration.ofMinutes(1)).oneCallAtATime()
 * </pre>
 * <p>
 * All calls in {@link SimulatedOperation} count, whatever credential they are made with;
 * the login page does not, nor does a call that was refused. UltraCart counts by
 * application and by IP address; here there is one application, so that each call counts.
 * <p>
 * Immutable.
 *
 * @since 0.1
 * @see UltraCartSimulator.Builder#limits(SimulatedLimits)
 * @see UltraCartSimulator#enforce(SimulatedLimits)
 * @see <a href="https://www.ultracart.com/api/rate_limiting.html">UltraCart's rate
 * limits</a>
 */
public final class SimulatedLimits {

	private static final SimulatedLimits NONE = new SimulatedLimits(List.of(), false);

	private final List<Rate> rates;

	private final boolean oneCallAtATime;

	private SimulatedLimits(List<Rate> rates, boolean oneCallAtATime) {
		this.rates = rates;
		this.oneCallAtATime = oneCallAtATime;
	}

	/**
	 * No limits, a simulator's default.
	 * @return the limits
	 */
	public static SimulatedLimits none() {
		return NONE;
	}

	/**
	 * The limits of an UltraCart account to which nothing else was granted: 1,000 calls
	 * per hour, 10,000 per day, one at a time.
	 * @return the limits
	 */
	public static SimulatedLimits ultraCart() {
		return none().rate(1_000, Duration.ofHours(1)).rate(10_000, Duration.ofDays(1)).oneCallAtATime();
	}

	/**
	 * Limits the rate of calls, besides the rates limited already. As at UltraCart a
	 * <i>leaky bucket</i> holds the calls: so many fit in at once, and it empties at the
	 * limit's rate, without a moment at which counting starts anew. A 429 says in
	 * {@code Retry-After} after how many seconds the next call fits in.
	 * @param calls how many calls, at least one
	 * @param period in what time, one second to one day
	 * @return the stricter limits
	 * @throws IllegalArgumentException if a value is out of range
	 */
	public SimulatedLimits rate(int calls, Duration period) {
		Assert.isTrue(calls > 0, () -> "calls must be at least 1 but was " + calls);
		Assert.notNull(period, "period must not be null");
		Assert.isTrue(period.toSeconds() >= 1 && period.compareTo(Duration.ofDays(1)) <= 0,
				() -> "period must be between a second and a day but was " + period);
		List<Rate> rates = new ArrayList<>(this.rates);
		rates.add(new Rate(calls, period));
		return new SimulatedLimits(List.copyOf(rates), this.oneCallAtATime);
	}

	/**
	 * Forbids concurrent calls: one that comes while another is being answered gets a 429
	 * with a {@code Retry-After} of a second. A call is being answered from its arrival
	 * until its answer is complete, delays included, or until the client has closed the
	 * connection.
	 * @return the stricter limits
	 */
	public SimulatedLimits oneCallAtATime() {
		return new SimulatedLimits(this.rates, true);
	}

	List<Rate> rates() {
		return this.rates;
	}

	boolean isOneCallAtATime() {
		return this.oneCallAtATime;
	}

	@Override
	public String toString() {
		return "SimulatedLimits[rates=" + this.rates + ", oneCallAtATime=" + this.oneCallAtATime + "]";
	}

	/**
	 * So many calls in such a time.
	 */
	record Rate(int calls, Duration period) {

		/**
		 * What UltraCart says when the rate is exceeded.
		 */
		String exceeded() {
			return "rate of " + this.calls + " per " + this.period.toSeconds() + " second(s) exceeded.";
		}

	}

}
