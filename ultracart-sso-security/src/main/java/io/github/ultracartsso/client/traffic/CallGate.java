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
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
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
 * made, then no calls for users, and when nothing is left, no login.</li>
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

	private volatile CoolDown coolDown = new CoolDown();

	private volatile CircuitBreaker circuitBreaker = new CircuitBreaker();

	private final RequestCounter requests = new RequestCounter();

	private final LongAdder waitedCalls = new LongAdder();

	private final LongAdder waitedNanos = new LongAdder();

	private final AtomicInteger overlapping = new AtomicInteger();

	private final AtomicLong overlaps = new AtomicLong();

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

	private final CallQueue queue;

	private final int maxConcurrentCalls;

	private @Nullable SharedGate sharedGate;

	private @Nullable RefreshPace refreshPace;

	private CallQuota quota = new CallQuota(Integer.MAX_VALUE, Integer.MAX_VALUE);

	private Clock clock = Clock.systemUTC();

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
		this.clock = clock;
	}

	/**
	 * Returns the clock.
	 * @return the clock, by which times in responses are understood too
	 */
	public Clock clock() {
		return this.clock;
	}

	/**
	 * Sets what shares turns, cool-down, circuit breaker and quota with the other
	 * instances of the application. By default each instance goes by itself.
	 * @param sharedGate the shared gate
	 */
	public void setSharedGate(SharedGate sharedGate) {
		Assert.notNull(sharedGate, "sharedGate cannot be null");
		this.sharedGate = sharedGate;
	}

	/**
	 * Sets the pace that counts users together with the other instances of the
	 * application. It has no effect without a {@linkplain #setSharedGate shared gate}.
	 * @param refreshPace the pace
	 */
	public void setRefreshPace(RefreshPace refreshPace) {
		Assert.notNull(refreshPace, "refreshPace cannot be null");
		this.refreshPace = refreshPace;
	}

	/**
	 * Sets how many requests may be made in an hour and in a day. By default there is no
	 * such limit here.
	 * @param quota the quota
	 */
	public void setQuota(CallQuota quota) {
		Assert.notNull(quota, "quota cannot be null");
		this.quota = quota;
	}

	/**
	 * Forgets that UltraCart has rejected or failed calls: the next one is made. For
	 * tests with a server in place of UltraCart.
	 */
	public void reset() {
		this.coolDown = new CoolDown();
		this.circuitBreaker = new CircuitBreaker();
	}

	/**
	 * Returns how long no login can start because UltraCart is not called.
	 * @return the remaining time, zero if calls are made
	 */
	public Duration closedFor() {
		return Arrays.stream(ClosedReason.values()).map(this::closedFor).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/**
	 * Returns how long no login can start for a reason.
	 * @param reason the reason
	 * @return the remaining time, zero if it is not the reason
	 */
	public Duration closedFor(ClosedReason reason) {
		Instant now = this.clock.instant();
		return switch (reason) {
			case COOL_DOWN -> this.coolDown.left(now);
			case CIRCUIT -> this.circuitBreaker.openFor(now);
			case QUOTA -> quota().closedFor(CallPriority.START, now);
		};
	}

	/**
	 * Returns the quota as this instance may use it now.
	 */
	private CallQuota quota() {
		if (this.sharedGate != null) {
			this.quota.setInstances(this.sharedGate.instancesOnTheirOwn());
		}
		return this.quota;
	}

	/**
	 * Returns the failure with which calls are rejected while no login can start.
	 * @return the failure, or {@code null} if calls are made or the next one is a probe
	 */
	public @Nullable UltraCartApiFailure closedBecauseOf() {
		Instant now = this.clock.instant();
		UltraCartApiFailure failure = this.circuitBreaker.openBecauseOf(now);
		boolean limited = !this.coolDown.left(now).isZero() || !quota().closedFor(CallPriority.START, now).isZero();
		return (failure == null && limited) ? UltraCartApiFailure.RATE_LIMITED : failure;
	}

	/**
	 * Returns how long no call is made because UltraCart has responded with 429.
	 * @return the remaining time, zero if there is no cool-down
	 */
	public Duration coolDownLeft() {
		return this.coolDown.left(this.clock.instant());
	}

	/**
	 * Returns how many requests have been made to UltraCart through this gate, retries
	 * and requests for access tokens included. The number only grows.
	 * @return the number of requests since the gate was created
	 */
	public long calls() {
		return this.requests.sum();
	}

	/**
	 * Returns how many of these requests were of a kind and had an outcome.
	 * @param kind the kind of the call
	 * @param failure how the requests failed, or {@code null} for those that succeeded
	 * @return the number of requests since the gate was created
	 */
	public long calls(CallKind kind, @Nullable UltraCartApiFailure failure) {
		return this.requests.sum(kind, failure);
	}

	/**
	 * Returns how many calls of a kind were rejected by this gate, so that no request was
	 * made.
	 * @param kind the kind of the call
	 * @return the number of calls since the gate was created
	 */
	public long rejectedCalls(CallKind kind) {
		return this.requests.rejected(kind);
	}

	/**
	 * Returns how many requests were made in the last hour, by all instances that share
	 * the gate, as far as this one has seen.
	 * @return the number of requests
	 */
	public int madeInHour() {
		return this.quota.madeInHour(this.clock.instant());
	}

	/**
	 * Returns how many requests were made in the last day, by all instances that share
	 * the gate, as far as this one has seen.
	 * @return the number of requests
	 */
	public int madeInDay() {
		return this.quota.madeInDay(this.clock.instant());
	}

	/**
	 * Returns how many requests are left in this hour.
	 * @return the number of requests
	 */
	public int leftInHour() {
		return quota().leftInHour(this.clock.instant());
	}

	/**
	 * Returns how many requests are left in this day.
	 * @return the number of requests
	 */
	public int leftInDay() {
		return quota().leftInDay(this.clock.instant());
	}

	/**
	 * Returns how many calls wait in the queue.
	 * @return the number of calls
	 */
	public int waiting() {
		return this.queue.waiting();
	}

	/**
	 * Returns how many calls have waited and been made since the gate was created. The
	 * number only grows.
	 * @return the number of calls, those that did not have to wait included
	 */
	public long waitedCalls() {
		return this.waitedCalls.sum();
	}

	/**
	 * Returns how long these calls have waited together.
	 * @return the time
	 */
	public Duration waitedTime() {
		return Duration.ofNanos(this.waitedNanos.sum());
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
		long waited = counted(call, () -> {
			requireClosed(call);
			return this.queue.enter(call);
		});
		long entered = System.nanoTime();
		SharedGate.Turn turn = null;
		try {
			turn = takeSharedTurn(this.queue.timeout(call).toNanos() - waited);
			requireTurn(call, turn);
			this.waitedCalls.increment();
			this.waitedNanos.add(System.nanoTime() - begin);
			return make(call, action);
		}
		catch (InterruptedException ex) {
			throw CallQueue.interrupted(call);
		}
		finally {
			leave(turn, entered);
		}
	}

	private void requireClosed(GatedCall call) {
		lookWhileOpen();
		this.circuitBreaker.check(call, requireOpen(call));
	}

	private void requireTurn(GatedCall call, SharedGate.@Nullable Turn turn) {
		counted(call, () -> {
			if (turn == null) {
				throw this.queue.timedOut(call);
			}
			this.circuitBreaker.enter(call, requireOpen(call));
			return true;
		});
	}

	private <T> T counted(GatedCall call, Supplier<T> admission) {
		try {
			return admission.get();
		}
		catch (UltraCartApiException ex) {
			this.requests.countRejected(call.kind());
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
		if (this.queue.enterSoon()) {
			long entered = System.nanoTime();
			SharedGate.Turn turn = null;
			try {
				turn = takeSharedTurnSoon(end - System.nanoTime());
				return (turn != null) ? make(call, action) : overlap(call, action);
			}
			finally {
				leave(turn, entered);
			}
		}
		try {
			return overlap(call, action);
		}
		finally {
			tellOthers(null);
		}
	}

	private <T> T overlap(GatedCall call, Supplier<T> action) {
		this.overlaps.incrementAndGet();
		this.overlapping.incrementAndGet();
		try {
			return make(call, action);
		}
		finally {
			this.overlapping.decrementAndGet();
		}
	}

	private SharedGate.@Nullable Turn takeSharedTurnSoon(long timeout) {
		try {
			return takeSharedTurn(timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private SharedGate.@Nullable Turn takeSharedTurn(long timeout) throws InterruptedException {
		if (this.sharedGate == null) {
			return SharedGate.Turn.OWN;
		}
		return this.sharedGate.take(this.maxConcurrentCalls, timeout, this.clock, this::adopt);
	}

	private void adopt(GateState state) {
		this.coolDown.adopt(state, this.clock.instant());
		this.circuitBreaker.adopt(state);
		this.quota.adopt(state);
	}

	/**
	 * Finds out whether another instance has closed the circuit, which rejects calls
	 * before they come to their turn.
	 */
	private void lookWhileOpen() {
		if (this.sharedGate != null && !this.circuitBreaker.openFor(this.clock.instant()).isZero()
				&& !this.circuitBreaker.hasUntold()) {
			this.sharedGate.look(this::adopt);
		}
	}

	private void leave(SharedGate.@Nullable Turn turn, long entered) {
		try {
			tellOthers(turn);
		}
		finally {
			// with the wait for the other instances, because calls in the queue wait for
			// it too
			this.queue.served(System.nanoTime() - entered);
			this.queue.leave();
		}
	}

	private void tellOthers(SharedGate.@Nullable Turn turn) {
		if (this.sharedGate == null) {
			return;
		}
		CountedRequests requests = this.quota.takeUntold();
		Instant now = this.clock.instant();
		boolean told = this.sharedGate.leave(turn, (state) -> {
			this.quota.share(state, requests);
			this.coolDown.share(state, now);
			if (turn != null && turn.token() != null) {
				this.circuitBreaker.share(state);
			}
			if (this.refreshPace != null) {
				this.refreshPace.share(state);
			}
			this.quota.adopt(state);
		});
		if (told && turn != null && turn.token() != null) {
			this.circuitBreaker.told();
		}
		else if (!told) {
			this.quota.keepUntold(requests);
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
		this.quota.count(this.clock.instant());
		long overlapsBefore = this.overlaps.get();
		boolean overlapped = this.overlapping.get() > 0;
		try {
			T result = request.get();
			this.requests.count(kind, null);
			this.coolDown.end(this.clock.instant());
			return result;
		}
		catch (UltraCartApiException ex) {
			this.requests.count(kind, ex.getFailure());
			if (ex.getFailure() == UltraCartApiFailure.RATE_LIMITED) {
				beginCoolDown(ex, overlapped || this.overlaps.get() != overlapsBefore);
			}
			else if (ex.getStatus() != null) {
				this.coolDown.end(this.clock.instant());
			}
			throw ex;
		}
	}

	/**
	 * Begins a cool-down, unless the 429 has no {@code Retry-After} and is explained by a
	 * sign-out that did not wait in the queue.
	 */
	private void beginCoolDown(UltraCartApiException ex, boolean overlapped) {
		if (ex.getRetryAfter() != null || !overlapped) {
			this.coolDown.begin(ex, this.clock.instant());
		}
	}

	private <T> T make(GatedCall call, Supplier<T> action) {
		try {
			T result = action.get();
			this.circuitBreaker.succeeded(call.kind(), this.clock.instant());
			return result;
		}
		catch (UltraCartApiException ex) {
			this.circuitBreaker.failed(call.kind(), ex, this.clock.instant());
			throw ex;
		}
	}

	private Instant requireOpen(GatedCall call) {
		Instant now = this.clock.instant();
		Duration left = this.coolDown.left(now);
		if (!left.isZero()) {
			throw rejected(UltraCartApiFailure.RATE_LIMITED, call,
					"is not called before " + now.plus(left) + ", because UltraCart has had too many calls", left);
		}
		Duration spent = quota().closedFor(call.priority(), now);
		if (!spent.isZero()) {
			this.quota.warn(call.priority(), spent, now);
			throw rejected(UltraCartApiFailure.RATE_LIMITED, call,
					"is not called before " + now.plus(spent)
							+ ", because too little is left of the calls that UltraCart allows in an hour or a day",
					spent);
		}
		return now;
	}

	static UltraCartApiException rejected(UltraCartApiFailure failure, GatedCall call, String message,
			Duration retryAfter) {
		String name = call.callName();
		return UltraCartApiException.withFailure(failure, name + " " + message)
			.call(name)
			.retryAfter(retryAfter)
			.notSent()
			.build();
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
