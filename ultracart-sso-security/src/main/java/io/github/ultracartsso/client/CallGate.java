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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * Holds the calls of an application to what UltraCart allows: only so many at a time, in
 * the order in which they come, and none for a while after UltraCart has answered that
 * there were too many. What is held back fails at once as
 * {@link UltraCartApiFailure#RATE_LIMITED}, and costs UltraCart nothing.
 * <p>
 * UltraCart counts calls by application and address, and allows none at the same time
 * (<a href="http://www.ultracart.com/api/rate_limiting.html">API Rate Limiting</a>), so
 * one gate should stand before all calls of an application.
 *
 * @since 0.1
 */
public final class CallGate {

	private static final Log logger = LogFactory.getLog(CallGate.class);

	private static final Duration COOL_DOWN = Duration.ofSeconds(30);

	private static final Duration LONGEST_COOL_DOWN = Duration.ofMinutes(5);

	private final AtomicReference<Instant> closedUntil = new AtomicReference<>(Instant.MIN);

	private final Semaphore turns;

	private final Duration queueTimeout;

	private Clock clock = Clock.systemUTC();

	/**
	 * Creates a gate.
	 * @param maxConcurrentCalls how many calls may be made at the same time
	 * @param queueTimeout how long a call waits for its turn
	 */
	public CallGate(int maxConcurrentCalls, Duration queueTimeout) {
		Assert.isTrue(maxConcurrentCalls > 0, "maxConcurrentCalls must be positive");
		Assert.isTrue(!queueTimeout.isNegative(), "queueTimeout cannot be negative");
		this.turns = new Semaphore(maxConcurrentCalls, true);
		this.queueTimeout = queueTimeout;
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
		Instant until = this.closedUntil.get();
		return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
	}

	/**
	 * Makes the call when its turn has come.
	 * @param name the name of the call
	 * @param call makes it
	 * @return what the call returns
	 * @throws UltraCartApiException if no call may be made now, or as the call throws it
	 */
	<T> T pass(String name, Supplier<T> call) {
		requireOpen(name);
		awaitTurn(name);
		try {
			requireOpen(name);
			return passAtOnce(call);
		}
		finally {
			this.turns.release();
		}
	}

	/**
	 * Makes the call without waiting for anything, because somebody waits to sign out.
	 * @param call makes it
	 * @return what the call returns
	 */
	<T> T passAtOnce(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (UltraCartApiException ex) {
			if (ex.getFailure() == UltraCartApiFailure.RATE_LIMITED) {
				close(ex);
			}
			throw ex;
		}
	}

	private void requireOpen(String name) {
		Instant now = this.clock.instant();
		Instant until = this.closedUntil.get();
		if (now.isBefore(until)) {
			throw refused(name, name + " is not called before " + until + ", because UltraCart has had too many calls",
					Duration.between(now, until));
		}
	}

	private void awaitTurn(String name) {
		try {
			if (!this.turns.tryAcquire(this.queueTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
				throw refused(name, name + " has waited " + this.queueTimeout + " for its turn", null);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw refused(name, name + " was interrupted while it waited for its turn", null);
		}
	}

	private void close(UltraCartApiException ex) {
		Instant now = this.clock.instant();
		Instant until = now.plus(coolDown(ex.getRetryAfter()));
		Instant before = this.closedUntil.getAndAccumulate(until,
				(current, proposed) -> proposed.isAfter(current) ? proposed : current);
		if (!now.isBefore(before)) {
			logger.warn(LogMessage.format(
					"UltraCart has had too many calls; none is made before %s. Other"
							+ " applications with this key or address count as well [request id %s]",
					until, ex.getRequestId()));
		}
	}

	private static Duration coolDown(@Nullable Duration retryAfter) {
		if (retryAfter == null) {
			return COOL_DOWN;
		}
		return (retryAfter.compareTo(LONGEST_COOL_DOWN) < 0) ? retryAfter : LONGEST_COOL_DOWN;
	}

	private static UltraCartApiException refused(String name, String message, @Nullable Duration retryAfter) {
		return UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, message)
			.call(name)
			.retryAfter(retryAfter)
			.notSent()
			.build();
	}

}
