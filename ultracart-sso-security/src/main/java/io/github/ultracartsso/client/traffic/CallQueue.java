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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * Bounded first-in-first-out queue behind the concurrency limit. Calls of single sign-on
 * are served before those made for users, of which signed-in users can cause any number.
 */
final class CallQueue {

	// all of the gate's parts but the two with states log under its name
	private static final Log logger = LogFactory.getLog(CallGate.class);

	/**
	 * UltraCart responds to concurrent calls with a 429, which would close the gate for
	 * all users, so even a sign-out waits for a moment.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(500);

	/**
	 * A dozen tabs that a browser restores start a dozen logins.
	 */
	private static final int MIN_WAITING_STARTS = 16;

	/**
	 * Anyone can start logins, each of which occupies a server thread while it waits.
	 */
	private static final int MAX_WAITING_STARTS = 50;

	private static final int MAX_WAITING = 100;

	/**
	 * How slowly the average follows the duration of the last call.
	 */
	private static final int INERTIA = 8;

	/**
	 * How long a call takes on average, in nanoseconds.
	 */
	private final AtomicLong averageDuration = new AtomicLong();

	private final int maxConcurrentCalls;

	private final AtomicBoolean crowded = new AtomicBoolean();

	private final Semaphore permits;

	/**
	 * Lets only as many user calls as can be made at once compete with single sign-on for
	 * a permit.
	 */
	private final Semaphore userCalls;

	private final Duration timeout;

	CallQueue(int maxConcurrentCalls, Duration timeout) {
		this.maxConcurrentCalls = maxConcurrentCalls;
		this.permits = new Semaphore(maxConcurrentCalls, true);
		this.userCalls = new Semaphore(maxConcurrentCalls, true);
		this.timeout = timeout;
	}

	/**
	 * Returns how many calls wait, approximately.
	 */
	int waiting() {
		return this.permits.getQueueLength() + this.userCalls.getQueueLength();
	}

	/**
	 * Waits until the call may be made.
	 * @throws UltraCartApiException if the queue is full or the call has waited too long
	 */
	void enter(GatedCall call) {
		int waiting = waiting();
		requirePlace(call);
		long end = System.nanoTime() + this.timeout.toNanos();
		if (call.kind().isSingleSignOn()) {
			await(this.permits, call, end);
		}
		else {
			await(this.userCalls, call, end);
			awaitAsFirstUserCall(call, end);
		}
		if (waiting == 0) {
			this.crowded.set(false);
		}
	}

	private void awaitAsFirstUserCall(GatedCall call, long end) {
		try {
			await(this.permits, call, end);
		}
		catch (RuntimeException ex) {
			this.userCalls.release();
			throw ex;
		}
	}

	private void requirePlace(GatedCall call) {
		int before = (call.kind().isSingleSignOn() ? this.permits : this.userCalls).getQueueLength();
		if (before >= ((call.kind() == CallKind.AUTHORIZE) ? placesForStarts() : MAX_WAITING)) {
			throw crowded(call, before + " calls are in the queue before it");
		}
	}

	/**
	 * Returns how many starts can expect to be served before they time out. A quarter of
	 * the time is left for calls that take longer, because the calls that complete the
	 * same logins wait behind all starts, and have more to lose.
	 */
	private int placesForStarts() {
		long duration = Math.max(1, this.averageDuration.get());
		long served = this.timeout.toNanos() / 4 * 3 / duration * this.maxConcurrentCalls;
		return (int) Math.max(MIN_WAITING_STARTS, Math.min(MAX_WAITING_STARTS, served));
	}

	private void await(Semaphore semaphore, GatedCall call, long end) {
		try {
			if (!semaphore.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
				throw crowded(call, "it has waited in the queue for " + this.timeout);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw CallGate.rejected(UltraCartApiFailure.RATE_LIMITED, call,
					"was interrupted while it waited in the queue", Duration.ZERO);
		}
	}

	/**
	 * Takes note of how long a call took, in nanoseconds.
	 */
	void served(long duration) {
		this.averageDuration.updateAndGet((average) -> average + (duration - average) / INERTIA);
	}

	/**
	 * Makes room for the next call.
	 */
	void leave(GatedCall call) {
		this.permits.release();
		if (!call.kind().isSingleSignOn()) {
			this.userCalls.release();
		}
	}

	/**
	 * Waits for a moment at most.
	 * @return whether the call counts towards the concurrency limit, and has to
	 * {@link #leave}
	 */
	boolean enterSoon() {
		try {
			return this.permits.tryAcquire() || this.permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private UltraCartApiException crowded(GatedCall call, String reason) {
		if (this.crowded.compareAndSet(false, true)) {
			logger.warn(LogMessage.format(
					"%s is not called, because %s. Other calls may be rejected as well: UltraCart responds too slowly"
							+ " for the number of calls, and allows no concurrent calls. If UltraCart is not slow, find"
							+ " out what makes so many calls or starts so many logins",
					call.callName(), reason));
		}
		return CallGate.rejected(UltraCartApiFailure.RATE_LIMITED, call, "is not called, because " + reason,
				this.timeout);
	}

}
