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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Recognizes turns of instances that have died, by the time at which they were taken and
 * by how long they have been seen, and instances that do not take their turn.
 */
final class DeadTurns {

	/**
	 * How long a free turn is left to the instance that waits for it first.
	 */
	private static final Duration COURTESY = Duration.ofMillis(250);

	/**
	 * How far the clocks of instances may differ without a turn being taken for dead
	 * during the call.
	 */
	static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

	private static final String SEPARATOR = "/";

	private final String instance;

	private final Duration lease;

	/**
	 * Turns that this instance has not given back.
	 */
	private final Set<String> held = ConcurrentHashMap.newKeySet();

	/**
	 * Since when turns of others have been seen.
	 */
	private final Map<String, Long> seen = new HashMap<>();

	private Observation freeTurn = new Observation("", 0);

	DeadTurns(String instance, Duration lease) {
		this.instance = instance;
		this.lease = lease;
	}

	/**
	 * Returns the name of a new turn of this instance, from which others see how old it
	 * is.
	 */
	String newToken(Instant now) {
		return String.join(SEPARATOR, this.instance, Long.toString(now.toEpochMilli()),
				Long.toHexString(ThreadLocalRandom.current().nextLong()));
	}

	void hold(String token) {
		this.held.add(token);
	}

	void release(String token) {
		this.held.remove(token);
	}

	/**
	 * Removes turns that have lasted longer than any call, turns that this instance could
	 * not give back, and an instance that does not take its turn.
	 */
	synchronized void forget(GateState state, int maxTurns, Instant now) {
		long nanos = System.nanoTime();
		this.seen.keySet().retainAll(state.turns());
		state.turns().removeIf((turn) -> isDead(turn, nanos, now));
		boolean free = state.turns().size() < maxTurns && !state.waiting().isEmpty();
		this.freeTurn = this.freeTurn.at(free ? state.waiting().get(0) : "", nanos);
		if (free && this.freeTurn.isOlderThan(COURTESY, nanos) && !state.waiting().get(0).equals(this.instance)) {
			state.waiting().remove(0);
		}
	}

	/**
	 * Removes turns that this instance has given back.
	 */
	void forgetOwn(GateState state) {
		state.turns().removeIf((turn) -> isOwn(turn) && !this.held.contains(turn));
	}

	private boolean isOwn(String turn) {
		return turn.startsWith(this.instance + SEPARATOR);
	}

	private boolean isDead(String turn, long nanos, Instant now) {
		if (isOwn(turn)) {
			return !this.held.contains(turn);
		}
		long since = this.seen.computeIfAbsent(turn, (first) -> nanos);
		String[] parts = turn.split(SEPARATOR, -1);
		boolean old = parts.length == 3 && parts[1].matches("\\d{1,15}")
				&& Instant.ofEpochMilli(Long.parseLong(parts[1])).plus(this.lease).plus(CLOCK_SKEW).isBefore(now);
		return old || nanos - since > this.lease.toNanos();
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
