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
 * is left, calls of the application's own are rejected first, then calls for users, all
 * that can be made later, and starts of logins in new browsers. Logins in browsers in
 * which one was completed before go on until nothing is left. A sign-out is never
 * rejected.
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

	/**
	 * The part of a limit that calls of the application's own leave for users, as a
	 * divisor.
	 */
	private static final int RESERVED_FOR_USERS = 5;

	/**
	 * The part of a limit that is left for logins, as a divisor. Starts in new browsers
	 * leave it too, because anyone can cause them.
	 */
	private static final int RESERVED_FOR_LOGINS = 10;

	/**
	 * The part of a limit that is left for browsers in which a login was completed
	 * before, as a divisor. It is smaller, so that a user of a new browser can complete
	 * what they have started, and calls for users cannot hold up overdue refreshes for
	 * ever.
	 */
	private static final int RESERVED_FOR_KNOWN_BROWSERS = 20;

	/**
	 * The part of a limit that is left for logins that have been started, as a divisor.
	 */
	private static final int RESERVED_FOR_STARTED_LOGINS = 100;

	private final CountedRequests requests = CountedRequests.none();

	/**
	 * Those that the other instances of the application do not know of.
	 */
	private CountedRequests untold = CountedRequests.none();

	/**
	 * How many instances make calls without knowing of each other's.
	 */
	private int instances = 1;

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
		this.requests.add(now);
		this.untold.add(now);
	}

	/**
	 * Takes over what the instances of an application have counted together.
	 */
	synchronized void adopt(GateState state) {
		this.requests.merge(state.requests());
	}

	/**
	 * Returns the requests that the other instances of the application do not know of.
	 */
	synchronized CountedRequests takeUntold() {
		CountedRequests taken = this.untold;
		this.untold = CountedRequests.none();
		return taken;
	}

	/**
	 * Notes that the other instances could not be told of requests.
	 */
	synchronized void keepUntold(CountedRequests requests) {
		this.untold.addAll(requests, 1);
	}

	/**
	 * Tells the other instances of the application of requests. After the store has lost
	 * its contents, it tells them of all others too.
	 */
	synchronized void share(GateState state, CountedRequests requests) {
		CountedRequests known = CountedRequests.none();
		known.addAll(this.requests, 1);
		known.addAll(this.untold, -1);
		known.addAll(requests, -1);
		state.requests().merge(known);
		state.requests().addAll(requests, 1);
	}

	/**
	 * Sets how many instances make calls without knowing of each other's. Each of them
	 * then counts its calls for all of them, so that they keep within the limits if they
	 * make as many, and in any case if each keeps to its share.
	 */
	synchronized void setInstances(int instances) {
		this.instances = instances;
	}

	/**
	 * Returns the requests as far as they are known or assumed.
	 */
	private CountedRequests assumed() {
		if (this.instances == 1) {
			return this.requests;
		}
		CountedRequests assumed = CountedRequests.none();
		assumed.addAll(this.requests, 1);
		assumed.addAll(this.untold, this.instances - 1);
		return assumed;
	}

	/**
	 * Returns how many requests were made in the last hour.
	 */
	synchronized int madeInHour(Instant now) {
		return this.requests.lastHour().count(now);
	}

	/**
	 * Returns how many requests were made in the last day.
	 */
	synchronized int madeInDay(Instant now) {
		return this.requests.lastDay().count(now);
	}

	/**
	 * Returns how many requests are left in this hour.
	 */
	synchronized int leftInHour(Instant now) {
		return Math.max(0, this.callsPerHour - assumed().lastHour().count(now));
	}

	/**
	 * Returns how many requests are left in this day.
	 */
	synchronized int leftInDay(Instant now) {
		return Math.max(0, this.callsPerDay - assumed().lastDay().count(now));
	}

	/**
	 * Returns how long no call of a priority may be made.
	 * @return the time, zero if it may be made now
	 */
	synchronized Duration closedFor(CallPriority priority, Instant now) {
		CountedRequests assumed = assumed();
		Duration hour = assumed.lastHour().untilAtMost(this.callsPerHour - kept(this.callsPerHour, priority) - 1, now);
		Duration day = assumed.lastDay().untilAtMost(this.callsPerDay - kept(this.callsPerDay, priority) - 1, now);
		return (hour.compareTo(day) > 0) ? hour : day;
	}

	private static int kept(int limit, CallPriority priority) {
		return switch (priority) {
			case SIGN_OUT, LOGIN -> 0;
			case KNOWN_START -> limit / RESERVED_FOR_STARTED_LOGINS;
			case NEW_LOGIN, OVERDUE -> limit / RESERVED_FOR_KNOWN_BROWSERS;
			case START, USER, BACKGROUND -> limit / RESERVED_FOR_LOGINS;
			case APPLICATION -> limit / RESERVED_FOR_USERS;
		};
	}

	/**
	 * Warns at most once an hour of rejected calls of the application's own, of those for
	 * users, of logins in new browsers, and of logins.
	 */
	synchronized void warn(CallPriority priority, Duration closed, Instant now) {
		String calls = switch (priority) {
			case SIGN_OUT, LOGIN, KNOWN_START -> "Logins are";
			case NEW_LOGIN, START -> "Logins in new browsers are";
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
					+ " The application's own calls stop first, then calls for users and logins in new browsers, then other logins."
					+ " If UltraCart has agreed to more, set these properties", calls, now.plus(closed),
					madeInHour(now), this.callsPerHour, madeInDay(now), this.callsPerDay));
	}

}
