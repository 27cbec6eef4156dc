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

import java.util.List;
import java.util.Set;

/**
 * Statistics on all calls of {@link SimulatedOperation} that have reached a simulator
 * since its start or the latest
 * {@link io.github.ultracartsso.test.UltraCartSimulator#clearCalls()}, whether limits
 * were enforced or not. A 429 of a {@link SimulatedFault} is not a refusal.
 *
 * @param calls how many calls arrived
 * @param rateRefusals how many of them were refused with 429 for a rate in
 * {@link SimulatedLimits}
 * @param concurrencyRefusals how many of them were refused with 429 because another was
 * in progress
 * @param simultaneous which calls were in progress at the same time, each combination
 * once: {@code [AUTHORIZE]} for one that was alone, {@code [TOKEN, SESSION_REVOKE]} where
 * one arrived during the other. Refused calls are included.
 * @since 0.1
 * @see io.github.ultracartsso.test.UltraCartSimulator#traffic()
 */
public record SimulatedTraffic(long calls, long rateRefusals, long concurrencyRefusals,
		Set<List<SimulatedOperation>> simultaneous) {

	/**
	 * Returns the maximum number of calls that were in progress at once.
	 * @return the number, 1 where calls came one after the other, 0 where there were none
	 */
	public int mostConcurrentCalls() {
		return this.simultaneous.stream().mapToInt(List::size).max().orElse(0);
	}

	/**
	 * Returns the maximum number of calls that were in progress at once, without some
	 * operations. For instance, an application may prefer that a sign-out overlaps with
	 * another call to waiting.
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
