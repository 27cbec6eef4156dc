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

import java.util.List;
import java.util.Set;

/**
 * The calls of {@link SimulatedOperation} a simulator has got since its start or
 * {@link UltraCartSimulator#clearCalls()}, all of them, whether limits were enforced or
 * not. A 429 that is a {@link SimulatedFault} is no refusal.
 *
 * @param calls how many calls arrived
 * @param rateRefusals how many of them were refused with 429 for a rate in
 * {@link SimulatedLimits}
 * @param concurrencyRefusals how many of them were refused with 429 because another was
 * being answered
 * @param simultaneous which calls were being answered at the same time, each combination
 * once: {@code [AUTHORIZE]} where it was alone, {@code [TOKEN, SESSION_REVOKE]} where one
 * came while the other was being answered. Refused calls are among them.
 * @since 0.1
 * @see UltraCartSimulator#traffic()
 */
public record SimulatedTraffic(long calls, long rateRefusals, long concurrencyRefusals,
		Set<List<SimulatedOperation>> simultaneous) {

	/**
	 * Returns the most calls that were ever being answered at once.
	 * @return the number, 1 where calls came one by one, 0 where there were none
	 */
	public int mostConcurrentCalls() {
		return this.simultaneous.stream().mapToInt(List::size).max().orElse(0);
	}

	/**
	 * Returns the most calls that were ever being answered at once, leaving some out of
	 * account: an application may, for instance, rather let a sign-out overlap with
	 * another call than wait.
	 * @param operations the operations that do not count
	 * @return the number
	 */
	public int mostConcurrentCallsApartFrom(SimulatedOperation... operations) {
		Set<SimulatedOperation> ignored = Set.of(operations);
		return (int) this.simultaneous.stream()
			.mapToLong((calls) -> calls.stream().filter((operation) -> !ignored.contains(operation)).count())
			.max()
			.orElse(0);
	}

}
