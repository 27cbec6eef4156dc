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

package io.github.ultracartsso.client.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that go through a {@link CallGate}, for meters. All numbers are of one
 * instance since the gate was created, and only grow.
 *
 * @since 0.1
 */
public final class CallStatistics {

	private final Map<Outcome, LongAdder> requests = new ConcurrentHashMap<>();

	private final Map<CallKind, LongAdder> rejected = new ConcurrentHashMap<>();

	private final LongAdder waitedCalls = new LongAdder();

	private final LongAdder waitedNanos = new LongAdder();

	CallStatistics() {
	}

	void count(CallKind kind, @Nullable UltraCartApiFailure failure) {
		this.requests.computeIfAbsent(new Outcome(kind, failure), (outcome) -> new LongAdder()).increment();
	}

	void countRejected(CallKind kind) {
		this.rejected.computeIfAbsent(kind, (key) -> new LongAdder()).increment();
	}

	void countWait(long nanos) {
		this.waitedCalls.increment();
		this.waitedNanos.add(nanos);
	}

	/**
	 * Returns how many requests have been made to UltraCart, retries and requests for
	 * access tokens included.
	 * @return the number of requests
	 */
	public long requests() {
		return this.requests.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * Returns how many of these requests were of a kind and had an outcome.
	 * @param kind the kind of the call
	 * @param failure how the requests failed, or {@code null} for those that succeeded
	 * @return the number of requests
	 */
	public long requests(CallKind kind, @Nullable UltraCartApiFailure failure) {
		LongAdder counted = this.requests.get(new Outcome(kind, failure));
		return (counted != null) ? counted.sum() : 0;
	}

	/**
	 * Returns how many calls of a kind the gate rejected, so that no request was made.
	 * @param kind the kind of the call
	 * @return the number of calls
	 */
	public long rejectedCalls(CallKind kind) {
		LongAdder counted = this.rejected.get(kind);
		return (counted != null) ? counted.sum() : 0;
	}

	/**
	 * Returns how many calls have waited and been made.
	 * @return the number of calls, those that did not have to wait included
	 */
	public long waitedCalls() {
		return this.waitedCalls.sum();
	}

	/**
	 * Returns how long these calls have waited together.
	 * @return the time
	 */
	public Duration waitedTime() {
		return Duration.ofNanos(this.waitedNanos.sum());
	}

	/**
	 * What became of a request.
	 */
	private record Outcome(CallKind kind, @Nullable UltraCartApiFailure failure) {

	}

}
