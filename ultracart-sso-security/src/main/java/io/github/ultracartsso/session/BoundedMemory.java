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

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Map from the ids of logins or sessions to values that one instance of the application
 * remembers for a fixed time, up to a number of entries. The oldest are evicted first.
 * Every operation takes constant time, however many entries there are or have expired.
 * Not part of the API.
 *
 * @param <V> the type of the values
 */
public final class BoundedMemory<V> {

	/**
	 * One would keep the size, two let it shrink.
	 */
	private static final int EVICTIONS_PER_PUT = 2;

	private static final int MAX_SSO_SESSIONS = 10_000;

	private static final Duration SSO_SESSION_TIME_TO_LIVE = Duration.ofDays(1);

	private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();

	/**
	 * In the order in which the entries expire, since all live equally long. It may hold
	 * entries that have been replaced.
	 */
	private final Queue<Entry<V>> oldestFirst = new ArrayDeque<>();

	private final int maxEntries;

	private final long timeToLive;

	private volatile Clock clock = Clock.systemUTC();

	/**
	 * Creates an empty memory.
	 * @param maxEntries the maximum number of entries
	 * @param timeToLive how long an entry is remembered after it was last put
	 */
	public BoundedMemory(int maxEntries, Duration timeToLive) {
		this.maxEntries = maxEntries;
		this.timeToLive = timeToLive.toMillis();
	}

	/**
	 * Returns a memory of what few SSO sessions ever have, such as an end.
	 */
	static <V> BoundedMemory<V> ofSsoSessions() {
		return new BoundedMemory<>(MAX_SSO_SESSIONS, SSO_SESSION_TIME_TO_LIVE);
	}

	/**
	 * Sets the clock. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Returns the value of an id.
	 * @param id the id
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable V get(String id) {
		Entry<V> entry = this.entries.get(id);
		return (entry != null && now() < entry.expiresAt()) ? entry.value() : null;
	}

	/**
	 * Puts a value unless the id has one.
	 * @param id the id
	 * @param value the value
	 * @return {@code true} if the value was put
	 */
	public synchronized boolean putIfAbsent(String id, V value) {
		if (get(id) != null) {
			return false;
		}
		put(id, value);
		return true;
	}

	/**
	 * Returns the value of an id, and puts one if it has none.
	 * @param id the id
	 * @param value returns the value to put
	 * @return the value
	 */
	public synchronized V computeIfAbsent(String id, Supplier<V> value) {
		V current = get(id);
		return (current != null) ? current : put(id, value.get());
	}

	/**
	 * Replaces the value of an id. The new value lives for the full time.
	 * @param id the id
	 * @param change returns the new value, or the same, for the current one, which is
	 * {@code null} if there is none
	 * @return the new value
	 */
	public synchronized V compute(String id, UnaryOperator<@Nullable V> change) {
		V current = get(id);
		V next = change.apply(current);
		if (next == null) {
			throw new IllegalStateException("A memory holds no null");
		}
		return (next == current) ? next : put(id, next);
	}

	private V put(String id, V value) {
		long now = now();
		Entry<V> entry = new Entry<>(id, value, now + this.timeToLive);
		this.entries.put(id, entry);
		this.oldestFirst.add(entry);
		evict(now);
		return value;
	}

	private void evict(long now) {
		for (int i = 0; i < EVICTIONS_PER_PUT; i++) {
			Entry<V> oldest = this.oldestFirst.peek();
			if (oldest == null) {
				return;
			}
			boolean replaced = !oldest.equals(this.entries.get(oldest.id()));
			if (!replaced && this.oldestFirst.size() <= this.maxEntries && now < oldest.expiresAt()) {
				return;
			}
			this.oldestFirst.remove();
			if (!replaced) {
				this.entries.remove(oldest.id());
			}
		}
	}

	private long now() {
		return this.clock.instant().toEpochMilli();
	}

	int size() {
		return this.entries.size();
	}

	/**
	 * An entry. Entries live long enough to be copied by the garbage collector several
	 * times, so each consists of as few objects as possible.
	 *
	 * @param expiresAt in milliseconds since the epoch
	 */
	private record Entry<V>(String id, V value, long expiresAt) {

	}

}
