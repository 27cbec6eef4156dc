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

package io.github.ultracartsso.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;

import io.github.ultracartsso.session.BoundedMemory;
import org.jspecify.annotations.Nullable;

/**
 * Completes the logins of one browser one after another. Tabs that are restored at once
 * start a login each, and their callbacks arrive at the same time, before the browser has
 * a session. If each of them obtained a key, all but one would be lost. Instead, the
 * first one signs the user in, and the others need no key.
 * <p>
 * It only decides which callback waits for which; it grants nothing. A browser is
 * recognized by its pending logins and its session. A request may have been sent before
 * the browser knew of another pending login, so a turn is found by all that its request
 * carries.
 */
final class CallbackTurns {

	private static final int MAX_TURNS = 100_000;

	/**
	 * Longer than a login waits for its calls.
	 */
	private static final Duration MAX_WAIT = Duration.ofSeconds(30);

	/**
	 * Each waiting callback occupies a server thread.
	 */
	private static final int MAX_WAITING = 64;

	private final Semaphore places = new Semaphore(MAX_WAITING);

	private final BoundedMemory<CallbackTurn> turns;

	private Clock clock = Clock.systemUTC();

	CallbackTurns(Duration timeToLive) {
		this.turns = new BoundedMemory<>(MAX_TURNS, timeToLive);
	}

	void setClock(Clock clock) {
		this.clock = clock;
		this.turns.setClock(clock);
	}

	/**
	 * Returns a turn that is not taken yet.
	 * @param login names the login of the callback
	 * @param startedAt when it began, or {@code null} if that is not known
	 */
	CallbackTurn newTurn(String login, @Nullable Instant startedAt) {
		return new CallbackTurn(this.clock, login, startedAt);
	}

	/**
	 * Waits until no other callback of the browser has the turn, and takes it.
	 * @param turn the turn to take
	 * @param browser names what proves that a request is of this browser: its pending
	 * logins and its session. The turn is found by these, so a callback without any of
	 * them is not remembered
	 * @param requestedSession names the session that the request asks for, or
	 * {@code null}. It may have another id by now, so it only finds the turns of others
	 */
	CallbackTurn take(CallbackTurn turn, Set<String> browser, @Nullable String requestedSession) {
		Set<String> keys = new LinkedHashSet<>(browser);
		if (requestedSession != null) {
			keys.add(requestedSession);
		}
		long deadline = System.nanoTime() + MAX_WAIT.toNanos();
		CallbackTurn other = begin(turn, keys, browser);
		while (other != null && await(turn, other, deadline)) {
			other = begin(turn, keys, browser);
		}
		return turn;
	}

	private boolean await(CallbackTurn turn, CallbackTurn other, long deadline) {
		if (!this.places.tryAcquire()) {
			return false;
		}
		try {
			return turn.await(other, deadline - System.nanoTime());
		}
		finally {
			this.places.release();
		}
	}

	/**
	 * Begins a turn unless another one of the browser is open.
	 * @return the other one, or {@code null}
	 */
	private synchronized @Nullable CallbackTurn begin(CallbackTurn turn, Set<String> keys, Set<String> browser) {
		for (String key : keys) {
			CallbackTurn other = this.turns.get(key);
			if (other != null && other.isOpen()) {
				return other;
			}
			if (other != null) {
				turn.follow(other);
			}
		}
		browser.forEach((key) -> this.turns.compute(key, (other) -> turn));
		return null;
	}

}
