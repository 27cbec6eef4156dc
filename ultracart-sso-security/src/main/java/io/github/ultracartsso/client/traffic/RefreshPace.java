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
import java.util.ArrayDeque;
import java.util.Deque;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * How often users who are signed in are read again. Each time costs one of the calls that
 * UltraCart allows per hour, so with many users the interval stretches until they need no
 * more than their share. Past a longest interval a user is read in any case.
 *
 * @since 0.1
 */
public final class RefreshPace {

	private static final Log logger = LogFactory.getLog(RefreshPace.class);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration DEFAULT_LONGEST_INTERVAL = Duration.ofHours(4);

	private static final int DEFAULT_MAX_PER_HOUR = 333;

	/**
	 * How soon the interval is changed again.
	 */
	private static final Duration STEP = Duration.ofMinutes(1);

	private static final double STRETCH = 1.2;

	/**
	 * The part of its share that is used before the interval shrinks again.
	 */
	private static final double SLACK = 0.8;

	private final Duration interval;

	private final int maxPerHour;

	private final Duration longestInterval;

	/**
	 * When users were read within the last hour, oldest first.
	 */
	private final Deque<Instant> reads = new ArrayDeque<>();

	private volatile double stretch = 1;

	private Instant changedAt = Instant.EPOCH;

	/**
	 * Creates a pace of 333 times in an hour, and of four hours at the longest.
	 * @param interval how often a user is read again, if there are not too many
	 */
	public RefreshPace(Duration interval) {
		this(interval, DEFAULT_MAX_PER_HOUR, DEFAULT_LONGEST_INTERVAL);
	}

	/**
	 * Creates a pace.
	 * @param interval how often a user is read again, if there are not too many
	 * @param maxPerHour how many times users are read again in an hour
	 * @param longestInterval after which time a user is read again in any case
	 */
	public RefreshPace(Duration interval, int maxPerHour, Duration longestInterval) {
		Assert.notNull(interval, "interval cannot be null");
		Assert.isTrue(maxPerHour > 0, "maxPerHour must be positive");
		Assert.notNull(longestInterval, "longestInterval cannot be null");
		this.interval = interval;
		this.maxPerHour = maxPerHour;
		this.longestInterval = longestInterval;
	}

	/**
	 * Returns how much longer than configured the interval is.
	 * @return the factor, 1 if it is as configured
	 */
	public double stretch() {
		return this.stretch;
	}

	/**
	 * Returns whether a user is not due yet, although they would be with fewer users.
	 * @param readAt when the user was last read
	 * @param now the time
	 * @return {@code true} if the interval has stretched beyond now
	 */
	public boolean isEarly(Instant readAt, Instant now) {
		double current = this.stretch;
		return current > 1 && !now.isBefore(readAt)
				&& now.isBefore(readAt.plusMillis((long) (this.interval.toMillis() * current)));
	}

	/**
	 * Returns whether a user is read again in any case.
	 * @param readAt when the user was last read
	 * @param now the time
	 * @return {@code true} if the longest interval has passed
	 */
	public boolean isOverdue(Instant readAt, Instant now) {
		return this.stretch > 1 && !now.isBefore(readAt.plus(this.longestInterval));
	}

	/**
	 * Takes one of the times that users may be read in an hour.
	 * @param overdue whether the user is read in any case
	 * @param now the time
	 * @return {@code false} if there were enough
	 */
	public synchronized boolean take(boolean overdue, Instant now) {
		while (!this.reads.isEmpty() && Duration.between(this.reads.getFirst(), now).abs().compareTo(HOUR) >= 0) {
			this.reads.removeFirst();
		}
		boolean spent = this.reads.size() >= this.maxPerHour;
		if (Duration.between(this.changedAt, now).abs().compareTo(STEP) >= 0) {
			change(spent, now);
		}
		if (spent && !overdue) {
			return false;
		}
		if (spent) {
			this.reads.removeFirst();
		}
		this.reads.addLast(now);
		return true;
	}

	/**
	 * Gives the last of these times back, because no call was sent.
	 */
	public synchronized void giveBack() {
		this.reads.pollLast();
	}

	private void change(boolean spent, Instant now) {
		double before = this.stretch;
		double changed = before;
		double most = (double) this.longestInterval.toMillis() / Math.max(1, this.interval.toMillis());
		if (spent && before < most) {
			changed = Math.min(before * STRETCH, most);
		}
		else if (this.reads.size() < this.maxPerHour * SLACK) {
			changed = Math.max(1, before / STRETCH);
		}
		if (changed == before) {
			return;
		}
		this.changedAt = now;
		this.stretch = changed;
		if (before == 1) {
			logger.warn(LogMessage
				.format("Users have been read again %d times within an hour, as often as their share of UltraCart's limit"
						+ " allows, so permissions become up to %s old instead of %s. Logins and calls for users are"
						+ " not affected (ultracart.sso.limits.refresh-share, ultracart.sso.session.refresh-interval)",
						this.maxPerHour, this.longestInterval, this.interval));
		}
		else if (changed == 1) {
			logger.info(LogMessage.format("Users are read again every %s, as configured", this.interval));
		}
	}

}
