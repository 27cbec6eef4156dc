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
import java.util.Base64;
import java.util.BitSet;

/**
 * Estimates how many different sessions there have been within a period, in constant
 * space and within a few percent (linear counting). Each session sets one of 2048 bits;
 * how many are not set tells how many sessions there were. Several instances count
 * together by combining their bits. Not safe for use by several threads.
 */
final class SessionCount {

	private static final int BITS = 2048;

	private final long periodMillis;

	/**
	 * One session in so many is counted, for all of them.
	 */
	private final int sampling;

	private final BitSet bits = new BitSet(BITS);

	private long period = Long.MIN_VALUE;

	private int before;

	/**
	 * Creates a count.
	 * @param period the period
	 * @param most how many sessions have to be told from fewer
	 */
	SessionCount(Duration period, double most) {
		this.periodMillis = Math.max(1, period.toMillis());
		this.sampling = (int) Math.max(1, Math.min(most / BITS, Integer.MAX_VALUE));
	}

	/**
	 * Counts a session, unless it has been counted in this period.
	 */
	void add(String id, Instant now) {
		moveTo(Math.floorDiv(now.toEpochMilli(), this.periodMillis));
		int hash = spread(id.hashCode());
		if (hash % this.sampling == 0) {
			this.bits.set(hash / this.sampling % BITS);
		}
	}

	/**
	 * Returns how many sessions there are: in the last period, or in this one if there
	 * have been more already.
	 */
	int estimate(Instant now) {
		moveTo(Math.floorDiv(now.toEpochMilli(), this.periodMillis));
		return Math.max(this.before, current());
	}

	private int current() {
		int free = Math.max(1, BITS - this.bits.cardinality());
		return (int) Math.round(-BITS * Math.log((double) free / BITS) * this.sampling);
	}

	/**
	 * Combines this count with what {@link #format} of another instance has written.
	 */
	void merge(String text) {
		String[] parts = text.split(" ", -1);
		if (parts.length != 3) {
			return;
		}
		long theirs = Long.parseLong(parts[0]);
		if (theirs > this.period) {
			moveTo(theirs);
		}
		if (theirs == this.period) {
			this.bits.or(BitSet.valueOf(Base64.getDecoder().decode(parts[2])));
			this.before = Math.max(this.before, Integer.parseInt(parts[1]));
		}
	}

	String format() {
		return (this.period == Long.MIN_VALUE) ? ""
				: this.period + " " + this.before + " " + Base64.getEncoder().encodeToString(this.bits.toByteArray());
	}

	/**
	 * Begins a period. If the clock is set back a little, the latest period goes on.
	 */
	private void moveTo(long next) {
		if (next == this.period || next == this.period - 1) {
			return;
		}
		this.before = (this.period != Long.MIN_VALUE && next == this.period + 1) ? current() : 0;
		this.bits.clear();
		this.period = next;
	}

	/**
	 * Mixes the bits of a hash code, and returns a number that is not negative.
	 */
	private static int spread(int hash) {
		int mixed = hash * 0x9E3779B9;
		mixed = (mixed ^ (mixed >>> 15)) * 0x85EBCA6B;
		return (mixed ^ (mixed >>> 13)) & Integer.MAX_VALUE;
	}

}
