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
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
 * While a call waits for other instances, a more urgent call of the same instance takes
 * its place.
 * <p>
 * A turn that is older than a call may last is that of an instance that has died, and is
 * not waited for. So the clocks of the instances must be synchronized, and may differ by
 * two seconds. An instance whose clock is further ahead may make a call at the same time
 * as another one, to which UltraCart may respond with 429. If its clock is further
 * behind, it waits longer for an instance that has died, but no longer than a call may
 * last from when it has first seen it. While the store is not
 * {@linkplain ResilientLimitStore#isAvailable() available}, each instance goes on by
 * itself.
 *
 * @since 0.1
 */
public final class SharedGate {

	private static final Log logger = LogFactory.getLog(SharedGate.class);

	private static final Duration POLL = Duration.ofMillis(10);

	private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE_OF_CONTENTION = Duration.ofMillis(5);

	/**
	 * How long after a call without a turn a 429 that it has caused may be seen.
	 */
	private static final Duration OVERLAP_SEEN_WITHIN = Duration.ofSeconds(1);

	private static final int MAX_ATTEMPTS = 100;

	private final String instance = UUID.randomUUID().toString();

	private final ResilientLimitStore store;

	private final String name;

	private final Duration lease;

	private final DeadTurns deadTurns;

	private final Clock clock;

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicBoolean unreadable = new AtomicBoolean();

	private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - LOOK_AGAIN_AFTER.toNanos());

	/**
	 * What was last read or written. It spares a call to the store if it is still true.
	 */
	private volatile @Nullable String known;

	/**
	 * Creates a gate.
	 * @param store where the instances share what they know
	 * @param group the name of the instances that share UltraCart's limits: those with
	 * the same credential and the same outgoing address
	 * @param lease how long a call may take. If an instance dies while it makes a call,
	 * the others wait two seconds longer than that at most
	 */
	public SharedGate(ResilientLimitStore store, String group, Duration lease) {
		this(store, group, lease, Clock.systemUTC());
	}

	/**
	 * Creates a gate with a clock of its own, because calls take as long as they do
	 * whatever clock the limits go by.
	 */
	SharedGate(ResilientLimitStore store, String group, Duration lease, Clock clock) {
		Assert.notNull(store, "store cannot be null");
		Assert.hasText(group, "group cannot be empty");
		Assert.notNull(lease, "lease cannot be null");
		this.store = store;
		// the number is that of the format
		this.name = "gate:1:" + group;
		this.lease = lease;
		this.deadTurns = new DeadTurns(this.instance, lease);
		this.clock = clock;
	}

	/**
	 * Adds what is done each time the store works again: it should at least
	 * {@link #leave}, so that a turn that could not be given back does not hold the
	 * others up.
	 */
	void onRecovery(Runnable recovery) {
		this.store.onRecovery(recovery);
	}

	/**
	 * Returns how many calls of this instance wait for those of others.
	 */
	int waiting() {
		return this.waiting.get();
	}

	/**
	 * Returns how many instances make calls without knowing of each other's.
	 * @return one while the store works, otherwise as many as there were in the hour
	 * before
	 */
	int instancesOnTheirOwn() {
		return this.store.isAvailable() ? 1 : this.store.instances();
	}

	/**
	 * Waits for the turn of this instance.
	 * @param maxTurns how many turns there are
	 * @param timeout how long to wait, in nanoseconds
	 * @param place the place of the call among those of this instance
	 * @param reader is told what the instances know
	 * @return the turn, or {@code null} if it has not come in time
	 */
	@Nullable Turn take(int maxTurns, long timeout, Place place, Consumer<GateState> reader) throws InterruptedException {
		long end = System.nanoTime() + timeout;
		Step last = null;
		boolean waits = false;
		boolean leaves = true;
		try {
			while (this.store.isAvailable()) {
				if (waits && !place.keep(end - System.nanoTime())) {
					return null;
				}
				// the time from which others see how old the turn is
				String token = this.deadTurns.newToken(this.clock.instant());
				Step step = tryStep(token, maxTurns, waits, reader);
				if (step == Step.TAKEN) {
					leaves = false;
					return new Turn(token);
				}
				if (step == Step.WAITS && !waits) {
					waits = true;
					this.waiting.incrementAndGet();
				}
				if (isOver(step, last, end) && (step != Step.FAILED || this.store.isAvailable())) {
					leaves = step != Step.FAILED;
					return null;
				}
				last = step;
			}
			leaves = false;
			return Turn.OWN;
		}
		finally {
			// other calls of this instance keep its place
			if ((waits ? this.waiting.decrementAndGet() : this.waiting.get()) == 0 && leaves) {
				leaveQueue();
			}
		}
	}

	private Step tryStep(String token, int maxTurns, boolean waits, Consumer<GateState> reader)
			throws InterruptedException {
		Step step = Step.FAILED;
		try {
			step = step(token, maxTurns, waits, reader);
		}
		catch (RuntimeException ex) {
			this.known = null;
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
		finally {
			if (step != Step.TAKEN) {
				this.deadTurns.release(token);
			}
		}
		return step;
	}

	/**
	 * Sleeps until the next look at the store.
	 * @return {@code true} if the time is up
	 */
	private static boolean isOver(Step step, @Nullable Step last, long end) throws InterruptedException {
		long left = end - System.nanoTime();
		if (left > 0) {
			LockSupport.parkNanos(Math.min(left, pause(step, last)));
		}
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		return left <= 0;
	}

	private static long pause(Step step, @Nullable Step last) {
		if (step != Step.CONTENDED) {
			return POLL.toNanos() + ThreadLocalRandom.current().nextLong(POLL.toNanos());
		}
		// the first time, what was known was out of date
		return (last == null) ? 0 : ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_OF_CONTENTION.toNanos());
	}

	private Step step(String token, int maxTurns, boolean waits, Consumer<GateState> reader) {
		Instant now = this.clock.instant();
		String text = this.known;
		if (waits || text == null) {
			text = this.store.read(this.name);
		}
		GateState state = parse(text);
		this.deadTurns.forget(state, maxTurns, now);
		boolean first = state.waiting().isEmpty() || state.waiting().get(0).equals(this.instance);
		boolean taken = state.turns().size() < maxTurns && first;
		boolean queued = false;
		if (taken) {
			// before it is in the store, where another thread would take it for lost
			this.deadTurns.hold(token);
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
			this.known = null;
			return Step.CONTENDED;
		}
		if (taken) {
			this.store.setInstances(state.instances());
			reader.accept(state);
			return Step.TAKEN;
		}
		return Step.WAITS;
	}

	/**
	 * Looks at what the instances know, at most once in a second.
	 * @param reader is told what they know
	 */
	void look(Consumer<GateState> reader) {
		long last = this.lookedAt.get();
		long now = System.nanoTime();
		boolean due = now - last >= LOOK_AGAIN_AFTER.toNanos();
		if (due && this.store.isAvailable() && this.lookedAt.compareAndSet(last, now)) {
			try {
				reader.accept(parse(this.store.read(this.name)));
			}
			catch (RuntimeException ex) {
				logger.debug("What the other instances know could not be read", ex);
			}
		}
	}

	/**
	 * Tells the other instances that a call is made without a turn.
	 * @return until when, unless it ends before
	 */
	Instant announceOverlap() {
		Instant until = this.clock.instant().plus(this.lease).truncatedTo(ChronoUnit.MILLIS);
		leave(null, (state) -> state.setOverlapUntil(until));
		return until;
	}

	/**
	 * Tells the other instances that a call without a turn has ended. What it has caused
	 * may be seen a moment later.
	 * @param announced what its {@linkplain #announceOverlap announcement} has returned
	 */
	void endOverlap(Instant announced) {
		Instant until = this.clock.instant().plus(OVERLAP_SEEN_WITHIN);
		leave(null, (state) -> {
			if (state.overlapUntil().equals(announced) && until.isBefore(announced)) {
				state.setOverlapUntil(until);
			}
		});
	}

	/**
	 * Looks whether an instance may be making a call without a turn.
	 */
	boolean isOverlapped() {
		try {
			Instant now = this.clock.instant();
			return this.store.isAvailable() && isUnderWay(parse(this.store.read(this.name)).overlapUntil(), now);
		}
		catch (RuntimeException ex) {
			logger.debug("What the other instances know could not be read", ex);
			return false;
		}
	}

	/**
	 * What lies farther ahead than a call may last was written by a clock that is wrong.
	 */
	private boolean isUnderWay(Instant overlapUntil, Instant now) {
		return overlapUntil.isAfter(now) && !overlapUntil.isAfter(now.plus(this.lease).plus(DeadTurns.CLOCK_SKEW));
	}

	/**
	 * Reads a text. One that is damaged is as good as none, because it would stop all
	 * instances for ever.
	 */
	private GateState parse(@Nullable String text) {
		try {
			return GateState.parse(text);
		}
		catch (RuntimeException ex) {
			if (this.unreadable.compareAndSet(false, true)) {
				logger.warn(LogMessage.format("What the instances share under %s cannot be read and is replaced",
						this.name), ex);
			}
			return GateState.parse(null);
		}
	}

	private boolean replace(@Nullable String expected, GateState state) {
		String text = state.format();
		if (!this.store.replace(this.name, expected, text)) {
			return false;
		}
		this.known = text;
		return true;
	}

	private void leaveQueue() {
		// the store does not respond to an interrupted thread
		boolean interrupted = Thread.interrupted();
		try {
			update((state) -> {
				// another call may have come meanwhile
				if (this.waiting.get() == 0) {
					state.waiting().remove(this.instance);
				}
			});
		}
		catch (RuntimeException ex) {
			logger.debug("The queue could not be left; others notice that this instance does not take its turn", ex);
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
	 * Gives a turn back and tells the other instances what they should know. If the store
	 * fails, the turn is given back as soon as it works again.
	 * @param turn the turn, or {@code null} if a call was made without one
	 * @param changes what they should know; may be applied several times, each time to
	 * another copy
	 * @return whether the other instances can know it
	 */
	boolean leave(@Nullable Turn turn, Consumer<GateState> changes) {
		if (turn != null && turn.token() != null) {
			this.deadTurns.release(turn.token());
		}
		if (!this.store.isAvailable()) {
			return false;
		}
		boolean interrupted = Thread.interrupted();
		try {
			update(changes);
			return true;
		}
		catch (RuntimeException ex) {
			logger.debug("The other instances could not be told of a call", ex);
			return false;
		}
		finally {
			restore(interrupted);
		}
	}

	/**
	 * Changes the shared state, and removes the turns that this instance has given back.
	 */
	private void update(Consumer<GateState> changes) {
		String text = this.known;
		if (text == null) {
			text = this.store.read(this.name);
		}
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			GateState state = parse(text);
			this.deadTurns.forgetOwn(state);
			changes.accept(state);
			if (state.format().equals(text) || replace(text, state)) {
				return;
			}
			text = this.store.read(this.name);
		}
		this.known = null;
		throw new IllegalStateException("Other instances change the shared state all the time");
	}

	private enum Step {

		TAKEN, WAITS, CONTENDED, FAILED

	}

	/**
	 * The place of a call among those of its instance.
	 */
	interface Place {

		/**
		 * Lets more urgent calls of the same instance go first.
		 * @param timeout how long to wait for them, in nanoseconds
		 * @return {@code false} if they have not been made in this time
		 */
		boolean keep(long timeout) throws InterruptedException;

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

}
