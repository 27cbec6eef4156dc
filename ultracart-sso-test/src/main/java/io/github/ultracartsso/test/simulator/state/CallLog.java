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
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import io.github.ultracartsso.test.simulator.SimulatedCall;

/**
 * The latest calls of the REST API, bounded so that a long development run does not fill
 * the memory. Guarded by the lock of {@link SimulatorState}. Not part of the API.
 */
public final class CallLog {

	static final int CAPACITY = 10_000;

	private final Deque<LoggedCall> calls = new ArrayDeque<>();

	public void add(LoggedCall call) {
		if (this.calls.size() == CAPACITY) {
			this.calls.removeFirst();
		}
		this.calls.addLast(call);
	}

	public List<SimulatedCall> all() {
		return this.calls.stream().map(LoggedCall::call).toList();
	}

	/**
	 * Returns the latest calls, newest first.
	 */
	public List<LoggedCall> latest(int maximum) {
		List<LoggedCall> latest = new ArrayList<>();
		Iterator<LoggedCall> newest = this.calls.descendingIterator();
		while (latest.size() < maximum && newest.hasNext()) {
			latest.add(newest.next());
		}
		return latest;
	}

	public void clear() {
		this.calls.clear();
	}

}
