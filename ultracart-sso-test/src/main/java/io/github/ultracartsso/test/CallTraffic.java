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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which calls are being answered, and which ones were at the same time. Not under the
 * simulator's lock, which is let go while an answer is held back or on its way.
 */
final class CallTraffic {

	private final List<OngoingCall> ongoing = new ArrayList<>();

	private final Set<List<SimulatedOperation>> simultaneous = new HashSet<>();

	private long calls;

	private long rateRefusals;

	private long concurrencyRefusals;

	/**
	 * Notes a call that has arrived.
	 * @return whether no other call is being answered
	 */
	synchronized boolean begin(SimulatedOperation operation, Exchange exchange) {
		this.calls++;
		this.ongoing.add(new OngoingCall(operation, exchange));
		// a call may be late itself, so that its client has gone before it is noticed
		this.ongoing.removeIf((call) -> call.exchange().isOver());
		this.simultaneous.add(this.ongoing.stream().map(OngoingCall::operation).sorted().toList());
		return this.ongoing.size() <= 1 || exchange.isOver();
	}

	synchronized void refusedForRate() {
		this.rateRefusals++;
	}

	synchronized void refusedForConcurrency() {
		this.concurrencyRefusals++;
	}

	synchronized SimulatedTraffic snapshot() {
		return new SimulatedTraffic(this.calls, this.rateRefusals, this.concurrencyRefusals,
				Set.copyOf(this.simultaneous));
	}

	synchronized void clear() {
		this.simultaneous.clear();
		this.calls = 0;
		this.rateRefusals = 0;
		this.concurrencyRefusals = 0;
	}

	private record OngoingCall(SimulatedOperation operation, Exchange exchange) {

	}

}
