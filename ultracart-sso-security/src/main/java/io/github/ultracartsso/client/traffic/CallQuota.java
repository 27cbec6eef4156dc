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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * The number of requests that UltraCart allows in an hour and in a day. When little of it
 * is left, calls of the application's own are rejected first, then calls for users and
 * all that can be made later, so that logins go on until nothing is left. A sign-out is
 * never rejected.
 * <p>
 * UltraCart allows 1,000 requests in an hour and 10,000 in a day, unless agreed otherwise
 * (<a href="http://www.ultracart.com/api/rate_limiting.html">API Rate Limiting</a>). A
 * minute of the hour, and 24 minutes of the day, are counted together, so a request may
 * be counted that much longer.
 *
 * @since 0.1
 */
public final class CallQuota {

	private static final Log logger = LogFactory.getLog(CallQuota.class);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration DAY = Duration.ofDays(1);

	/**
	 * The part of a limit that calls of the application's own leave for users, as a
	 * divisor.
	 */
	private static final int RESERVED_FOR_USERS = 5;

	/**
	 * The part of a limit that is left for single sign-on, as a divisor.
	 */
	private static final int RESERVED_FOR_LOGINS = 10;

	/**
	 * The part of a limit that is left for logins that have been started, as a divisor.
	 */
	private static final int RESERVED_FOR_STARTED_LOGINS = 100;

	private final SlidingWindow lastHour = new SlidingWindow(HOUR);

	private final SlidingWindow lastDay = new SlidingWindow(DAY);

	private final int callsPerHour;

	private final int callsPerDay;

	private final Map<String, Instant> warnedAt = new HashMap<>();

	/**
	 * Creates a quota.
	 * @param callsPerHour how many requests may be made in an hour
	 * @param callsPerDay how many requests may be made in a day
	 */
	public CallQuota(int callsPerHour, int callsPerDay) {
		Assert.isTrue(callsPerHour > 0, "callsPerHour must be positive");
		Assert.isTrue(callsPerDay > 0, "callsPerDay must be positive");
		this.callsPerHour = callsPerHour;
		this.callsPerDay = callsPerDay;
	}

	/**
	 * Counts a request.
	 */
	synchronized void count(Instant now) {
		this.lastHour.add(now);
		this.lastDay.add(now);
	}

	/**
	 * Takes over what the instances of an application have counted together.
	 */
	synchronized void adopt(GateState state) {
		this.lastHour.merge(state.lastHour());
		this.lastDay.merge(state.lastDay());
	}

	/**
	 * Tells the other instances of an application.
	 */
	synchronized void share(GateState state) {
		state.lastHour().merge(this.lastHour);
		state.lastDay().merge(this.lastDay);
	}

	/**
	 * Returns how many requests are left in this hour.
	 */
	synchronized int leftInHour(Instant now) {
		return Math.max(0, this.callsPerHour - this.lastHour.count(now));
	}

	/**
	 * Returns how many requests are left in this day.
	 */
	synchronized int leftInDay(Instant now) {
		return Math.max(0, this.callsPerDay - this.lastDay.count(now));
	}

	/**
	 * Returns how long no call of a priority may be made.
	 * @return the time, zero if it may be made now
	 */
	synchronized Duration closedFor(CallPriority priority, Instant now) {
		Duration hour = this.lastHour.untilAtMost(this.callsPerHour - kept(this.callsPerHour, priority) - 1, now);
		Duration day = this.lastDay.untilAtMost(this.callsPerDay - kept(this.callsPerDay, priority) - 1, now);
		return (hour.compareTo(day) > 0) ? hour : day;
	}

	private static int kept(int limit, CallPriority priority) {
		return switch (priority) {
			case SIGN_OUT, LOGIN -> 0;
			case START -> limit / RESERVED_FOR_STARTED_LOGINS;
			case OVERDUE, USER, BACKGROUND -> limit / RESERVED_FOR_LOGINS;
			case APPLICATION -> limit / RESERVED_FOR_USERS;
		};
	}

	/**
	 * Warns at most once an hour of rejected calls of the application's own, of those for
	 * users, and of logins.
	 */
	synchronized void warn(CallPriority priority, Duration closed, Instant now) {
		String calls = switch (priority) {
			case SIGN_OUT, LOGIN, START -> "Logins are";
			case OVERDUE, USER, BACKGROUND -> "Calls for users are";
			case APPLICATION -> "Calls of the application's own are";
		};
		Instant warnedBefore = this.warnedAt.get(calls);
		if (warnedBefore != null && Duration.between(warnedBefore, now).abs().compareTo(HOUR) < 0) {
			return;
		}
		this.warnedAt.put(calls, now);
		logger.warn(LogMessage
			.format("%s rejected before %s: %d requests have been made to UltraCart in the last hour of %d, and %d in the"
					+ " last day of %d (ultracart.sso.limits.calls-per-hour, ultracart.sso.limits.calls-per-day)."
					+ " The application's own calls stop first, then calls for users, then logins. If UltraCart has agreed to more, set these properties",
					calls, now.plus(closed), this.lastHour.count(now), this.callsPerHour, this.lastDay.count(now),
					this.callsPerDay));
	}

}
