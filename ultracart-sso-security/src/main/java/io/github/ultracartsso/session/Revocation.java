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

package io.github.ultracartsso.session;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.client.UltraCartApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Revocation of one SSO session, in at most five attempts, those that are held back
 * apart. One attempt is made at a time.
 */
final class Revocation {

	private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(5);

	private static final Duration HELD_BACK = Duration.ofSeconds(5);

	private final SsoSession ssoSession;

	private final Occasion occasion;

	private final BackOffExecution backOff = newBackOff().start();

	private final AtomicBoolean due = new AtomicBoolean(true);

	private final CountDownLatch firstAttempt = new CountDownLatch(1);

	private int attempts;

	Revocation(SsoSession ssoSession, Occasion occasion) {
		this.ssoSession = ssoSession;
		this.occasion = occasion;
	}

	/**
	 * About 1, 5, 25 and 120 seconds, with jitter so that what failed together is not
	 * repeated together.
	 */
	private static ExponentialBackOff newBackOff() {
		ExponentialBackOff backOff = new ExponentialBackOff(1000, 5);
		backOff.setJitter(300);
		backOff.setMaxInterval(120_000);
		backOff.setMaxAttempts(4);
		return backOff;
	}

	SsoSession ssoSession() {
		return this.ssoSession;
	}

	/**
	 * Begins an attempt.
	 * @return {@code false} if none is due, because another has begun
	 */
	boolean beginAttempt() {
		if (!this.due.compareAndSet(true, false)) {
			return false;
		}
		this.attempts++;
		return true;
	}

	boolean isFirstAttempt() {
		return this.attempts == 1;
	}

	/**
	 * Returns whether nothing is left to revoke at this attempt.
	 */
	boolean isPointless(Instant now) {
		return this.ssoSession.isExpired(now) && !(this.occasion == Occasion.LOGIN_FAILED && isFirstAttempt());
	}

	/**
	 * Returns whether the first attempt goes ahead of other calls: a user waits for it,
	 * or only this instance knows of the key.
	 */
	boolean isUrgent() {
		return this.occasion != Occasion.SESSION_ENDED;
	}

	/**
	 * Releases the threads that wait for the first attempt, whatever its outcome.
	 */
	void endAttempt() {
		this.firstAttempt.countDown();
	}

	boolean awaitFirstAttempt(Duration timeout) throws InterruptedException {
		return this.firstAttempt.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Returns how long to wait for the next attempt.
	 * @param failure how the last attempt failed
	 * @return the delay, or {@code null} if there is no further attempt, because there
	 * were enough or the key would have expired by then
	 */
	@Nullable Duration nextDelay(UltraCartApiException failure, Instant now) {
		Duration retryAfter = failure.getRetryAfter();
		// a call that was held back by this application is no attempt
		boolean heldBack = !failure.wasSent() && retryAfter != null;
		long interval = heldBack ? HELD_BACK.toMillis() : this.backOff.nextBackOff();
		if (interval == BackOffExecution.STOP) {
			return null;
		}
		Duration delay = Duration.ofMillis(interval);
		if (retryAfter != null && retryAfter.compareTo(delay) > 0) {
			delay = (retryAfter.compareTo(MAX_RETRY_AFTER) < 0) ? retryAfter : MAX_RETRY_AFTER;
		}
		return this.ssoSession.isExpired(now.plus(delay)) ? null : delay;
	}

	/**
	 * Makes the next attempt due.
	 */
	void awaitNextAttempt() {
		this.due.set(true);
	}

	/**
	 * Why an SSO session is revoked.
	 */
	enum Occasion {

		/**
		 * The user waits to sign out.
		 */
		SIGNED_OUT,

		/**
		 * The session has ended, or has got another key.
		 */
		SESSION_ENDED,

		/**
		 * The login has failed. Perhaps because the key seems to have expired, and the
		 * clock of this machine may be wrong.
		 */
		LOGIN_FAILED

	}

}
