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
import java.time.Instant;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Keeps an application from making calls that UltraCart is bound to fail. While the
 * circuit is open, one call is let through now and then to see whether that has changed;
 * all others fail at once. Each change is logged once.
 */
final class CircuitBreaker {

	private static final Log logger = LogFactory.getLog(CircuitBreaker.class);

	static final int TOLERATED_FAILURES = 5;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private int failures;

	/**
	 * Whether UltraCart has answered the last of these, so that it can be reached.
	 */
	private boolean answered;

	private @Nullable Outage outage;

	private GatedCall begunBy = SsoOperation.AUTHORIZE;

	private Instant since = Instant.MIN;

	private Instant probeAt = Instant.MIN;

	private Instant userCallAt = Instant.MIN;

	private Duration pause = FIRST_PAUSE;

	/**
	 * Fails if the call is not to be made now.
	 */
	synchronized void check(GatedCall operation, Instant now) {
		Outage current = outageOf(operation);
		if (current != null) {
			Duration left = operation.isSingleSignOn() ? left(now) : leftForUserCall(now);
			if (!left.isZero()) {
				throw current.refusal(operation, now, left);
			}
		}
	}

	/**
	 * Fails if the call is not to be made now. Otherwise, while the circuit is open, the
	 * call is the one that is let through.
	 */
	synchronized void enter(GatedCall operation, Instant now) {
		check(operation, now);
		Outage current = outageOf(operation);
		if (current == null) {
			return;
		}
		if (!operation.isSingleSignOn()) {
			this.userCallAt = now.plus(FIRST_PAUSE);
		}
		// others pass as well at that time, but must not take the place of one that tells
		else if (current.isToldBy(operation, this.begunBy)) {
			this.pause = (this.pause.compareTo(LONGEST_PAUSE.dividedBy(2)) < 0) ? this.pause.multipliedBy(2)
					: LONGEST_PAUSE;
			this.probeAt = now.plus(this.pause);
		}
	}

	/**
	 * Returns how long no login can begin.
	 */
	synchronized Duration openFor(Instant now) {
		return (this.outage != null) ? left(now) : Duration.ZERO;
	}

	/**
	 * Returns the time until the next call is let through: none if it lies farther ahead
	 * than it was ever put, which shows that the clock has been set back.
	 */
	private Duration left(Instant now) {
		Duration left = Duration.between(now, this.probeAt);
		return (left.isNegative() || left.compareTo(this.pause) > 0) ? Duration.ZERO : left;
	}

	/**
	 * Returns the time until the next call for a user is let through. It is one at a time
	 * of them too, which does not put off the one that tells.
	 */
	private Duration leftForUserCall(Instant now) {
		Duration left = left(now);
		Duration untilNext = Duration.between(now, this.userCallAt);
		boolean later = untilNext.compareTo(left) > 0 && untilNext.compareTo(FIRST_PAUSE) <= 0;
		return later ? untilNext : left;
	}

	/**
	 * Returns what keeps the call from being made. Where it is single sign-on that fails,
	 * calls for users go on.
	 */
	private @Nullable Outage outageOf(GatedCall operation) {
		Outage current = this.outage;
		boolean concerned = current != null && current.concerns(operation)
				&& (operation.isSingleSignOn() || !isSingleSignOnFailing());
		return concerned ? current : null;
	}

	private boolean isSingleSignOnFailing() {
		return this.answered && (this.outage == null || this.outage == Outage.FAILING);
	}

	synchronized void succeeded(GatedCall operation, Instant now) {
		// that UltraCart can be reached is no news then
		if (operation.isSingleSignOn() || !isSingleSignOnFailing()) {
			this.failures = 0;
			this.answered = false;
			closeIfOver(operation, null, now);
		}
	}

	synchronized void failed(GatedCall operation, UltraCartApiException ex, Instant now) {
		UltraCartApiFailure failure = ex.getFailure();
		switch (operation.healthAfter(failure)) {
			case GOOD -> {
				this.failures = 0;
				this.answered = false;
			}
			case BAD -> {
				this.failures++;
				this.answered = ex.getStatus() != null;
			}
			case UNKNOWN -> {
				// says nothing
			}
		}
		Outage shown = Outage.of(operation, failure);
		if (shown == null && this.outage == null && this.failures >= TOLERATED_FAILURES) {
			shown = Outage.FAILING;
		}
		if (shown != null && shown != this.outage) {
			open(shown, operation, ex, now);
		}
		else if (shown != null && operation.isMadeByApplication()) {
			this.begunBy = operation;
		}
		else {
			closeIfOver(operation, failure, now);
		}
	}

	private void open(Outage cause, GatedCall operation, UltraCartApiException ex, Instant now) {
		this.outage = cause;
		this.begunBy = operation;
		this.since = now;
		this.pause = FIRST_PAUSE;
		this.probeAt = now.plus(FIRST_PAUSE);
		LogMessage message = LogMessage
			.format("%s. Whoever is signed in stays so. One call is let through now and then, the next not before %s:"
					+ " %s [request id %s]", cause.advice(), this.probeAt, ex.getMessage(), ex.getRequestId());
		if (cause == Outage.FAILING) {
			logger.warn(message);
		}
		else {
			logger.error(message);
		}
	}

	private void closeIfOver(GatedCall operation, @Nullable UltraCartApiFailure failure, Instant now) {
		if (this.outage != null && this.outage.isOverAfter(operation, failure, this.begunBy)) {
			logger.info(LogMessage.format("UltraCart serves this application again, after %s",
					Duration.between(this.since, now)));
			this.outage = null;
		}
	}

}
