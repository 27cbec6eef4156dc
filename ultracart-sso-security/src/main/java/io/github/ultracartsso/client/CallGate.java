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

package io.github.ultracartsso.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.springframework.util.Assert;

/**
 * Holds the calls of an application to what UltraCart allows and can serve:
 * <ul>
 * <li>only so many at a time, in the order in which they come, those of single sign-on
 * before those for users, and no more waiting than can be served soon;</li>
 * <li>none for a while after UltraCart has answered that there were too many;</li>
 * <li>but one now and then while UltraCart rejects the application's credential, has
 * disabled the application, or has failed several calls in a row.</li>
 * </ul>
 * What is held back fails at once and costs UltraCart nothing. Each change is logged
 * once, with what the operator can do.
 * <p>
 * UltraCart counts calls by application and address, and allows none at the same time
 * (<a href="http://www.ultracart.com/api/rate_limiting.html">API Rate Limiting</a>), so
 * one gate should stand before all calls of an application.
 *
 * @since 0.1
 */
public final class CallGate {

	private final CallRate rate = new CallRate();

	private final CoolDown coolDown = new CoolDown(this.rate);

	private final CircuitBreaker circuitBreaker = new CircuitBreaker();

	private final AtomicInteger overlapping = new AtomicInteger();

	private final AtomicLong overlaps = new AtomicLong();

	private final CallQueue queue;

	private Clock clock = Clock.systemUTC();

	/**
	 * Creates a gate.
	 * @param maxConcurrentCalls how many calls may be made at the same time
	 * @param queueTimeout how long a call waits for its turn
	 */
	public CallGate(int maxConcurrentCalls, Duration queueTimeout) {
		Assert.isTrue(maxConcurrentCalls > 0, "maxConcurrentCalls must be positive");
		Assert.isTrue(!queueTimeout.isNegative(), "queueTimeout cannot be negative");
		this.queue = new CallQueue(maxConcurrentCalls, queueTimeout);
	}

	/**
	 * Sets the clock that times how long no call is made. Defaults to the system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Returns how long no login can begin, because UltraCart is not called.
	 * @return the time left, zero if calls are made
	 */
	public Duration closedFor() {
		Instant now = this.clock.instant();
		Duration coolDownLeft = this.coolDown.left(now);
		Duration openFor = this.circuitBreaker.openFor(now);
		return (coolDownLeft.compareTo(openFor) > 0) ? coolDownLeft : openFor;
	}

	/**
	 * Returns how long UltraCart asks not to be called.
	 */
	Duration coolDownLeft() {
		return this.coolDown.left(this.clock.instant());
	}

	/**
	 * Returns how many calls wait for their turn, more or less.
	 */
	int waiting() {
		return this.queue.waiting();
	}

	/**
	 * Makes the call when its turn has come.
	 * @param operation the call
	 * @param call makes it, in one or several attempts
	 * @return what the call returns
	 * @throws UltraCartApiException if no call may be made now, or as the call throws it
	 */
	<T> T pass(GatedCall operation, Supplier<T> call) {
		this.circuitBreaker.check(operation, requireNoCoolDown(operation));
		this.queue.enter(operation);
		try {
			this.circuitBreaker.enter(operation, requireNoCoolDown(operation));
			return make(operation, call);
		}
		finally {
			this.queue.leave(operation);
		}
	}

	/**
	 * Makes the call whatever UltraCart has answered before, and without waiting for its
	 * turn for more than a moment, because somebody waits to sign out.
	 * @param operation the call, one of single sign-on
	 * @param call makes it, in one or several attempts
	 * @return what the call returns
	 */
	<T> T passSoon(GatedCall operation, Supplier<T> call) {
		if (this.queue.enterSoon()) {
			try {
				return make(operation, call);
			}
			finally {
				this.queue.leave(operation);
			}
		}
		this.overlaps.incrementAndGet();
		this.overlapping.incrementAndGet();
		try {
			return make(operation, call);
		}
		finally {
			this.overlapping.decrementAndGet();
		}
	}

	/**
	 * Makes one attempt at a call that has passed.
	 * @param call makes the attempt
	 * @return what the attempt returns
	 */
	<T> T attempt(Supplier<T> call) {
		this.rate.count(this.clock.instant());
		long overlapsBefore = this.overlaps.get();
		boolean overlapped = this.overlapping.get() > 0;
		try {
			T answer = call.get();
			this.coolDown.end(this.clock.instant());
			return answer;
		}
		catch (UltraCartApiException ex) {
			if (ex.getFailure() == UltraCartApiFailure.RATE_LIMITED) {
				beginCoolDown(ex, overlapped || this.overlaps.get() != overlapsBefore);
			}
			else if (ex.getStatus() != null) {
				this.coolDown.end(this.clock.instant());
			}
			throw ex;
		}
	}

	/**
	 * Begins the time in which no call is made; unless UltraCart does not say how long
	 * that is to be, and a sign-out that did not wait for its turn explains the answer.
	 */
	private void beginCoolDown(UltraCartApiException ex, boolean overlapped) {
		if (ex.getRetryAfter() != null || !overlapped) {
			this.coolDown.begin(ex, this.clock.instant());
		}
	}

	private <T> T make(GatedCall operation, Supplier<T> call) {
		try {
			T answer = call.get();
			this.circuitBreaker.succeeded(operation, this.clock.instant());
			return answer;
		}
		catch (UltraCartApiException ex) {
			this.circuitBreaker.failed(operation, ex, this.clock.instant());
			throw ex;
		}
	}

	private Instant requireNoCoolDown(GatedCall operation) {
		Instant now = this.clock.instant();
		Duration left = this.coolDown.left(now);
		if (!left.isZero()) {
			throw refused(operation, operation.callName() + " is not called before " + now.plus(left)
					+ ", because UltraCart has had too many calls", left);
		}
		return now;
	}

	static UltraCartApiException refused(GatedCall operation, String message, Duration retryAfter) {
		return UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, message)
			.call(operation.callName())
			.retryAfter(retryAfter)
			.notSent()
			.build();
	}

}
