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

package io.github.ultracartsso.test.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

/**
 * Limits on calls, beyond which the simulator responds with 429 as UltraCart does. Each
 * method returns limits with one more rule:
 *
 * <pre class="code">
 * SimulatedLimits.none().rate(100, Duration.ofMinutes(1)).oneCallAtATime()
 * </pre>
 * <p>
 * All calls in {@link SimulatedOperation} count, with any credential. Requests for the
 * login page and refused calls do not count. As at UltraCart, each application and each
 * IP address that calls come from has limits of its own. A user's key belongs to the
 * application that has signed the user in, and calls without a valid key count for the
 * application that the simulator starts with.
 * <p>
 * Immutable.
 *
 * @since 0.1
 * @see io.github.ultracartsso.test.UltraCartSimulator#enforce(SimulatedLimits)
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
	 * No limits, the default of a simulator.
	 * @return the limits
	 */
	public static SimulatedLimits none() {
		return NONE;
	}

	/**
	 * The default limits of an UltraCart account: 1,000 calls per hour, 10,000 per day,
	 * one at a time.
	 * @return the limits
	 */
	public static SimulatedLimits ultraCart() {
		return none().rate(1_000, Duration.ofHours(1)).rate(10_000, Duration.ofDays(1)).oneCallAtATime();
	}

	/**
	 * Adds a rate limit. As at UltraCart it is a <i>leaky bucket</i>: it holds the given
	 * number of calls and empties at the limit's rate, without fixed windows. The
	 * {@code Retry-After} of a 429 is the time until the next call fits in.
	 * @param calls the number of calls, at least one
	 * @param period the period for this number of calls, one second to one day
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
	 * Forbids concurrent calls: a call that arrives during another one gets a 429 with a
	 * {@code Retry-After} of a second. A call lasts from its arrival until its response
	 * is complete, delays included, or until the client has closed the connection.
	 * @return the stricter limits
	 */
	public SimulatedLimits oneCallAtATime() {
		return new SimulatedLimits(this.rates, true);
	}

	/**
	 * Returns the rate limits.
	 * @return an unmodifiable list, in the order they were added
	 */
	public List<Rate> rates() {
		return this.rates;
	}

	/**
	 * Returns whether concurrent calls are forbidden.
	 * @return whether they are
	 */
	public boolean isOneCallAtATime() {
		return this.oneCallAtATime;
	}

	@Override
	public String toString() {
		return "SimulatedLimits[rates=" + this.rates + ", oneCallAtATime=" + this.oneCallAtATime + "]";
	}

	/**
	 * A rate limit.
	 *
	 * @param calls the number of calls
	 * @param period the period for this number of calls
	 * @since 0.1
	 */
	public record Rate(int calls, Duration period) {
	}

}
