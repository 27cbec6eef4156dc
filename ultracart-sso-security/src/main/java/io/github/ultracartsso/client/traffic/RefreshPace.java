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
import java.util.function.IntSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * How often users who are signed in are read again. Each time costs one of the calls that
 * UltraCart allows per hour, so the interval stretches with the number of users, until
 * they need no more than their share. Past a longest interval users are read before calls
 * for users are made, with up to twice the share. The instances of an application that
 * share a {@link SharedGate} count their users, and how often these are read, together.
 *
 * @since 0.1
 */
public final class RefreshPace {

	private static final Log logger = LogFactory.getLog(RefreshPace.class);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration DEFAULT_LONGEST_INTERVAL = Duration.ofHours(4);

	private static final int DEFAULT_MAX_PER_HOUR = 333;

	/**
	 * The part of their share that users need at most before it is said that the interval
	 * is as configured again.
	 */
	private static final double RELIEF = 0.9;

	/**
	 * How many times the share may be used for users who are read in any case. All of
	 * them may be due at once, as after an outage.
	 */
	private static final int OVERDUE_FACTOR = 2;

	private static final int FEW_USERS = 10;

	private final Duration interval;

	private final int maxPerHour;

	private final Duration longestInterval;

	private final SessionCount sessions;

	private SlidingWindow reads = new SlidingWindow(HOUR);

	/**
	 * Those that the other instances of the application do not know of.
	 */
	private SlidingWindow untold = new SlidingWindow(HOUR);

	private volatile double stretch = 1;

	private int users;

	private boolean warned;

	private IntSupplier instances = () -> 1;

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
		// with more users than these the interval is the longest
		this.sessions = new SessionCount(interval, maxPerHour * hours(longestInterval));
	}

	private static double hours(Duration duration) {
		return (double) duration.toMillis() / HOUR.toMillis();
	}

	/**
	 * Returns how much longer than configured the interval is.
	 * @return the factor, 1 if it is as configured
	 */
	public double stretch() {
		return this.stretch;
	}

	/**
	 * Counts a user who would be due as configured, and returns whether they are not due
	 * yet.
	 * @param sessionId what distinguishes the user's session from others
	 * @param readAt when the user was last read
	 * @param now the time
	 * @return {@code true} if the interval has stretched beyond now
	 */
	public boolean isEarly(String sessionId, Instant readAt, Instant now) {
		double current = count(sessionId, now);
		return current > 1 && !now.isBefore(readAt)
				&& now.isBefore(readAt.plusMillis((long) (this.interval.toMillis() * current))) && !isPlentyLeft(now);
	}

	/**
	 * Returns whether there is no need to space the reads. A few users with a short
	 * interval are read as often as configured until half of the share is spent.
	 */
	private synchronized boolean isPlentyLeft(Instant now) {
		return this.users <= FEW_USERS && made(now) < this.maxPerHour / 2;
	}

	private synchronized double count(String sessionId, Instant now) {
		if (!this.interval.isZero()) {
			this.sessions.add(sessionId, now);
			stretchFor(this.sessions.estimate(now));
		}
		return this.stretch;
	}

	/**
	 * Returns whether a user is read again in any case.
	 * @param readAt when the user was last read
	 * @param postponed whether there were too many calls when the user was due, as
	 * distinct from a user who made no request
	 * @param now the time
	 * @return {@code true} if the longest interval has passed
	 */
	public boolean isOverdue(Instant readAt, boolean postponed, Instant now) {
		return (postponed || this.stretch > 1) && !now.isBefore(readAt.plus(this.longestInterval));
	}

	/**
	 * Takes one of the times that users may be read in an hour.
	 * @param overdue whether the user is read in any case
	 * @param now the time
	 * @return {@code false} if there were enough
	 */
	public synchronized boolean take(boolean overdue, Instant now) {
		if (made(now) >= (overdue ? this.maxPerHour * OVERDUE_FACTOR : this.maxPerHour)) {
			return false;
		}
		this.reads.add(now);
		this.untold.add(now);
		return true;
	}

	/**
	 * Returns how often users were read in the last hour. Of instances that do not know
	 * of each other's reads, each assumes that the others have made as many.
	 */
	private int made(Instant now) {
		return this.reads.count(now) + this.untold.count(now) * (this.instances.getAsInt() - 1);
	}

	/**
	 * Gives the last of these times back, because no call was sent.
	 */
	public synchronized void giveBack() {
		if (this.untold.removeLast()) {
			this.reads.removeLast();
		}
	}

	/**
	 * Sets how many instances read users without knowing of each other's reads.
	 */
	synchronized void setInstances(IntSupplier instances) {
		this.instances = instances;
	}

	/**
	 * Returns the reads that the other instances of the application do not know of.
	 */
	synchronized SlidingWindow takeUntold() {
		SlidingWindow taken = this.untold;
		this.untold = new SlidingWindow(HOUR);
		return taken;
	}

	/**
	 * Notes that the other instances could not be told of reads.
	 */
	synchronized void keepUntold(SlidingWindow reads) {
		this.untold.addAll(reads, 1);
	}

	/**
	 * Counts users, and how often they are read, together with the other instances of the
	 * application.
	 * @param reads the reads that the others do not know of
	 */
	synchronized void share(GateState state, SlidingWindow reads) {
		this.sessions.merge(state.sessions());
		state.setSessions(this.sessions.format());
		SlidingWindow all = state.refreshes();
		all.addAll(reads, 1);
		// what was told before is lost if the store has lost its contents
		this.reads.addAll(this.untold, -1);
		all.merge(this.reads);
		this.reads = all.copy();
		this.reads.addAll(this.untold, 1);
	}

	private void stretchFor(int users) {
		this.users = users;
		double perHour = users / hours(this.interval);
		double most = Math.max(1, hours(this.longestInterval) / hours(this.interval));
		double load = perHour / this.maxPerHour;
		this.stretch = Math.max(1, Math.min(load, most));
		if (load > 1 && !this.warned) {
			this.warned = true;
			logger.warn(LogMessage.format(
					"To read %d users again every %s would take %d calls in an hour. Their share of UltraCart's limit is"
							+ " %d, so the more users there are, the older permissions become, up to %s. Logins and"
							+ " calls for users are not affected (ultracart.sso.limits.refresh-share,"
							+ " ultracart.sso.session.refresh-interval). The meter ultracart.sso.refresh.stretch shows"
							+ " how much older",
					users, this.interval, Math.round(perHour), this.maxPerHour, this.longestInterval));
		}
		else if (load < RELIEF && this.warned) {
			this.warned = false;
			logger.info(LogMessage.format("Users are read again every %s, as configured", this.interval));
		}
	}

}
