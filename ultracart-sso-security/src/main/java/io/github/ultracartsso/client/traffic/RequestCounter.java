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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests by kind and outcome, for meters.
 */
final class RequestCounter {

	private final Map<Outcome, LongAdder> requests = new ConcurrentHashMap<>();

	private final Map<CallKind, LongAdder> rejected = new ConcurrentHashMap<>();

	void count(CallKind kind, @Nullable UltraCartApiFailure failure) {
		this.requests.computeIfAbsent(new Outcome(kind, failure), (outcome) -> new LongAdder()).increment();
	}

	/**
	 * Counts a call that was rejected, so that no request was made.
	 */
	void countRejected(CallKind kind) {
		this.rejected.computeIfAbsent(kind, (key) -> new LongAdder()).increment();
	}

	long rejected(CallKind kind) {
		LongAdder counted = this.rejected.get(kind);
		return (counted != null) ? counted.sum() : 0;
	}

	long sum() {
		return this.requests.values().stream().mapToLong(LongAdder::sum).sum();
	}

	long sum(CallKind kind, @Nullable UltraCartApiFailure failure) {
		LongAdder counted = this.requests.get(new Outcome(kind, failure));
		return (counted != null) ? counted.sum() : 0;
	}

	/**
	 * What became of a request.
	 */
	private record Outcome(CallKind kind, @Nullable UltraCartApiFailure failure) {

	}

}
