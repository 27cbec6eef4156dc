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
import java.time.Instant;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Circuit breaker: while UltraCart is bound to fail an application's calls, rejects all
 * of them but a probe after each pause. The pauses grow from half a minute to five
 * minutes. Each change of state is logged once.
 */
final class CircuitBreaker {

	private static final Log logger = LogFactory.getLog(CircuitBreaker.class);

	static final int TOLERATED_FAILURES = 5;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private int failures;

	/**
	 * Whether UltraCart has responded to the last failed call, so that it is reachable.
	 */
	private boolean reachable;

	private @Nullable Outage outage;

	/**
	 * Whether calls with the application's credential have shown the outage, and not only
	 * those with a user's key.
	 */
	private boolean shownByApplication;

	private Instant since = Instant.MIN;

	private Instant probeAt = Instant.MIN;

	private Instant otherCallAt = Instant.MIN;

	private Duration pause = FIRST_PAUSE;

	/**
	 * How often this instance has changed the state.
	 */
	private int changes;

	/**
	 * The last of these changes that was shared.
	 */
	private int sharedChanges;

	/**
	 * The last of these changes that the other instances know.
	 */
	private int toldChanges;

	/**
	 * When this instance or, as far as it knows, another one has last changed the state.
	 */
	private Instant changedAt = Instant.EPOCH;

	/**
	 * Throws if the call must not be made now.
	 */
	synchronized void check(GatedCall call, Instant now) {
		Outage current = outageFor(call.kind());
		if (current == null) {
			return;
		}
		Duration left = call.kind().isSingleSignOn() ? left(now) : leftForOtherCall(now);
		if (!left.isZero()) {
			throw CallAdmission.rejected(current.failure(), call,
					"is not called before " + now.plus(left) + ", because " + current.reason(), left);
		}
	}

	/**
	 * Throws if the call must not be made now. If the circuit is open, the call becomes
	 * the probe, and the next pause begins.
	 */
	synchronized void enter(GatedCall call, Instant now) {
		check(call, now);
		Outage current = outageFor(call.kind());
		if (current == null) {
			return;
		}
		if (!call.kind().isSingleSignOn()) {
			this.otherCallAt = now.plus(FIRST_PAUSE);
		}
		// a call that cannot close the circuit must not take the place of one that can
		else if (canClose(current, call.kind())) {
			this.pause = (this.pause.compareTo(LONGEST_PAUSE.dividedBy(2)) < 0) ? this.pause.multipliedBy(2)
					: LONGEST_PAUSE;
			this.probeAt = now.plus(this.pause);
			changed(now);
		}
	}

	/**
	 * Returns how long no login can start.
	 */
	synchronized Duration openFor(Instant now) {
		return (this.outage != null) ? left(now) : Duration.ZERO;
	}

	/**
	 * Returns the failure with which calls are rejected while no login can start, or
	 * {@code null} if the circuit is closed or a probe is due.
	 */
	synchronized @Nullable UltraCartApiFailure openBecauseOf(Instant now) {
		Outage current = this.outage;
		return (current != null && !left(now).isZero()) ? current.failure() : null;
	}

	/**
	 * Takes over what the instances of an application know together, unless this one has
	 * seen a change that they do not know.
	 */
	synchronized void adopt(GateState state) {
		if (hasUntold()) {
			return;
		}
		this.changedAt = state.circuitChangedAt();
		Outage shared = state.outage();
		if (shared != this.outage) {
			this.outage = shared;
			this.shownByApplication = true;
			this.failures = 0;
			this.reachable = false;
			this.since = state.outageSince();
		}
		if (shared != null) {
			this.probeAt = state.probeAt();
			this.pause = state.pause();
		}
	}

	/**
	 * Tells the other instances of an application what this one has changed. What it has
	 * not may be out of date, and so may what it could not tell before another one has
	 * changed the state.
	 */
	synchronized void share(GateState state) {
		this.sharedChanges = this.changes;
		if (hasUntold() && !this.changedAt.isBefore(state.circuitChangedAt())) {
			state.setOutage(this.outage, this.since, this.probeAt, this.pause);
			state.setCircuitChangedAt(this.changedAt);
		}
	}

	/**
	 * Notes a change, which is later than those that this instance knows of, whatever the
	 * clock of the other instances says.
	 */
	private void changed(Instant now) {
		this.changes++;
		Instant next = this.changedAt.plusMillis(1);
		this.changedAt = now.isAfter(next) ? now : next;
	}

	/**
	 * Notes that the other instances know what was last {@linkplain #share shared}.
	 */
	synchronized void told() {
		this.toldChanges = this.sharedChanges;
	}

	/**
	 * Returns whether this instance has changed the state and not told the others yet.
	 */
	synchronized boolean hasUntold() {
		return this.changes != this.toldChanges;
	}

	/**
	 * Returns the time until the next probe. It is zero if more remains than the pause,
	 * because the clock has been set back.
	 */
	private Duration left(Instant now) {
		Duration left = Duration.between(now, this.probeAt);
		return (left.isNegative() || left.compareTo(this.pause) > 0) ? Duration.ZERO : left;
	}

	/**
	 * Returns the time until the next call that is not part of single sign-on. These are
	 * made one at a time too, without postponing the probe.
	 */
	private Duration leftForOtherCall(Instant now) {
		Duration left = left(now);
		Duration untilNext = Duration.between(now, this.otherCallAt);
		boolean later = untilNext.compareTo(left) > 0 && untilNext.compareTo(FIRST_PAUSE) <= 0;
		return later ? untilNext : left;
	}

	/**
	 * Returns the outage that affects such calls. While {@code ssoAuthorize} shows that
	 * the application's credential is rejected, only logins stop: what is rejected may be
	 * the permission for single sign-on alone. Calls that are not part of single sign-on
	 * go on while only that fails.
	 */
	private @Nullable Outage outageFor(CallKind kind) {
		boolean affected = (this.outage != Outage.REJECTED || kind.isMadeByApplication())
				&& (kind.isSingleSignOn() || !isSingleSignOnFailing());
		return affected ? this.outage : null;
	}

	private boolean isSingleSignOnFailing() {
		return this.reachable && (this.outage == null || this.outage == Outage.FAILING);
	}

	synchronized void succeeded(CallKind kind, Instant now) {
		// a user's call shows that UltraCart is reachable, which is known then
		if (kind.isSingleSignOn() || !isSingleSignOnFailing()) {
			this.failures = 0;
			this.reachable = false;
			closeIfOver(kind, null, now);
		}
	}

	synchronized void failed(CallKind kind, UltraCartApiException ex, Instant now) {
		UltraCartApiFailure failure = ex.getFailure();
		switch (kind.healthAfter(failure)) {
			case GOOD -> {
				this.failures = 0;
				this.reachable = false;
			}
			case BAD -> {
				this.failures++;
				this.reachable = ex.getStatus() != null;
			}
			case UNKNOWN -> {
				// changes nothing
			}
		}
		Outage shown = Outage.provedBy(kind, failure);
		if (shown == null && this.outage == null && this.failures >= TOLERATED_FAILURES) {
			shown = Outage.FAILING;
		}
		if (shown != null && shown != this.outage) {
			open(shown, kind, ex, now);
		}
		else if (shown != null && kind.isMadeByApplication()) {
			this.shownByApplication = true;
		}
		else {
			closeIfOver(kind, failure, now);
		}
	}

	private void open(Outage cause, CallKind kind, UltraCartApiException ex, Instant now) {
		changed(now);
		this.outage = cause;
		this.shownByApplication = kind.isMadeByApplication();
		this.since = now;
		this.pause = FIRST_PAUSE;
		this.probeAt = now.plus(FIRST_PAUSE);
		LogMessage message = LogMessage.format(
				"%s. Users who are signed in stay signed in. A single call is made now and then, the next one not before"
						+ " %s: %s [request id %s]",
				cause.advice(), this.probeAt, ex.getMessage(), ex.getRequestId());
		if (cause == Outage.FAILING) {
			logger.warn(message);
		}
		else {
			logger.error(message);
		}
	}

	/**
	 * Closes the circuit if the outcome of the call shows that the outage is over.
	 * @param failure how the call failed, or {@code null} if it succeeded
	 */
	private void closeIfOver(CallKind kind, @Nullable UltraCartApiFailure failure, Instant now) {
		Outage current = this.outage;
		if (current == null) {
			return;
		}
		boolean over = (current == Outage.FAILING) ? kind.healthAfter(failure) == CallKind.Health.GOOD
				: canClose(current, kind) && (failure == null || failure == UltraCartApiFailure.INVALID_REQUEST);
		if (over) {
			logger.info(LogMessage.format("UltraCart serves this application again, after %s",
					Duration.between(this.since, now)));
			this.outage = null;
			changed(now);
		}
	}

	/**
	 * Returns whether such a call can show that the outage is over. A revocation cannot
	 * where UltraCart rejects or has disabled the application: an invalid key counts as
	 * revoked. Reading a user can only where that is how the outage has shown.
	 */
	private boolean canClose(Outage current, CallKind kind) {
		if (current == Outage.FAILING) {
			return kind.isSingleSignOn();
		}
		return kind.isMadeByApplication() || (kind == CallKind.SESSION_USER && !this.shownByApplication);
	}

}
