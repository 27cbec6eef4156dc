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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.ultracartsso.client.traffic.ResilientLimitStore;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * The starts of logins that the instances of an application share in a store. While the
 * store fails, an instance has its share of the limits for its own starts, and tells the
 * others of them when the store works again. While another thread waits for the store for
 * long, a start is not held up either. Guarded by the lock of the starts of this
 * instance, which is never held during a call to the store.
 */
final class SharedLoginStarts {

	private static final Log logger = LogFactory.getLog(SharedLoginStarts.class);

	/**
	 * How long those whose part is spent are rejected without a look at the store. Under
	 * a flood of requests it spares a look for each of them.
	 */
	private static final Duration A_MOMENT = Duration.ofSeconds(1);

	private final ResilientLimitStore store;

	private final String name;

	private final LoginStarts.Limits limits;

	/**
	 * How long a change waits for those of other threads, and is tried again after those
	 * of other instances.
	 */
	private final Duration patience;

	/**
	 * Threads that start logins together take turns at the store, so that they do not
	 * spoil each other's changes.
	 */
	private final Lock turn = new ReentrantLock();

	/**
	 * The starts of this instance.
	 */
	private final LoginStarts own;

	private final InstantSource time;

	/**
	 * Changes that the others do not know of, other than starts: they may be of logins
	 * that another instance has started, hence they cannot be rebuilt from {@link #own}.
	 */
	private final Deque<Change> untold = new ArrayDeque<>();

	private boolean unreadable;

	private @Nullable LoginStarts seen;

	private Instant seenAt = Instant.EPOCH;

	SharedLoginStarts(ResilientLimitStore store, String group, Duration patience, LoginStarts own, InstantSource time) {
		this.store = store;
		// the number is that of the format
		this.name = "starts:1:" + group;
		this.limits = own.limits();
		this.patience = patience;
		this.own = own;
		this.time = time;
	}

	/**
	 * Returns the starts as last seen, without a look at the store.
	 */
	LoginStarts seen() {
		return (this.seen != null && this.store.isAvailable()) ? this.seen : this.own;
	}

	/**
	 * Changes the starts.
	 * @return whether the change is permitted
	 */
	boolean change(Change change) {
		if (isSeenToBeRejected(change)) {
			return false;
		}
		if (this.store.isAvailable()) {
			try {
				return changeInTurn(change);
			}
			catch (RuntimeException ex) {
				logger.debug("The start budget could not be shared with the other instances", ex);
			}
		}
		synchronized (this.own) {
			this.own.countAndForgetOld(this.time.instant());
			this.own.setInstances(this.store.instances());
			boolean changed = change.applyTo(this.own);
			if (!change.isStart()) {
				keepUntold(change);
			}
			return changed;
		}
	}

	/**
	 * Tells the other instances what they do not know of.
	 * @throws RuntimeException if that fails
	 */
	void tell() {
		changeInTurn(Change.of((starts) -> {
		}));
	}

	private boolean isSeenToBeRejected(Change change) {
		Instant now = this.time.instant();
		synchronized (this.own) {
			LoginStarts starts = seen();
			starts.countAndForgetOld(now);
			return Duration.between(this.seenAt, now).abs().compareTo(A_MOMENT) < 0 && !change.permitted.test(starts);
		}
	}

	/**
	 * Changes the starts in the store. Those who have waited may see what the one before
	 * them has read.
	 */
	private boolean changeInTurn(Change change) {
		Assert.state(takeTurn(), "Other threads change the start budget all the time");
		try {
			return !isSeenToBeRejected(change) && changeStored(change);
		}
		finally {
			this.turn.unlock();
		}
	}

	private boolean takeTurn() {
		try {
			return this.turn.tryLock(this.patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void keepUntold(Change change) {
		if (this.untold.size() >= this.limits.all()) {
			this.untold.removeFirst();
		}
		this.untold.addLast(change);
	}

	private boolean changeStored(Change change) {
		long begin = System.nanoTime();
		do {
			String text = this.store.read(this.name);
			Draft draft = draft(text, change);
			String changedText = draft.starts.format();
			if (changedText.equals((text != null) ? text : "") || this.store.replace(this.name, text, changedText)) {
				told(draft, change);
				return draft.changed;
			}
		}
		while (System.nanoTime() - begin < this.patience.toNanos());
		throw new IllegalStateException("Other instances change the start budget all the time");
	}

	/**
	 * Adds what this instance knows of and the store does not. The store may have lost
	 * its contents, and another instance may have written since.
	 */
	private Draft draft(@Nullable String text, Change change) {
		Instant now = this.time.instant();
		synchronized (this.own) {
			this.own.forgetOld(now);
			LoginStarts stored = parse(text);
			stored.countAndForgetOld(now);
			LoginStarts starts = stored.mergedWith(this.own, now);
			List<Change> earlier = List.copyOf(this.untold);
			earlier.forEach((each) -> each.applyTo(starts));
			return new Draft(starts, earlier, change.applyTo(starts));
		}
	}

	private void told(Draft draft, Change change) {
		synchronized (this.own) {
			for (Change earlier : draft.earlier) {
				if (earlier.equals(this.untold.peekFirst())) {
					this.untold.removeFirst();
				}
			}
			this.seen = draft.starts;
			this.seenAt = this.time.instant();
			this.own.follow(draft.starts);
			if (draft.changed) {
				change.action.accept(this.own);
			}
		}
	}

	/**
	 * Reads a text. One that is damaged is as good as none, because it would stop all
	 * instances for ever.
	 */
	private LoginStarts parse(@Nullable String text) {
		try {
			return LoginStarts.parse(this.limits, text);
		}
		catch (RuntimeException ex) {
			if (!this.unreadable) {
				this.unreadable = true;
				logger.warn(LogMessage.format("The logins that were started cannot be read from %s and are replaced",
						this.name), ex);
			}
			return new LoginStarts(this.limits);
		}
	}

	/**
	 * A change of starts, which can be applied to several copies.
	 *
	 * @param isStart whether it adds a start
	 * @param permitted whether the starts permit it
	 * @param action changes the starts
	 */
	record Change(boolean isStart, Predicate<LoginStarts> permitted, Consumer<LoginStarts> action) {

		/**
		 * Adds a start, if that is permitted.
		 */
		static Change start(Predicate<LoginStarts> permitted, Consumer<LoginStarts> action) {
			return new Change(true, permitted, action);
		}

		/**
		 * Changes what has been started, which is always permitted.
		 */
		static Change of(Consumer<LoginStarts> action) {
			return new Change(false, (starts) -> true, action);
		}

		/**
		 * Changes the starts, if that is permitted.
		 * @return whether it is
		 */
		boolean applyTo(LoginStarts starts) {
			boolean permits = this.permitted.test(starts);
			if (permits) {
				this.action.accept(starts);
			}
			return permits;
		}

	}

	/**
	 * The starts as they are to be stored.
	 *
	 * @param earlier the changes that the store did not know of
	 * @param changed whether the change was permitted
	 */
	private record Draft(LoginStarts starts, List<Change> earlier, boolean changed) {
	}

}
