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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.jspecify.annotations.Nullable;

/**
 * The faults that calls are to have. Guarded by the lock of {@link SimulatorState}. Not
 * part of the API.
 */
public final class Faults {

	private final Map<SimulatedOperation, Deque<SimulatedFault>> next = new EnumMap<>(SimulatedOperation.class);

	private final Map<SimulatedOperation, SimulatedFault> always = new EnumMap<>(SimulatedOperation.class);

	private @Nullable Function<SimulatedOperation, @Nullable SimulatedFault> sometimes;

	public void addNext(SimulatedOperation operation, SimulatedFault fault) {
		this.next.computeIfAbsent(operation, (key) -> new ArrayDeque<>()).add(fault);
	}

	public void setAlways(SimulatedOperation operation, SimulatedFault fault) {
		this.always.put(operation, fault);
	}

	public void setSometimes(Function<SimulatedOperation, @Nullable SimulatedFault> source) {
		this.sometimes = source;
	}

	/**
	 * Returns the fault of all calls of an operation, {@code null} where there is none.
	 */
	public @Nullable SimulatedFault always(SimulatedOperation operation) {
		return this.always.get(operation);
	}

	/**
	 * Returns the faults of the next calls of an operation, in their order.
	 */
	public List<SimulatedFault> next(SimulatedOperation operation) {
		Deque<SimulatedFault> queue = this.next.get(operation);
		return (queue != null) ? List.copyOf(queue) : List.of();
	}

	/**
	 * Removes the faults of one operation.
	 */
	public void clear(SimulatedOperation operation) {
		this.next.remove(operation);
		this.always.remove(operation);
	}

	public void clear() {
		this.next.clear();
		this.always.clear();
		this.sometimes = null;
	}

	/**
	 * Returns the fault of a call, {@code null} where it has none.
	 */
	public @Nullable SimulatedFault take(SimulatedOperation operation) {
		Deque<SimulatedFault> queue = this.next.get(operation);
		SimulatedFault fault = (queue != null) ? queue.poll() : null;
		if (fault == null) {
			fault = this.always.get(operation);
		}
		if (fault == null && this.sometimes != null) {
			fault = this.sometimes.apply(operation);
		}
		return fault;
	}

}
