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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Bounded queue behind the concurrency limit, ordered by {@link CallPriority}.
 */
final class CallQueue {

	// all of the gate's parts but the two with states log under its name
	private static final Log logger = LogFactory.getLog(CallGate.class);

	/**
	 * UltraCart responds to concurrent calls with a 429, which would close the gate for
	 * all users, so even a sign-out waits for a moment.
	 */
	static final Duration PATIENCE = Duration.ofMillis(500);

	/**
	 * A dozen tabs that a browser restores start a dozen logins.
	 */
	private static final int MIN_WAITING_STARTS = 16;

	/**
	 * Anyone can start logins, each of which occupies a server thread while it waits.
	 */
	private static final int MAX_WAITING_STARTS = 50;

	private static final int CALLS_OF_LOGIN = 3;

	private static final int MAX_WAITING = 100;

	/**
	 * What can be made later must not fill the queue.
	 */
	private static final int MAX_WAITING_IN_BACKGROUND = 8;

	/**
	 * How long these wait. A request waits for a refresh, which must find its place or
	 * fail while there is time for the call itself.
	 */
	private static final Duration POSTPONABLE_PATIENCE = Duration.ofSeconds(2);

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

	private final PrioritySemaphore permits;

	private final Duration timeout;

	CallQueue(int maxConcurrentCalls, Duration timeout) {
		this.maxConcurrentCalls = maxConcurrentCalls;
		this.permits = new PrioritySemaphore(maxConcurrentCalls);
		this.timeout = timeout;
	}

	/**
	 * Returns how many calls wait.
	 */
	int waiting() {
		return this.permits.waiting();
	}

	/**
	 * Waits until the call may be made.
	 * @return the place of the call, which has to {@link #leave}
	 * @throws UltraCartApiException if the queue is full or the call has waited too long
	 */
	PrioritySemaphore.Place enter(GatedCall call) {
		int waiting = waiting();
		requirePlace(call);
		PrioritySemaphore.Place place;
		try {
			place = this.permits.tryAcquire(call.priority(), timeout(call).toNanos());
		}
		catch (InterruptedException ex) {
			throw interrupted(call);
		}
		if (place == null) {
			throw timedOut(call);
		}
		if (waiting == 0) {
			this.crowded.set(false);
		}
		return place;
	}

	/**
	 * Lets a more urgent call go first, if one waits, while the call waits for other
	 * instances.
	 * @return {@code false} if it has not come back to its place within the time, in
	 * nanoseconds
	 */
	boolean giveWay(PrioritySemaphore.Place place, long timeout) throws InterruptedException {
		return this.permits.giveWay(place, timeout);
	}

	/**
	 * Returns how long the call may wait.
	 */
	Duration timeout(GatedCall call) {
		boolean brief = isPostponable(call) && this.timeout.compareTo(POSTPONABLE_PATIENCE) > 0;
		return brief ? POSTPONABLE_PATIENCE : this.timeout;
	}

	UltraCartApiException timedOut(GatedCall call) {
		return crowded(call, "it has waited in the queue for " + timeout(call));
	}

	static UltraCartApiException interrupted(GatedCall call) {
		Thread.currentThread().interrupt();
		return CallAdmission.rejected(UltraCartApiFailure.RATE_LIMITED, call,
				"was interrupted while it waited in the queue", Duration.ZERO);
	}

	/**
	 * Throws if too many calls wait.
	 */
	void requirePlace(GatedCall call) {
		int before = this.permits.waitingUpTo(call.priority());
		if (before >= places(call.priority())
				|| (isPostponable(call) && this.permits.waiting(call.priority()) >= MAX_WAITING_IN_BACKGROUND)) {
			throw crowded(call, before + " calls are in the queue before it");
		}
	}

	/**
	 * Returns how many calls may wait that go before the call. New browsers cannot take
	 * the places of known ones, because they do not go before these.
	 */
	private int places(CallPriority priority) {
		boolean start = priority == CallPriority.KNOWN_START || priority == CallPriority.START;
		return start ? placesForStarts() : MAX_WAITING;
	}

	/**
	 * Returns how many starts can expect to be served before they time out. The calls
	 * that complete their logins go first. A quarter of the time is left for calls that
	 * take longer.
	 */
	private int placesForStarts() {
		long duration = Math.max(1, this.averageDuration.get());
		long served = this.timeout.toNanos() / 4 * 3 / (duration * CALLS_OF_LOGIN) * this.maxConcurrentCalls;
		return (int) Math.max(MIN_WAITING_STARTS, Math.min(MAX_WAITING_STARTS, served));
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
	void leave(PrioritySemaphore.Place place) {
		this.permits.release(place);
	}

	/**
	 * Waits for a moment at most.
	 * @return the place of the call, which has to {@link #leave}, or {@code null} if it
	 * does not count towards the concurrency limit
	 */
	PrioritySemaphore.@Nullable Place enterSoon() {
		try {
			return this.permits.tryAcquire(CallPriority.SIGN_OUT, PATIENCE.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private static boolean isPostponable(GatedCall call) {
		return call.priority() == CallPriority.OVERDUE || call.priority() == CallPriority.BACKGROUND;
	}

	private UltraCartApiException crowded(GatedCall call, String reason) {
		// what can be made later is no concern of the operator's
		if (!isPostponable(call) && this.crowded.compareAndSet(false, true)) {
			logger.warn(LogMessage.format(
					"%s is not called, because %s. Other calls may be rejected as well: UltraCart responds too slowly"
							+ " for the number of calls, and allows no concurrent calls. If UltraCart is not slow, find"
							+ " out what makes so many calls or starts so many logins",
					call.callName(), reason));
		}
		return CallAdmission.rejected(UltraCartApiFailure.RATE_LIMITED, call, "is not called, because " + reason,
				this.timeout);
	}

}
