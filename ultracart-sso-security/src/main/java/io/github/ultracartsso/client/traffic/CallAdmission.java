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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.traffic.CallGate.ClosedReason;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether calls are made, by cool-down, circuit breaker and quota. When they are
 * made is up to the {@link CallQueue} and the {@link SharedGate}.
 */
final class CallAdmission {

	private volatile CoolDown coolDown = new CoolDown();

	private volatile CircuitBreaker circuitBreaker = new CircuitBreaker();

	private CallQuota quota = new CallQuota(Integer.MAX_VALUE, Integer.MAX_VALUE);

	private Clock clock = Clock.systemUTC();

	/**
	 * Returns how many instances make calls without knowing of each other's.
	 */
	private IntSupplier instances = () -> 1;

	void setClock(Clock clock) {
		this.clock = clock;
	}

	Clock clock() {
		return this.clock;
	}

	void setQuota(CallQuota quota) {
		this.quota = quota;
	}

	void setInstances(IntSupplier instances) {
		this.instances = instances;
	}

	/**
	 * Forgets that UltraCart has rejected or failed calls.
	 */
	void reset() {
		this.coolDown = new CoolDown();
		this.circuitBreaker = new CircuitBreaker();
	}

	/**
	 * Returns the quota as this instance may use it now.
	 */
	CallQuota quota() {
		this.quota.setInstances(this.instances.getAsInt());
		return this.quota;
	}

	Duration closedFor() {
		return Arrays.stream(ClosedReason.values()).map(this::closedFor).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	Duration closedFor(ClosedReason reason) {
		Instant now = this.clock.instant();
		return switch (reason) {
			case COOL_DOWN -> this.coolDown.left(now);
			case CIRCUIT -> this.circuitBreaker.openFor(now);
			case QUOTA -> quota().closedFor(CallPriority.KNOWN_START, now);
		};
	}

	/**
	 * Returns how long no login can start in new browsers.
	 */
	Duration closedForNewBrowsers() {
		Duration spent = quota().closedFor(CallPriority.START, this.clock.instant());
		Duration closed = closedFor();
		return (spent.compareTo(closed) > 0) ? spent : closed;
	}

	@Nullable UltraCartApiFailure closedBecauseOf() {
		UltraCartApiFailure failure = this.circuitBreaker.openBecauseOf(this.clock.instant());
		boolean limited = !closedFor(ClosedReason.COOL_DOWN).isZero() || !closedFor(ClosedReason.QUOTA).isZero();
		return (failure == null && limited) ? UltraCartApiFailure.RATE_LIMITED : failure;
	}

	/**
	 * Throws if the call must not be made now.
	 */
	void check(GatedCall call) {
		Instant now = this.clock.instant();
		requireRate(call, now);
		this.circuitBreaker.check(call, now);
	}

	/**
	 * Throws if the call must not be made now. If the circuit is open, the call becomes
	 * the probe.
	 */
	void enter(GatedCall call) {
		Instant now = this.clock.instant();
		requireRate(call, now);
		this.circuitBreaker.enter(call, now);
	}

	private void requireRate(GatedCall call, Instant now) {
		Duration left = this.coolDown.left(now);
		if (!left.isZero()) {
			throw rejected(UltraCartApiFailure.RATE_LIMITED, call,
					"is not called before " + now.plus(left) + ", because UltraCart has had too many calls", left);
		}
		Duration spent = quota().closedFor(call.priority(), now);
		if (!spent.isZero()) {
			this.quota.warn(call.priority(), spent, now);
			throw rejected(UltraCartApiFailure.RATE_LIMITED, call,
					"is not called before " + now.plus(spent)
							+ ", because too little is left of the calls that UltraCart allows in an hour or a day",
					spent);
		}
	}

	static UltraCartApiException rejected(UltraCartApiFailure failure, GatedCall call, String message,
			Duration retryAfter) {
		String name = call.callName();
		return UltraCartApiException.withFailure(failure, name + " " + message)
			.call(name)
			.retryAfter(retryAfter)
			.notSent()
			.build();
	}

	/**
	 * Counts a request that is about to be made.
	 */
	void countRequest() {
		this.quota.count(this.clock.instant());
	}

	/**
	 * Notes how a request went.
	 * @param failure the failure, or {@code null} if it succeeded
	 * @param overlapped whether a sign-out that did not wait in the queue explains a 429
	 */
	void requestMade(@Nullable UltraCartApiException failure, BooleanSupplier overlapped) {
		Instant now = this.clock.instant();
		if (failure != null && failure.getFailure() == UltraCartApiFailure.RATE_LIMITED) {
			if (failure.getRetryAfter() != null || !overlapped.getAsBoolean()) {
				this.coolDown.begin(failure, now);
			}
		}
		else if (failure == null || failure.getStatus() != null) {
			this.coolDown.end(now);
		}
	}

	/**
	 * Notes how a call went, after all of its requests.
	 * @param failure the failure, or {@code null} if it succeeded
	 */
	void callMade(CallKind kind, @Nullable UltraCartApiException failure) {
		if (failure == null) {
			this.circuitBreaker.succeeded(kind, this.clock.instant());
		}
		else {
			this.circuitBreaker.failed(kind, failure, this.clock.instant());
		}
	}

	/**
	 * Returns whether another instance may know that the circuit is closed.
	 */
	boolean isOpenAsTold() {
		return !this.circuitBreaker.openFor(this.clock.instant()).isZero() && !this.circuitBreaker.hasUntold();
	}

	/**
	 * Takes over what the instances of an application know together.
	 */
	void adopt(GateState state) {
		this.coolDown.adopt(state, this.clock.instant());
		this.circuitBreaker.adopt(state);
		this.quota.adopt(state);
	}

	/**
	 * Returns the requests that the other instances do not know of.
	 */
	CountedRequests takeUntold() {
		return this.quota.takeUntold();
	}

	/**
	 * Tells the other instances.
	 * @param requests the requests that they do not know of
	 * @param withCircuit whether they are told of the circuit too
	 */
	void share(GateState state, CountedRequests requests, boolean withCircuit) {
		this.quota.share(state, requests);
		this.coolDown.share(state, this.clock.instant());
		if (withCircuit) {
			this.circuitBreaker.share(state);
		}
		this.quota.adopt(state);
	}

	/**
	 * Notes whether the other instances could be told.
	 */
	void told(boolean told, CountedRequests requests, boolean withCircuit) {
		if (!told) {
			this.quota.keepUntold(requests);
			return;
		}
		this.coolDown.told();
		if (withCircuit) {
			this.circuitBreaker.told();
		}
	}

}
