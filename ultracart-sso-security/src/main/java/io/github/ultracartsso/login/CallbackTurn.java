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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Turn of one callback: while it lasts, other callbacks of the same browser wait. Not
 * part of the API.
 */
public final class CallbackTurn implements AutoCloseable {

	/**
	 * How long the response that signs a browser in may be on its way.
	 */
	private static final Duration RESPONSE_TIME = Duration.ofSeconds(5);

	/**
	 * As many tabs as a browser may have pending logins.
	 */
	private static final int MAX_WAITING = 16;

	private final Clock clock;

	private final String login;

	/**
	 * When the login began, if that is known before its session is used.
	 */
	private final @Nullable Instant startedAt;

	private final CountDownLatch closed = new CountDownLatch(1);

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile @Nullable SignedIn signedIn;

	/**
	 * When a callback of the same browser last signed the user in, as known when this
	 * turn began.
	 */
	private volatile @Nullable SignedIn othersSignedIn;

	private boolean waited;

	CallbackTurn(Clock clock, String login, @Nullable Instant startedAt) {
		this.clock = clock;
		this.login = login;
		this.startedAt = startedAt;
	}

	/**
	 * Returns whether another callback of the browser has just signed the user in, while
	 * this one was on its way. The session has got another id with that, which the
	 * browser may still be receiving.
	 * @return {@code true} if it has, within the last five seconds
	 */
	public boolean isOvertaken() {
		SignedIn others = this.othersSignedIn;
		return others != null && this.clock.instant().isBefore(others.at().plus(RESPONSE_TIME))
				&& (this.waited || this.startedAt == null || others.at().isAfter(this.startedAt));
	}

	/**
	 * Returns whether this callback may use its session. If another one has signed the
	 * user in since it arrived, its session has another id by now, and a session store
	 * would fail to save this copy, or save it as a new session.
	 * @param arrivedAt when the callback arrived, before its session id was read, as
	 * {@link System#nanoTime()}
	 * @return {@code true} if the session is not out of date
	 */
	public boolean mayUseSession(long arrivedAt) {
		SignedIn others = this.othersSignedIn;
		return !this.waited && (others == null || others.nanoTime() - arrivedAt < 0);
	}

	/**
	 * Ends the turn with a user who is signed in.
	 */
	public void signedIn() {
		this.signedIn = new SignedIn(this.clock.instant(), System.nanoTime());
		close();
	}

	/**
	 * Ends the turn.
	 */
	@Override
	public void close() {
		this.closed.countDown();
	}

	boolean isOpen() {
		return this.closed.getCount() > 0;
	}

	/**
	 * Takes note of a turn that has ended, and of what that one knew. A callback that is
	 * repeated afterwards is not overtaken by its own first turn.
	 */
	void follow(CallbackTurn other) {
		note(other.othersSignedIn);
		if (this.waited || !this.login.equals(other.login)) {
			note(other.signedIn);
		}
	}

	private void note(@Nullable SignedIn other) {
		SignedIn latest = this.othersSignedIn;
		if (other != null && (latest == null || other.nanoTime() - latest.nanoTime() > 0)) {
			this.othersSignedIn = other;
		}
	}

	/**
	 * Waits for the end of another turn, unless too many do already.
	 * @return {@code false} if that takes too long
	 */
	boolean await(CallbackTurn other, long nanos) {
		if (other.waiting.incrementAndGet() > MAX_WAITING) {
			other.waiting.decrementAndGet();
			return false;
		}
		this.waited = true;
		try {
			return other.closed.await(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			other.waiting.decrementAndGet();
		}
	}

	/**
	 * Moment at which a user was signed in.
	 */
	private record SignedIn(Instant at, long nanoTime) {

	}

}
