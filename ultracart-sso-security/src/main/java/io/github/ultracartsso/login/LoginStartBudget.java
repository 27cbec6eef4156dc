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
import java.util.function.Function;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.client.traffic.LimitStore;

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

	private static final Duration RETRY_STORE_AFTER = Duration.ofSeconds(5);

	private static final int MAX_ATTEMPTS = 100;

	private final int maxStartsPerHour;

	/**
	 * The starts of this instance.
	 */
	private final LoginStarts own;

	private volatile long storeFailedAt = System.nanoTime() - RETRY_STORE_AFTER.multipliedBy(2).toNanos();

	private @Nullable LimitStore store;

	private String name = "starts";

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
	 * instance has its own. While the store cannot be reached, each has its own too.
	 * @param store the store
	 * @param group the name of the instances that share it
	 */
	public void setLimitStore(LimitStore store, String group) {
		Assert.notNull(store, "store cannot be null");
		Assert.hasText(group, "group cannot be empty");
		this.store = store;
		this.name = "starts:" + group;
	}

	/**
	 * Returns how long it takes until a browser can start a login.
	 * @param browser the browser
	 * @return the remaining time, zero if a login can be started now
	 */
	public Duration untilNextStart(StartingBrowser browser) {
		Instant now = this.clock.instant();
		return read((starts) -> {
			starts.forgetOld(now);
			Instant next = starts.nextStart(browser);
			return (next != null) ? Duration.between(now, next) : Duration.ZERO;
		});
	}

	/**
	 * Returns how many logins can be started now.
	 * @param known by browsers in which a login has been completed, or by others
	 * @return the number of logins
	 */
	public int left(boolean known) {
		Instant now = this.clock.instant();
		return read((starts) -> {
			starts.forgetOld(now);
			return starts.left(known);
		});
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
		return change((starts) -> {
			starts.forgetOld(now);
			Instant next = starts.nextStart(browser);
			if (next != null) {
				warn(starts, next, now);
				return false;
			}
			starts.add(now, StateDigest.of(state), browser);
			return true;
		});
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

	private <T> T change(Function<LoginStarts, T> action) {
		return withStore((store) -> changeShared(store, action), action);
	}

	private <T> T read(Function<LoginStarts, T> action) {
		return withStore((store) -> action.apply(LoginStarts.parse(this.maxStartsPerHour, store.read(this.name))),
				action);
	}

	private <T> T withStore(Function<LimitStore, T> shared, Function<LoginStarts, T> action) {
		LimitStore current = this.store;
		if (current != null && System.nanoTime() - this.storeFailedAt > RETRY_STORE_AFTER.toNanos()) {
			try {
				return shared.apply(current);
			}
			catch (RuntimeException ex) {
				this.storeFailedAt = System.nanoTime();
				logger.warn(LogMessage.format("The start budget is not shared with the other instances, because its"
						+ " store does not work; the next attempt is made in %s", RETRY_STORE_AFTER), ex);
			}
		}
		synchronized (this.own) {
			return action.apply(this.own);
		}
	}

	private <T> T changeShared(LimitStore shared, Function<LoginStarts, T> action) {
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			String text = shared.read(this.name);
			LoginStarts starts = LoginStarts.parse(this.maxStartsPerHour, text);
			T result = action.apply(starts);
			String changed = starts.format();
			if (changed.equals(text) || shared.replace(this.name, text, changed)) {
				return result;
			}
		}
		throw new IllegalStateException("Other instances change the start budget all the time");
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
