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

/**
 * Semaphore that gives a permit to the waiting call of the highest priority, and among
 * these to the one that has waited longest.
 */
final class PrioritySemaphore {

	private final ReentrantLock lock = new ReentrantLock();

	private final TreeSet<Waiter> waiters = new TreeSet<>(
			Comparator.<Waiter, CallPriority>comparing((waiter) -> waiter.priority)
				.thenComparing((waiter) -> waiter.number));

	private final Map<CallPriority, Integer> waiting = new EnumMap<>(CallPriority.class);

	private int permits;

	private long numbers;

	PrioritySemaphore(int permits) {
		this.permits = permits;
	}

	/**
	 * Waits for a permit, at most the given time.
	 * @return {@code false} if there was none in this time
	 */
	boolean tryAcquire(CallPriority priority, long nanos) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			// a permit is free only while no call waits
			if (this.permits > 0) {
				this.permits--;
				return true;
			}
			Waiter waiter = new Waiter(priority, this.numbers++, this.lock.newCondition());
			this.waiters.add(waiter);
			this.waiting.merge(priority, 1, Integer::sum);
			try {
				return await(waiter, nanos);
			}
			finally {
				this.waiting.merge(priority, -1, Integer::sum);
				this.waiters.remove(waiter);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean await(Waiter waiter, long nanos) throws InterruptedException {
		long left = nanos;
		try {
			while (!waiter.admitted && left > 0) {
				left = waiter.turn.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			if (waiter.admitted) {
				release();
			}
			throw ex;
		}
		return waiter.admitted;
	}

	/**
	 * Gives a permit to the next call.
	 */
	void release() {
		this.lock.lock();
		try {
			Waiter next = this.waiters.pollFirst();
			if (next != null) {
				next.admitted = true;
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
	 * Returns how many calls wait.
	 */
	int waiting() {
		this.lock.lock();
		try {
			return this.waiters.size();
		}
		finally {
			this.lock.unlock();
		}
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
	 * Returns how many calls wait that go before a new one of a priority.
	 */
	int waitingBefore(CallPriority priority) {
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

	private static final class Waiter {

		private final CallPriority priority;

		private final long number;

		private final Condition turn;

		private boolean admitted;

		private Waiter(CallPriority priority, long number, Condition turn) {
			this.priority = priority;
			this.number = number;
			this.turn = turn;
		}

	}

}
