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

package io.github.ultracartsso.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * Rate limit for starting logins. Each start costs one of the calls that UltraCart allows
 * the merchant per hour, and unauthenticated requests cause it. When the budget is spent,
 * logins fail as {@link UltraCartLoginError#BUSY busy} without a call. Users who are
 * signed in are not affected.
 * <p>
 * So that strangers cannot spend it, half of the budget is reserved for browsers in which
 * a login has been completed before. New browsers can also not cause more than half of
 * the calls that UltraCart allows in an hour and in a day: each start may be followed by
 * a forged code. Of their part, a network has at most half: an IPv4 address, or the first
 * 64 bits of an IPv6 address. A known browser has a part too. A login that is completed
 * gives its place in these parts back, so that many users behind one address can sign in.
 * <p>
 * The limits hold for every period of 60 minutes (a sliding window), and that of the day
 * for 25 hours at most. All filter chains of an application should share one budget.
 *
 * @since 0.1
 */
public final class LoginStartBudget {

	private static final Log logger = LogFactory.getLog(LoginStartBudget.class);

	private static final int DEFAULT_MAX_STARTS_PER_HOUR = 500;

	private static final int DEFAULT_CALLS_PER_HOUR = 1_000;

	private static final int DEFAULT_CALLS_PER_DAY = 10_000;

	/**
	 * How long a start waits for others that are at the store. Then it counts by the
	 * share of this instance.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	/**
	 * The starts of this instance, which are the lock of all that is in memory.
	 */
	private final LoginStarts own;

	private @Nullable SharedLoginStarts shared;

	private Clock clock = Clock.systemUTC();

	private @Nullable Instant warnedAt;

	/**
	 * Creates a budget of 500 starts per hour.
	 */
	public LoginStartBudget() {
		this(DEFAULT_MAX_STARTS_PER_HOUR);
	}

	/**
	 * Creates a budget for an application that may make 1,000 calls in an hour and 10,000
	 * in a day.
	 * @param maxStartsPerHour how many logins can be started within an hour
	 */
	public LoginStartBudget(int maxStartsPerHour) {
		this(maxStartsPerHour, DEFAULT_CALLS_PER_HOUR, DEFAULT_CALLS_PER_DAY);
	}

	/**
	 * Creates a budget.
	 * @param maxStartsPerHour how many logins can be started within an hour. New browsers
	 * have half of it, and each network and each known browser a tenth, that are not
	 * completed, but at least 16. A network has no more than half of the part of new
	 * browsers
	 * @param callsPerHour how many calls UltraCart allows in an hour. New browsers can
	 * start a quarter as many logins and not complete them
	 * @param callsPerDay how many calls UltraCart allows in a day. New browsers can start
	 * a quarter as many logins and not complete them
	 */
	public LoginStartBudget(int maxStartsPerHour, int callsPerHour, int callsPerDay) {
		Assert.isTrue(maxStartsPerHour > 0, "maxStartsPerHour must be positive");
		Assert.isTrue(callsPerHour > 0, "callsPerHour must be positive");
		Assert.isTrue(callsPerDay > 0, "callsPerDay must be positive");
		this.own = new LoginStarts(LoginStarts.Limits.of(maxStartsPerHour, callsPerHour, callsPerDay));
	}

	/**
	 * Sets the clock. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Sets where the instances of an application share the budget. By default each
	 * instance has its own. While the store is not available, each has its share.
	 * @param store the store
	 * @param group the name of the instances that share it
	 */
	public void setLimitStore(ResilientLimitStore store, String group) {
		Assert.notNull(store, "store cannot be null");
		Assert.hasText(group, "group cannot be empty");
		setLimitStore(store, group, PATIENCE);
	}

	void setLimitStore(ResilientLimitStore store, String group, Duration patience) {
		SharedLoginStarts shared = new SharedLoginStarts(store, group, patience, this.own, () -> this.clock.instant());
		this.shared = shared;
		store.onRecovery(shared::tell);
	}

	/**
	 * Returns how long it takes until a browser can start a login, as far as this
	 * instance has seen.
	 * @param browser the browser
	 * @return the remaining time, zero if a login can be started now
	 */
	public Duration untilNextStart(StartingBrowser browser) {
		Instant now = this.clock.instant();
		synchronized (this.own) {
			Instant next = seen(now).nextStart(browser, now);
			return (next != null) ? Duration.between(now, next) : Duration.ZERO;
		}
	}

	/**
	 * Returns how many logins can be started now, as far as this instance has seen.
	 * @param known by browsers in which a login has been completed, or by others
	 * @return the number of logins
	 */
	public int left(boolean known) {
		Instant now = this.clock.instant();
		synchronized (this.own) {
			return seen(now).left(known, now);
		}
	}

	private LoginStarts seen(Instant now) {
		LoginStarts seen = (this.shared != null) ? this.shared.seen() : this.own;
		seen.countAndForgetOld(now);
		return seen;
	}

	/**
	 * Takes a start from the budget.
	 * @param state the state of the login
	 * @param browser the browser that starts it
	 * @return {@code false} if the budget is spent, or the part of it that the browser
	 * may use
	 */
	boolean take(String state, StartingBrowser browser) {
		Instant now = this.clock.instant();
		String digest = StateDigest.of(state);
		return change(SharedLoginStarts.Change.start((starts) -> {
			Instant next = starts.nextStart(browser, now);
			if (next != null) {
				warn(starts, next, now);
			}
			return next == null;
		}, (starts) -> starts.add(now, digest, browser)));
	}

	/**
	 * Gives the place of a login in the parts of its source back, because it is
	 * completed.
	 * @param state the state of the login
	 */
	void complete(String state) {
		String digest = StateDigest.of(state);
		change((starts) -> starts.complete(digest));
	}

	/**
	 * Returns a start to the budget because no call was sent.
	 * @param state the state of the login
	 */
	void giveBack(String state) {
		String digest = StateDigest.of(state);
		change((starts) -> starts.remove(digest));
	}

	private void change(Consumer<LoginStarts> action) {
		change(SharedLoginStarts.Change.of(action));
	}

	private boolean change(SharedLoginStarts.Change change) {
		SharedLoginStarts current = this.shared;
		if (current != null) {
			return current.change(change);
		}
		synchronized (this.own) {
			this.own.countAndForgetOld(this.clock.instant());
			return change.applyTo(this.own);
		}
	}

	/**
	 * Warns at most once an hour. Under a flood of requests the budget is spent again as
	 * soon as a start becomes available.
	 */
	private synchronized void warn(LoginStarts starts, Instant next, Instant now) {
		if (this.warnedAt != null && !LoginStarts.isHourApart(this.warnedAt, now)) {
			return;
		}
		this.warnedAt = now;
		if (starts.isSpent()) {
			logger.warn(LogMessage.format(
					"The start budget is spent, so no login can be started before %s: %d logins have been started"
							+ " within an hour, the maximum that ultracart.sso.login.max-starts-per-hour allows. Each"
							+ " start costs one of the calls that UltraCart allows the merchant. Check whether a robot"
							+ " follows the link to the login; if that many users do sign in, raise the property",
					next, this.own.limits().all()));
		}
		else {
			logger.warn(LogMessage.format(
					"A login is not started, because too many have been started and not completed: by one address, or"
							+ " by browsers in which no login was completed before, %d within an hour and %d within a"
							+ " day (ultracart.sso.login.max-starts-per-hour, ultracart.sso.limits.calls-per-hour,"
							+ " ultracart.sso.limits.calls-per-day). Check whether a robot follows the link to the"
							+ " login. Behind a proxy, the server must know the addresses of clients"
							+ " (server.forward-headers-strategy)",
					starts.startsOfNewBrowsers(), starts.startsOfNewBrowsersInDay(now)));
		}
	}

}
