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
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

import org.springframework.util.StringUtils;

/**
 * Counts events within the last hour or day in constant space. A sixtieth of the window
 * is counted as a whole, and for as long as any of it is within the window. Not safe for
 * use by several threads. Not part of the API.
 */
public final class SlidingWindow {

	private static final int PARTS = 60;

	private final long partMillis;

	/**
	 * Counts of the parts of the window, found by the number of the part since the epoch.
	 */
	private final int[] counts = new int[PARTS + 1];

	private long lastPart = Long.MIN_VALUE;

	private int sum;

	/**
	 * Creates a window.
	 * @param window its length
	 */
	public SlidingWindow(Duration window) {
		this.partMillis = window.toMillis() / PARTS;
	}

	/**
	 * Reads what {@link #format} has written.
	 * @param length the length of the window
	 * @param text the text
	 * @return the window
	 */
	public static SlidingWindow parse(Duration length, String text) {
		SlidingWindow window = new SlidingWindow(length);
		for (String part : StringUtils.tokenizeToStringArray(text, " ")) {
			int separator = part.indexOf(':');
			int count = Integer.parseInt(part, separator + 1, part.length(), 10);
			long number = Long.parseLong(part, 0, separator, 10);
			window.counts[index(number)] = count;
			window.sum += count;
			window.lastPart = number;
		}
		return window;
	}

	SlidingWindow copy() {
		SlidingWindow copy = new SlidingWindow(Duration.ofMillis(this.partMillis * PARTS));
		copy.merge(this);
		return copy;
	}

	/**
	 * Writes the parts in which there was an event, oldest first.
	 * @return the text, empty if there was none
	 */
	public String format() {
		StringBuilder text = new StringBuilder();
		for (long part = this.lastPart - PARTS; part <= this.lastPart && this.sum > 0; part++) {
			int count = this.counts[index(part)];
			if (count > 0) {
				text.append(part).append(':').append(count).append(' ');
			}
		}
		return text.toString();
	}

	/**
	 * Takes over the events of another window. Where this one knows of more, as after a
	 * store has lost its contents, the greater count holds.
	 * @param other the other window, of the same length
	 */
	public void merge(SlidingWindow other) {
		combine(other, Math::max);
	}

	/**
	 * Adds the events of another window, each of them several times.
	 * @param other the other window, of the same length
	 * @param times how many times
	 */
	public void addAll(SlidingWindow other, int times) {
		combine(other, (ours, theirs) -> ours + times * theirs);
	}

	private void combine(SlidingWindow other, IntBinaryOperator operator) {
		if (other.lastPart > this.lastPart) {
			moveToPart(other.lastPart);
		}
		for (long part = this.lastPart - PARTS; this.lastPart != Long.MIN_VALUE && part <= this.lastPart; part++) {
			int ours = this.counts[index(part)];
			int theirs = (part >= other.lastPart - PARTS && part <= other.lastPart) ? other.counts[index(part)] : 0;
			int combined = operator.applyAsInt(ours, theirs);
			this.counts[index(part)] = combined;
			this.sum += combined - ours;
		}
	}

	private void moveToPart(long part) {
		moveTo(Instant.ofEpochMilli(part * this.partMillis));
	}

	/**
	 * Counts an event.
	 * @param now when it happens
	 */
	public void add(Instant now) {
		moveTo(now);
		this.counts[index(this.lastPart)]++;
		this.sum++;
	}

	/**
	 * Removes the latest event.
	 * @return {@code false} if there is none
	 */
	boolean removeLast() {
		for (long part = this.lastPart; this.sum > 0 && part >= this.lastPart - PARTS; part--) {
			if (this.counts[index(part)] > 0) {
				this.counts[index(part)]--;
				this.sum--;
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns how many events there were.
	 * @param now when the window ends
	 * @return the number of events
	 */
	public int count(Instant now) {
		moveTo(now);
		return this.sum;
	}

	/**
	 * Returns how long it takes until there are no more than this many events, if none is
	 * added.
	 * @param events the number of events
	 * @param now when the window ends
	 * @return the time, zero if there are no more
	 */
	public Duration untilAtMost(int events, Instant now) {
		moveTo(now);
		int left = this.sum;
		long part = this.lastPart - PARTS;
		while (left > events && part <= this.lastPart) {
			left -= this.counts[index(part)];
			part++;
		}
		long end = (part + PARTS) * this.partMillis;
		return (this.sum <= events) ? Duration.ZERO : Duration.ofMillis(Math.max(1, end - now.toEpochMilli()));
	}

	/**
	 * Forgets what has left the window, and everything if the clock was set back by more
	 * than the window. Instances whose clocks differ a little count into the latest part.
	 */
	private void moveTo(Instant now) {
		long part = Math.floorDiv(now.toEpochMilli(), this.partMillis);
		if (part <= this.lastPart && part >= this.lastPart - PARTS) {
			return;
		}
		if (part < this.lastPart || part - this.lastPart > PARTS || this.lastPart == Long.MIN_VALUE) {
			Arrays.fill(this.counts, 0);
			this.sum = 0;
		}
		else {
			for (long passed = this.lastPart + 1; passed <= part; passed++) {
				this.sum -= this.counts[index(passed)];
				this.counts[index(passed)] = 0;
			}
		}
		this.lastPart = part;
	}

	private static int index(long part) {
		return (int) Math.floorMod(part, (long) PARTS + 1);
	}

}
