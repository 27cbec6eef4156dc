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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
 * a login has been completed before. Of the other half, a network has only a part: an
 * IPv4 address, or the first 64 bits of an IPv6 address. A known browser has such a part
 * too. A login that is completed gives its place in these parts back, so that many users
 * behind one address can sign in.
 * <p>
 * The limits hold for every period of 60 minutes (a sliding window). All filter chains of
 * an application should share one budget.
 *
 * @since 0.1
 */
public final class LoginStartBudget {

	private static final Log logger = LogFactory.getLog(LoginStartBudget.class);

	private static final int DEFAULT_MAX_STARTS_PER_HOUR = 500;

	/**
	 * How long those whose part is spent are rejected without a look at the store. Under
	 * a flood of requests it spares a look for each of them.
	 */
	private static final Duration A_MOMENT = Duration.ofSeconds(1);

	private final int maxStartsPerHour;

	/**
	 * The starts of this instance.
	 */
	private final LoginStarts own;

	/**
	 * Guards the starts. Threads that start logins together take turns, so that they do
	 * not spoil each other's changes of the store.
	 */
	private final Lock lock = new ReentrantLock();

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
	 * Creates a budget.
	 * @param maxStartsPerHour how many logins can be started within an hour. New browsers
	 * have half of it, and each network and each known browser a tenth, that are not
	 * completed, but at least 16
	 */
	public LoginStartBudget(int maxStartsPerHour) {
		Assert.isTrue(maxStartsPerHour > 0, "maxStartsPerHour must be positive");
		this.maxStartsPerHour = maxStartsPerHour;
		this.own = new LoginStarts(maxStartsPerHour);
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
		this.shared = new SharedLoginStarts(store, group, this.maxStartsPerHour, this.own);
		store.onRecovery(() -> change((starts) -> false));
	}

	/**
	 * Returns how long it takes until a browser can start a login, as far as this
	 * instance has seen.
	 * @param browser the browser
	 * @return the remaining time, zero if a login can be started now
	 */
	public Duration untilNextStart(StartingBrowser browser) {
		Instant now = this.clock.instant();
		return locked(() -> {
			Instant next = seen(now).nextStart(browser);
			return (next != null) ? Duration.between(now, next) : Duration.ZERO;
		});
	}

	/**
	 * Returns how many logins can be started now, as far as this instance has seen.
	 * @param known by browsers in which a login has been completed, or by others
	 * @return the number of logins
	 */
	public int left(boolean known) {
		Instant now = this.clock.instant();
		return locked(() -> seen(now).left(known));
	}

	private LoginStarts seen(Instant now) {
		LoginStarts seen = (this.shared != null) ? this.shared.seen() : this.own;
		seen.forgetOld(now);
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
		return change((starts) -> {
			Instant next = starts.nextStart(browser);
			if (next != null) {
				warn(starts, next, now);
				return false;
			}
			starts.add(now, digest, browser);
			return true;
		}, (starts) -> starts.nextStart(browser) != null);
	}

	/**
	 * Gives the place of a login in the parts of its source back, because it is
	 * completed.
	 * @param state the state of the login
	 */
	void complete(String state) {
		String digest = StateDigest.of(state);
		change((starts) -> {
			starts.complete(digest);
			return true;
		});
	}

	/**
	 * Returns a start to the budget because no call was sent.
	 * @param state the state of the login
	 */
	void giveBack(String state) {
		String digest = StateDigest.of(state);
		change((starts) -> {
			starts.remove(digest);
			return true;
		});
	}

	private void change(SharedLoginStarts.Change change) {
		change(change, null);
	}

	/**
	 * Changes the starts.
	 * @param change the change, applied to each copy; returns whether there was something
	 * to change
	 * @param futile whether the change, a start, would be rejected, or {@code null} if it
	 * is no start
	 */
	private boolean change(SharedLoginStarts.Change change, @Nullable Predicate<LoginStarts> futile) {
		Instant now = this.clock.instant();
		return locked(() -> {
			SharedLoginStarts current = this.shared;
			if (current == null) {
				this.own.forgetOld(now);
				return change.applyTo(this.own);
			}
			LoginStarts seen = seen(now);
			boolean repeated = futile != null && current.isSeenWithin(A_MOMENT, now) && futile.test(seen);
			return repeated ? change.applyTo(seen) : current.change(change, futile != null, now);
		});
	}

	private <T> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
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
					next, this.maxStartsPerHour));
		}
		else {
			logger.warn(LogMessage.format(
					"A login is not started, because too many have been started and not completed within an hour: by"
							+ " one address, or %d by browsers in which no login was completed before"
							+ " (ultracart.sso.login.max-starts-per-hour is %d). Check whether a robot follows the link"
							+ " to the login. Behind a proxy, the server must know the addresses of clients"
							+ " (server.forward-headers-strategy)",
					starts.startsOfNewBrowsers(), this.maxStartsPerHour));
		}
	}

}
