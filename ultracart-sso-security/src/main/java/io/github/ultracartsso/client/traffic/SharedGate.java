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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * Lets the instances of an application that share a {@link LimitStore} make one call at a
 * time together. Instances that wait are served in the order in which they came.
 * <p>
 * An instance that has died while it had the turn, or while it waited, is recognized by
 * how long others have seen that without a change. The clocks of the instances should not
 * differ by more than a minute, because requests are counted by them. Calls wait for two
 * seconds for a store that cannot be reached; then each instance goes on by itself.
 *
 * @since 0.1
 */
public final class SharedGate {

	private static final Log logger = LogFactory.getLog(SharedGate.class);

	/**
	 * How long a free turn is left to the instance that waits for it first.
	 */
	private static final Duration COURTESY = Duration.ofMillis(250);

	private static final Duration POLL = Duration.ofMillis(10);

	/**
	 * How far the clocks of instances may differ. It only delays when a turn is taken for
	 * dead that this instance has not seen before.
	 */
	private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

	private static final int MAX_ATTEMPTS = 100;

	private static final String SEPARATOR = "/";

	private static final Duration RETRY_STORE_AFTER = Duration.ofSeconds(5);

	/**
	 * How long calls wait for a store that is restarted. Instances that go on by
	 * themselves make calls at the same time, which UltraCart rejects.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final String instance = UUID.randomUUID().toString();

	private final LimitStore store;

	private final String name;

	private final Duration lease;

	private final Duration retryStoreAfter;

	private final Duration patience;

	/**
	 * What was last read or written. It spares a call to the store if it is still true.
	 */
	private volatile @Nullable String known;

	/**
	 * Since when the store has failed, or {@code null} if it works.
	 */
	private volatile @Nullable Long failingSince;

	private volatile long lastTriedAt;

	/**
	 * Whether this instance goes on by itself.
	 */
	private volatile boolean alone;

	private volatile int instances = 1;

	/**
	 * Turns that this instance has not given back.
	 */
	private final Set<String> held = ConcurrentHashMap.newKeySet();

	/**
	 * Since when turns of others have been seen.
	 */
	private final Map<String, Long> seen = new HashMap<>();

	private Observation freeTurn = new Observation("", 0);

	/**
	 * Creates a gate.
	 * @param store where the instances share what they know
	 * @param group the name of the instances that share UltraCart's limits: those with
	 * the same credential and the same outgoing address
	 * @param lease how long a call may take. If an instance dies while it makes a call,
	 * the others wait no longer than that
	 */
	public SharedGate(LimitStore store, String group, Duration lease) {
		this(store, group, lease, RETRY_STORE_AFTER, PATIENCE);
	}

	SharedGate(LimitStore store, String group, Duration lease, Duration retryStoreAfter, Duration patience) {
		Assert.notNull(store, "store cannot be null");
		Assert.hasText(group, "group cannot be empty");
		Assert.notNull(lease, "lease cannot be null");
		this.store = store;
		this.name = "gate:" + group;
		this.lease = lease;
		this.retryStoreAfter = retryStoreAfter;
		this.patience = patience;
	}

	/**
	 * Returns how many instances make calls without knowing of each other's.
	 * @return one while the store works, otherwise as many as there were in the hour
	 * before
	 */
	int instancesOnTheirOwn() {
		return this.alone ? this.instances : 1;
	}

	/**
	 * Waits for the turn of this instance.
	 * @param maxTurns how many turns there are
	 * @param timeout how long to wait, in nanoseconds
	 * @param clock tells the time
	 * @param reader is told what the instances know
	 * @return the turn, or {@code null} if it has not come in time
	 */
	@Nullable Turn take(int maxTurns, long timeout, Clock clock, Consumer<GateState> reader) throws InterruptedException {
		long end = System.nanoTime() + timeout;
		boolean waits = false;
		while (isStoreTried()) {
			// the time from which others see how old the turn is
			String token = newToken(clock.instant());
			try {
				Step step = step(token, maxTurns, waits, clock.instant(), reader);
				if (step == Step.TAKEN) {
					storeAnswers();
					return new Turn(token);
				}
				waits |= step == Step.WAITS;
				if ((step == Step.WAITS) ? isOver(end) : System.nanoTime() - end > 0) {
					leaveQueue();
					return null;
				}
			}
			catch (InterruptedException ex) {
				leaveQueue();
				throw ex;
			}
			catch (RuntimeException ex) {
				this.held.remove(token);
				if (Thread.interrupted()) {
					leaveQueue();
					throw new InterruptedException();
				}
				if (storeFails(ex) || isOver(end)) {
					break;
				}
			}
		}
		return Turn.OWN;
	}

	private String newToken(Instant now) {
		return String.join(SEPARATOR, this.instance, Long.toString(now.toEpochMilli()),
				Long.toHexString(ThreadLocalRandom.current().nextLong()));
	}

	/**
	 * Sleeps until the next look at the store.
	 * @return {@code true} if the time is up
	 */
	private static boolean isOver(long end) throws InterruptedException {
		long left = end - System.nanoTime();
		if (left > 0) {
			long pause = POLL.toNanos() + ThreadLocalRandom.current().nextLong(POLL.toNanos());
			LockSupport.parkNanos(Math.min(left, pause));
		}
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		return left <= 0;
	}

	private Step step(String token, int maxTurns, boolean waits, Instant now, Consumer<GateState> reader) {
		String text = this.known;
		if (waits || text == null) {
			text = this.store.read(this.name);
		}
		GateState state = GateState.parse(text);
		forgetDead(state, now);
		boolean first = state.waiting().isEmpty() || state.waiting().get(0).equals(this.instance);
		boolean taken = state.turns().size() < maxTurns && first;
		boolean queued = false;
		if (taken) {
			// before it is in the store, where another thread would take it for lost
			this.held.add(token);
			state.turns().add(token);
			state.waiting().remove(this.instance);
			state.noteInstance(this.instance, now);
		}
		else if (!state.waiting().contains(this.instance)) {
			state.waiting().add(this.instance);
			queued = true;
		}
		if ((taken || queued || !state.format().equals(text)) && !replace(text, state)) {
			// another instance was faster
			this.held.remove(token);
			this.known = null;
			return Step.CONTENDED;
		}
		if (taken) {
			this.instances = state.instances();
			reader.accept(state);
			return Step.TAKEN;
		}
		return Step.WAITS;
	}

	private boolean replace(@Nullable String expected, GateState state) {
		String text = state.format();
		if (!this.store.replace(this.name, expected, text)) {
			return false;
		}
		this.known = text;
		return true;
	}

	/**
	 * Removes turns that have lasted longer than any call, turns that this instance could
	 * not give back, and an instance that does not take its turn.
	 */
	private synchronized void forgetDead(GateState state, Instant now) {
		long nanos = System.nanoTime();
		this.seen.keySet().retainAll(state.turns());
		state.turns().removeIf((turn) -> isDead(turn, nanos, now));
		boolean free = state.turns().isEmpty() && !state.waiting().isEmpty();
		this.freeTurn = this.freeTurn.at(free ? state.waiting().get(0) : "", nanos);
		if (free && this.freeTurn.isOlderThan(COURTESY, nanos) && !state.waiting().get(0).equals(this.instance)) {
			state.waiting().remove(0);
		}
	}

	private boolean isDead(String turn, long nanos, Instant now) {
		String[] parts = turn.split(SEPARATOR, -1);
		if (parts[0].equals(this.instance)) {
			return !this.held.contains(turn);
		}
		long since = this.seen.computeIfAbsent(turn, (first) -> nanos);
		boolean old = parts.length > 1
				&& Instant.ofEpochMilli(Long.parseLong(parts[1])).plus(this.lease).plus(CLOCK_SKEW).isBefore(now);
		return old || nanos - since > this.lease.toNanos();
	}

	private void leaveQueue() {
		// a client of a store may fail on an interrupted thread
		boolean interrupted = Thread.interrupted();
		try {
			update((state) -> state.waiting().remove(this.instance));
		}
		catch (RuntimeException ex) {
			storeFails(ex);
		}
		finally {
			restore(interrupted);
		}
	}

	private static void restore(boolean interrupted) {
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Gives a turn back and tells the other instances what they should know.
	 * @param turn the turn, or {@code null} if a call was made without one
	 * @param changes what they should know; may be applied several times, each time to
	 * another copy
	 * @return whether the other instances can know it
	 */
	boolean leave(@Nullable Turn turn, Consumer<GateState> changes) {
		if (turn != null && turn.token() != null) {
			this.held.remove(turn.token());
		}
		if (!isStoreTried()) {
			return false;
		}
		boolean interrupted = Thread.interrupted();
		try {
			update((state) -> {
				if (turn != null && turn.token() != null) {
					state.turns().remove(turn.token());
				}
				changes.accept(state);
			});
			storeAnswers();
			return true;
		}
		catch (RuntimeException ex) {
			storeFails(ex);
			return false;
		}
		finally {
			restore(interrupted);
		}
	}

	private void update(Consumer<GateState> changes) {
		String text = this.known;
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			GateState state = GateState.parse(text);
			changes.accept(state);
			if (state.format().equals(text) || replace(text, state)) {
				return;
			}
			text = this.store.read(this.name);
		}
		throw new IllegalStateException("Other instances change the shared state all the time");
	}

	private boolean isStoreTried() {
		return !this.alone || System.nanoTime() - this.lastTriedAt >= this.retryStoreAfter.toNanos();
	}

	/**
	 * Notes that the store has failed.
	 * @return whether this instance goes on by itself
	 */
	private synchronized boolean storeFails(RuntimeException ex) {
		long now = System.nanoTime();
		this.known = null;
		this.lastTriedAt = now;
		Long since = this.failingSince;
		if (since == null) {
			since = now;
			this.failingSince = since;
		}
		if (!this.alone && now - since >= this.patience.toNanos()) {
			this.alone = true;
			logger.warn(LogMessage.format(
					"The limits of UltraCart's API are not shared with the other instances, because"
							+ " their store does not work. This instance goes on by itself and tries again every %s",
					this.retryStoreAfter), ex);
		}
		return this.alone;
	}

	private synchronized void storeAnswers() {
		this.failingSince = null;
		if (this.alone) {
			this.alone = false;
			logger.info("The limits of UltraCart's API are shared with the other instances again");
		}
	}

	private enum Step {

		TAKEN, WAITS, CONTENDED

	}

	/**
	 * The right to make a call.
	 *
	 * @param token what it is known by in the store, or {@code null} if the store cannot
	 * be reached
	 */
	record Turn(@Nullable String token) {

		/**
		 * The right to make a call without asking the other instances.
		 */
		static final Turn OWN = new Turn(null);

	}

	/**
	 * Since when something has been seen without a change.
	 */
	private record Observation(String value, long since) {

		Observation at(String current, long now) {
			return this.value.equals(current) ? this : new Observation(current, now);
		}

		boolean isOlderThan(Duration time, long now) {
			return now - this.since > time.toNanos();
		}

	}

}
