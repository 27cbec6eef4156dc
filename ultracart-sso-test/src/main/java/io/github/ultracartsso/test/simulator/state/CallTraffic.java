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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedTraffic;

/**
 * Counts calls, and tells which calls are in progress at the same time. It has its own
 * lock, since that of {@link SimulatorState} is not held while a response is delayed or
 * sent. Not part of the API.
 */
public final class CallTraffic {

	private final List<OngoingCall> ongoing = new ArrayList<>();

	private final Set<List<SimulatedOperation>> simultaneous = new HashSet<>();

	private long calls;

	private long rateRefusals;

	private long concurrencyRefusals;

	/**
	 * Counts a call that has arrived.
	 * @param operation the operation
	 * @param caller who makes the call
	 * @param over tells whether the call is over
	 * @return whether no other call of the caller is in progress
	 */
	public synchronized boolean begin(SimulatedOperation operation, Caller caller, BooleanSupplier over) {
		this.calls++;
		this.ongoing.add(new OngoingCall(operation, caller, over));
		// the client may have gone before its own call is handled
		this.ongoing.removeIf((call) -> call.over().getAsBoolean());
		this.simultaneous.add(this.ongoing.stream().map(OngoingCall::operation).sorted().toList());
		long ofCaller = this.ongoing.stream().filter((call) -> call.caller().equals(caller)).count();
		return ofCaller <= 1 || over.getAsBoolean();
	}

	public synchronized void refusedForRate() {
		this.rateRefusals++;
	}

	public synchronized void refusedForConcurrency() {
		this.concurrencyRefusals++;
	}

	public synchronized SimulatedTraffic snapshot() {
		return new SimulatedTraffic(this.calls, this.rateRefusals, this.concurrencyRefusals,
				Set.copyOf(this.simultaneous));
	}

	public synchronized void clear() {
		this.simultaneous.clear();
		this.calls = 0;
		this.rateRefusals = 0;
		this.concurrencyRefusals = 0;
	}

	/**
	 * Forgets the calls so far, even those in progress.
	 */
	synchronized void reset() {
		clear();
		this.ongoing.clear();
	}

	private record OngoingCall(SimulatedOperation operation, Caller caller, BooleanSupplier over) {
	}

}
