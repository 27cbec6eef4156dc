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

import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Semaphore that gives a permit to the waiting call of the highest priority, and among
 * these to the one that has waited longest. A call that has a permit but cannot use it
 * yet can give way to a more urgent one.
 */
final class PrioritySemaphore {

	private final ReentrantLock lock = new ReentrantLock();

	private final TreeSet<Place> waiters = new TreeSet<>(
			Comparator.<Place, CallPriority>comparing((place) -> place.priority)
				.thenComparing((place) -> place.number));

	/**
	 * How many calls wait that have not had a permit yet.
	 */
	private final Map<CallPriority, Integer> waiting = new EnumMap<>(CallPriority.class);

	private int permits;

	private long numbers;

	PrioritySemaphore(int permits) {
		this.permits = permits;
	}

	/**
	 * Waits for a permit, at most the given time.
	 * @return the place of the call, or {@code null} if there was no permit in this time
	 */
	@Nullable Place tryAcquire(CallPriority priority, long nanos) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			Place place = new Place(priority, this.numbers++, this.lock.newCondition());
			// a permit is free only while no call waits
			if (this.permits > 0) {
				this.permits--;
				place.admit();
				return place;
			}
			this.waiting.merge(priority, 1, Integer::sum);
			try {
				return await(place, nanos) ? place : null;
			}
			finally {
				this.waiting.merge(priority, -1, Integer::sum);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives the permit of a call to one of a higher priority, if one waits, and waits for
	 * another permit. The call keeps its place among those of its priority.
	 * @return whether the call has a permit
	 */
	boolean giveWay(Place place, long nanos) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			if (this.waiters.isEmpty() || this.waiters.first().priority.compareTo(place.priority) >= 0) {
				return true;
			}
			release(place);
			return await(place, nanos);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean await(Place place, long nanos) throws InterruptedException {
		this.waiters.add(place);
		long left = nanos;
		try {
			while (!place.admitted && left > 0) {
				left = place.turn.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			release(place);
			throw ex;
		}
		finally {
			this.waiters.remove(place);
		}
		return place.admitted;
	}

	/**
	 * Gives the permit of a call, if it has one, to the next call.
	 */
	void release(Place place) {
		this.lock.lock();
		try {
			if (!place.admitted) {
				return;
			}
			place.admitted = false;
			Place next = this.waiters.pollFirst();
			if (next != null) {
				next.admit();
				next.turn.signal();
			}
			else {
				this.permits++;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns how many calls wait that have not had a permit yet.
	 */
	int waiting() {
		return waitingUpTo(CallPriority.BACKGROUND);
	}

	/**
	 * Returns how many calls of a priority wait.
	 */
	int waiting(CallPriority priority) {
		this.lock.lock();
		try {
			return this.waiting.getOrDefault(priority, 0);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns how many calls of a priority or a higher one wait, which go before a new
	 * one.
	 */
	int waitingUpTo(CallPriority priority) {
		this.lock.lock();
		try {
			return EnumSet.range(CallPriority.SIGN_OUT, priority)
				.stream()
				.mapToInt((before) -> this.waiting.getOrDefault(before, 0))
				.sum();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The place of a call among others. Its permit belongs to one thread.
	 */
	static final class Place {

		private final CallPriority priority;

		private final long number;

		private final Condition turn;

		private boolean admitted;

		private long admittedAt;

		private Place(CallPriority priority, long number, Condition turn) {
			this.priority = priority;
			this.number = number;
			this.turn = turn;
		}

		private void admit() {
			this.admitted = true;
			this.admittedAt = System.nanoTime();
		}

		/**
		 * Returns whether the call has a permit, as it may have lost it when it gave way.
		 */
		boolean hasPermit() {
			return this.admitted;
		}

		/**
		 * Returns how long the call has had its permit, in nanoseconds.
		 */
		long age() {
			return System.nanoTime() - this.admittedAt;
		}

	}

}
