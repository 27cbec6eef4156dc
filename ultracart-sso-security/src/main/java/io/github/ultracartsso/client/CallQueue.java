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

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * Has calls wait for their turn, in the order in which they come; but those of single
 * sign-on come before those for users, of which any number may be made by whoever is
 * signed in already.
 */
final class CallQueue {

	// the name under which all of this is logged
	private static final Log logger = LogFactory.getLog(CallGate.class);

	/**
	 * Two calls at once are answered with a 429, which would close the gate for
	 * everybody, so even somebody who signs out can wait for a moment.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(500);

	/**
	 * Anybody can start logins, each of which waits on a thread of the server.
	 */
	private static final int MAX_WAITING_STARTS = 10;

	private static final int MAX_WAITING = 100;

	private final AtomicBoolean crowded = new AtomicBoolean();

	private final Semaphore turns;

	/**
	 * Who has one of these waits for a turn before all others that do not.
	 */
	private final Semaphore userCalls;

	private final Duration timeout;

	CallQueue(int maxConcurrentCalls, Duration timeout) {
		this.turns = new Semaphore(maxConcurrentCalls, true);
		this.userCalls = new Semaphore(maxConcurrentCalls, true);
		this.timeout = timeout;
	}

	/**
	 * Returns how many calls wait for their turn, more or less.
	 */
	int waiting() {
		return this.turns.getQueueLength() + this.userCalls.getQueueLength();
	}

	/**
	 * Waits for the turn of a call.
	 * @throws UltraCartApiException if it does not come
	 */
	void enter(GatedCall call) {
		int waiting = waiting();
		requirePlace(call);
		long end = System.nanoTime() + this.timeout.toNanos();
		if (call.isSingleSignOn()) {
			await(this.turns, call, end);
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
			await(this.turns, call, end);
		}
		catch (RuntimeException ex) {
			this.userCalls.release();
			throw ex;
		}
	}

	private void requirePlace(GatedCall call) {
		int before = (call.isSingleSignOn() ? this.turns : this.userCalls).getQueueLength();
		if (before >= ((call == SsoOperation.AUTHORIZE) ? MAX_WAITING_STARTS : MAX_WAITING)) {
			throw crowded(call, before + " calls wait for their turn before it");
		}
	}

	private void await(Semaphore semaphore, GatedCall call, long end) {
		try {
			if (!semaphore.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
				throw crowded(call, "it has waited " + this.timeout + " for its turn");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw CallGate.refused(call, call.callName() + " was interrupted while it waited for its turn",
					Duration.ZERO);
		}
	}

	void leave(GatedCall call) {
		this.turns.release();
		if (!call.isSingleSignOn()) {
			this.userCalls.release();
		}
	}

	/**
	 * Waits for a turn, but for a moment only.
	 * @return whether it has come
	 */
	boolean enterSoon() {
		try {
			return this.turns.tryAcquire() || this.turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private UltraCartApiException crowded(GatedCall call, String reason) {
		if (this.crowded.compareAndSet(false, true)) {
			logger.warn(LogMessage.format(
					"%s is not called, because %s, and there may be others: UltraCart answers too slowly for all that is"
							+ " asked of it, and allows no calls at the same time. If it is not slow, look for what"
							+ " makes so many calls, or starts so many logins",
					call.callName(), reason));
		}
		return CallGate.refused(call, call.callName() + " is not called, because " + reason, this.timeout);
	}

}
