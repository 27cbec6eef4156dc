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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Concurrency limit, rate limit cool-down and circuit breaker for all calls to UltraCart:
 * <ul>
 * <li>Calls beyond the concurrency limit wait in a bounded queue, ordered by
 * {@link CallPriority}.</li>
 * <li>After UltraCart has responded with 429, no call is made for a while.</li>
 * <li>When little is left of the {@link CallQuota}, the application's own calls are not
 * made, then no calls for users and no starts of logins in new browsers, and when nothing
 * is left, no login.</li>
 * <li>While UltraCart rejects the application's credential, has disabled the application,
 * or has failed several calls in a row, only a probe is made now and then.</li>
 * </ul>
 * Rejected calls fail at once, without a request. Each change of state is logged once,
 * with what the operator can do about it.
 * <p>
 * UltraCart counts calls by application and IP address and allows no concurrent calls
 * (<a href="http://www.ultracart.com/api/rate_limiting.html">API Rate Limiting</a>), so
 * share one gate among all clients of an application.
 *
 * @since 0.1
 */
public final class CallGate {

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

	private final CallAdmission admission = new CallAdmission();

	private final CallStatistics statistics = new CallStatistics();

	private final CallQueue queue;

	private final int maxConcurrentCalls;

	private @Nullable SharedGate sharedGate;

	private @Nullable RefreshPace refreshPace;

	private final AtomicInteger overlapping = new AtomicInteger();

	private final AtomicLong overlaps = new AtomicLong();

	private final ReentrantLock telling = new ReentrantLock();

	/**
	 * Creates a gate.
	 * @param maxConcurrentCalls the concurrency limit
	 * @param queueTimeout how long a call waits in the queue before it is rejected, at
	 * most a day
	 */
	public CallGate(int maxConcurrentCalls, Duration queueTimeout) {
		Assert.isTrue(maxConcurrentCalls > 0, "maxConcurrentCalls must be positive");
		Assert.isTrue(!queueTimeout.isNegative(), "queueTimeout cannot be negative");
		Assert.isTrue(queueTimeout.compareTo(LONGEST_TIMEOUT) <= 0, "queueTimeout cannot exceed a day");
		this.maxConcurrentCalls = maxConcurrentCalls;
		this.queue = new CallQueue(maxConcurrentCalls, queueTimeout);
	}

	/**
	 * Sets the clock that times how long no call is made. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.admission.setClock(clock);
	}

	/**
	 * Returns the clock.
	 * @return the clock, by which times in responses are understood too
	 */
	public Clock clock() {
		return this.admission.clock();
	}

	/**
	 * Sets what shares turns, cool-down, circuit breaker and quota with the other
	 * instances of the application. By default each instance goes by itself.
	 * @param sharedGate the shared gate
	 */
	public void setSharedGate(SharedGate sharedGate) {
		Assert.notNull(sharedGate, "sharedGate cannot be null");
		this.sharedGate = sharedGate;
		this.admission.setInstances(sharedGate::instancesOnTheirOwn);
		sharedGate.onRecovery(() -> Assert.state(tellOthers(null, true), "The other instances could not be told"));
		setInstancesOfPace();
	}

	/**
	 * Sets the pace that counts users together with the other instances of the
	 * application. It has no effect without a {@linkplain #setSharedGate shared gate}.
	 * @param refreshPace the pace
	 */
	public void setRefreshPace(RefreshPace refreshPace) {
		Assert.notNull(refreshPace, "refreshPace cannot be null");
		this.refreshPace = refreshPace;
		setInstancesOfPace();
	}

	private void setInstancesOfPace() {
		if (this.sharedGate != null && this.refreshPace != null) {
			this.refreshPace.setInstances(this.sharedGate::instancesOnTheirOwn);
		}
	}

	/**
	 * Sets how many requests may be made in an hour and in a day. By default there is no
	 * such limit here.
	 * @param quota the quota
	 */
	public void setQuota(CallQuota quota) {
		Assert.notNull(quota, "quota cannot be null");
		this.admission.setQuota(quota);
	}

	/**
	 * Forgets that UltraCart has rejected or failed calls: the next one is made. For
	 * tests with a server in place of UltraCart.
	 */
	public void reset() {
		this.admission.reset();
	}

	/**
	 * Returns how long no login can start because UltraCart is not called.
	 * @return the remaining time, zero if calls are made
	 */
	public Duration closedFor() {
		return this.admission.closedFor();
	}

	/**
	 * Returns how long no login can start in browsers in which none was completed before,
	 * for which calls stop earlier.
	 * @return the remaining time, zero if calls are made
	 */
	public Duration closedForNewBrowsers() {
		return this.admission.closedForNewBrowsers();
	}

	/**
	 * Returns how long no login can start for a reason.
	 * @param reason the reason
	 * @return the remaining time, zero if it is not the reason
	 */
	public Duration closedFor(ClosedReason reason) {
		return this.admission.closedFor(reason);
	}

	/**
	 * Returns the failure with which calls are rejected while no login can start.
	 * @return the failure, or {@code null} if calls are made or the next one is a probe
	 */
	public @Nullable UltraCartApiFailure closedBecauseOf() {
		return this.admission.closedBecauseOf();
	}

	/**
	 * Returns how long no call is made because UltraCart has responded with 429.
	 * @return the remaining time, zero if there is no cool-down
	 */
	public Duration coolDownLeft() {
		return this.admission.closedFor(ClosedReason.COOL_DOWN);
	}

	/**
	 * Returns what calls this instance has made.
	 * @return the statistics, which go on
	 */
	public CallStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Returns how many requests were made in the last hour, by all instances that share
	 * the gate, as far as this one has seen.
	 * @return the number of requests
	 */
	public int madeInHour() {
		return this.admission.quota().madeInHour(clock().instant());
	}

	/**
	 * Returns how many requests were made in the last day, by all instances that share
	 * the gate, as far as this one has seen.
	 * @return the number of requests
	 */
	public int madeInDay() {
		return this.admission.quota().madeInDay(clock().instant());
	}

	/**
	 * Returns how many requests are left in this hour.
	 * @return the number of requests
	 */
	public int leftInHour() {
		return this.admission.quota().leftInHour(clock().instant());
	}

	/**
	 * Returns how many requests are left in this day.
	 * @return the number of requests
	 */
	public int leftInDay() {
		return this.admission.quota().leftInDay(clock().instant());
	}

	/**
	 * Returns how many calls wait in the queue, or for calls of other instances.
	 * @return the number of calls
	 */
	public int waiting() {
		return this.queue.waiting() + ((this.sharedGate != null) ? this.sharedGate.waiting() : 0);
	}

	/**
	 * Throws if the call would be rejected now, before anything else is done for it.
	 * @param call the call
	 * @throws UltraCartApiException if calls are not made, or too many wait already
	 */
	public void check(GatedCall call) {
		counted(call, () -> {
			requireClosed(call);
			this.queue.requirePlace(call);
			return true;
		});
	}

	/**
	 * Makes the call as soon as the concurrency limit allows.
	 * @param <T> the type of the result
	 * @param call the call
	 * @param action makes the call, in one or several {@linkplain #attempt attempts}
	 * @return the result of the call
	 * @throws UltraCartApiException if the call is rejected, or as thrown by the action
	 */
	public <T> T pass(GatedCall call, Supplier<T> action) {
		long begin = System.nanoTime();
		PrioritySemaphore.Place place = counted(call, () -> {
			requireClosed(call);
			return this.queue.enter(call);
		});
		SharedGate.Turn turn = null;
		try {
			turn = takeSharedTurn(place, begin + this.queue.timeout(call).toNanos() - System.nanoTime());
			requireTurn(call, turn);
			this.statistics.countWait(System.nanoTime() - begin);
			return make(call, action);
		}
		catch (InterruptedException ex) {
			throw CallQueue.interrupted(call);
		}
		finally {
			leave(place, turn);
		}
	}

	private void requireClosed(GatedCall call) {
		lookWhileOpen();
		this.admission.check(call);
	}

	private void requireTurn(GatedCall call, SharedGate.@Nullable Turn turn) {
		counted(call, () -> {
			if (turn == null) {
				throw this.queue.timedOut(call);
			}
			this.admission.enter(call);
			return true;
		});
	}

	private <T> T counted(GatedCall call, Supplier<T> admission) {
		try {
			return admission.get();
		}
		catch (UltraCartApiException ex) {
			this.statistics.countRejected(call.kind());
			throw ex;
		}
	}

	/**
	 * Makes the call regardless of cool-down and circuit breaker, and waits in the queue
	 * for half a second at most, because a user waits to sign out.
	 * @param <T> the type of the result
	 * @param call the call, one of single sign-on
	 * @param action makes the call, in one or several {@linkplain #attempt attempts}
	 * @return the result of the call
	 * @throws UltraCartApiException as thrown by the action
	 */
	public <T> T passSoon(GatedCall call, Supplier<T> action) {
		long end = System.nanoTime() + CallQueue.PATIENCE.toNanos();
		PrioritySemaphore.Place place = this.queue.enterSoon();
		if (place != null) {
			SharedGate.Turn turn = null;
			try {
				turn = takeSharedTurnSoon(place, end - System.nanoTime());
				return (turn != null) ? make(call, action) : overlap(call, action);
			}
			finally {
				leave(place, turn);
			}
		}
		try {
			return overlap(call, action);
		}
		finally {
			tellOthers(null, false);
		}
	}

	private <T> T overlap(GatedCall call, Supplier<T> action) {
		SharedGate shared = this.sharedGate;
		Instant announced = (shared != null) ? shared.announceOverlap() : null;
		this.overlaps.incrementAndGet();
		this.overlapping.incrementAndGet();
		try {
			return make(call, action);
		}
		finally {
			this.overlapping.decrementAndGet();
			if (shared != null && announced != null) {
				shared.endOverlap(announced);
			}
		}
	}

	private SharedGate.@Nullable Turn takeSharedTurnSoon(PrioritySemaphore.Place place, long timeout) {
		try {
			return takeSharedTurn(place, timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private SharedGate.@Nullable Turn takeSharedTurn(PrioritySemaphore.Place place, long timeout)
			throws InterruptedException {
		if (this.sharedGate == null) {
			return SharedGate.Turn.OWN;
		}
		return this.sharedGate.take(this.maxConcurrentCalls, timeout, (left) -> this.queue.giveWay(place, left),
				this.admission::adopt);
	}

	/**
	 * Finds out whether another instance has closed the circuit, which rejects calls
	 * before they come to their turn.
	 */
	private void lookWhileOpen() {
		if (this.sharedGate != null && this.admission.isOpenAsTold()) {
			this.sharedGate.look(this.admission::adopt);
		}
	}

	private void leave(PrioritySemaphore.Place place, SharedGate.@Nullable Turn turn) {
		try {
			tellOthers(turn, turn != null && turn.token() != null);
		}
		finally {
			// with the wait for the other instances, because calls in the queue wait for
			// it too
			if (place.hasPermit()) {
				this.queue.served(place.age());
				this.queue.leave(place);
			}
		}
	}

	/**
	 * Tells the other instances what this one knows.
	 * @param turn the turn to give back, or {@code null} if there is none
	 * @param withCircuit whether to tell of the circuit too. An instance without a turn
	 * may not know what others have told before
	 * @return whether they can know it
	 */
	private boolean tellOthers(SharedGate.@Nullable Turn turn, boolean withCircuit) {
		if (this.sharedGate == null) {
			return false;
		}
		// what is being told is neither told twice nor taken for known
		this.telling.lock();
		try {
			CountedRequests requests = this.admission.takeUntold();
			RefreshPace pace = this.refreshPace;
			SlidingWindow refreshes = (pace != null) ? pace.takeUntold() : null;
			boolean told = this.sharedGate.leave(turn, (state) -> {
				this.admission.share(state, requests, withCircuit);
				if (pace != null && refreshes != null) {
					pace.share(state, refreshes);
				}
			});
			this.admission.told(told, requests, withCircuit);
			if (!told && pace != null && refreshes != null) {
				pace.keepUntold(refreshes);
			}
			return told;
		}
		finally {
			this.telling.unlock();
		}
	}

	/**
	 * Makes one request of a call that has passed this gate.
	 * @param <T> the type of the result
	 * @param kind the kind of the request
	 * @param request makes the request
	 * @return the result of the request
	 * @throws UltraCartApiException as thrown by the request
	 */
	public <T> T attempt(CallKind kind, Supplier<T> request) {
		this.admission.countRequest();
		long overlapsBefore = this.overlaps.get();
		boolean overlapped = this.overlapping.get() > 0;
		try {
			T result = request.get();
			this.statistics.count(kind, null);
			this.admission.requestMade(null, () -> false);
			return result;
		}
		catch (UltraCartApiException ex) {
			this.statistics.count(kind, ex.getFailure());
			this.admission.requestMade(ex, () -> overlapped || this.overlaps.get() != overlapsBefore
					|| (this.sharedGate != null && this.sharedGate.isOverlapped()));
			throw ex;
		}
	}

	private <T> T make(GatedCall call, Supplier<T> action) {
		try {
			T result = action.get();
			this.admission.callMade(call.kind(), null);
			return result;
		}
		catch (UltraCartApiException ex) {
			this.admission.callMade(call.kind(), ex);
			throw ex;
		}
	}

	/**
	 * Why a gate rejects calls.
	 */
	public enum ClosedReason {

		/**
		 * UltraCart has responded with 429.
		 */
		COOL_DOWN,

		/**
		 * UltraCart rejects the application's credential, has disabled the application,
		 * or has failed several calls in a row.
		 */
		CIRCUIT,

		/**
		 * Too little is left of the calls that UltraCart allows in an hour or a day.
		 */
		QUOTA

	}

}
