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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.UltraCartLoginError;

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
	 * A browser that restores its tabs starts as many logins at once.
	 */
	private static final int MIN_SHARE = 16;

	private static final Duration HOUR = Duration.ofHours(1);

	private final int maxStartsOfSource;

	private final Share all;

	/**
	 * Starts of new browsers that have not been completed.
	 */
	private final Share ofNewBrowsers;

	/**
	 * Starts of one source that have not been completed. There are no more entries than
	 * starts in an hour.
	 */
	private final Map<String, Share> ofSource = new HashMap<>();

	private final Map<String, Start> uncompleted = new HashMap<>();

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
		this.maxStartsOfSource = Math.max(MIN_SHARE, maxStartsPerHour / 10);
		this.all = new Share(maxStartsPerHour);
		this.ofNewBrowsers = new Share(Math.max(MIN_SHARE, maxStartsPerHour / 2));
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
	 * Returns how long it takes until a browser can start a login.
	 * @param browser the browser
	 * @return the remaining time, zero if a login can be started now
	 */
	public synchronized Duration untilNextStart(StartingBrowser browser) {
		Instant now = this.clock.instant();
		forgetOldStarts(now);
		return spent(browser).map((share) -> Duration.between(now, share.oldest().at.plus(HOUR)))
			.reduce(Duration.ZERO, (one, other) -> (one.compareTo(other) > 0) ? one : other);
	}

	/**
	 * Returns how many logins can be started now.
	 * @param known by browsers in which a login has been completed, or by others
	 * @return the number of logins
	 */
	public synchronized int left(boolean known) {
		forgetOldStarts(this.clock.instant());
		return known ? this.all.left() : Math.min(this.all.left(), this.ofNewBrowsers.left());
	}

	/**
	 * Takes a start from the budget.
	 * @param state the state of the login
	 * @param browser the browser that starts it
	 * @return {@code false} if the budget is spent, or the part of it that the browser
	 * may use
	 */
	synchronized boolean take(String state, StartingBrowser browser) {
		Instant now = this.clock.instant();
		forgetOldStarts(now);
		if (spent(browser).findAny().isPresent()) {
			warn(now);
			return false;
		}
		Start start = new Start(now, StateDigest.of(state), browser.source());
		this.all.starts.add(start);
		this.uncompleted.put(start.state, start);
		if (!browser.isKnown()) {
			this.ofNewBrowsers.starts.add(start);
		}
		this.ofSource.computeIfAbsent(start.source, (source) -> new Share(this.maxStartsOfSource)).starts.add(start);
		return true;
	}

	/**
	 * Gives the place of a login in the parts of its source back, because it is
	 * completed.
	 * @param state the state of the login
	 */
	synchronized void complete(String state) {
		Start start = this.uncompleted.get(StateDigest.of(state));
		if (start != null) {
			completed(start);
		}
	}

	/**
	 * Returns a start to the budget because no call was sent.
	 * @param state the state of the login
	 */
	synchronized void giveBack(String state) {
		Start start = this.uncompleted.get(StateDigest.of(state));
		if (start != null) {
			forget(start);
		}
	}

	private void completed(Start start) {
		this.uncompleted.remove(start.state);
		this.ofNewBrowsers.starts.remove(start);
		this.ofSource.computeIfPresent(start.source, (source, share) -> share.without(start));
	}

	private void forget(Start start) {
		this.all.starts.remove(start);
		completed(start);
	}

	private Stream<Share> spent(StartingBrowser browser) {
		Share ofSource = this.ofSource.get(browser.source());
		return Stream.of(this.all, browser.isKnown() ? null : this.ofNewBrowsers, ofSource)
			.filter((share) -> share != null && share.isSpent());
	}

	/**
	 * Forgets what is an hour old, and what lies an hour in the future because the clock
	 * has been set back.
	 */
	private void forgetOldStarts(Instant now) {
		while (!this.all.starts.isEmpty() && isHourApart(this.all.oldest().at, now)) {
			forget(this.all.oldest());
		}
	}

	private static boolean isHourApart(Instant time, Instant now) {
		return Duration.between(time, now).abs().compareTo(HOUR) >= 0;
	}

	/**
	 * Warns at most once an hour. Under a flood of requests the budget is spent again as
	 * soon as a start becomes available.
	 */
	private void warn(Instant now) {
		if (this.warnedAt != null && !isHourApart(this.warnedAt, now)) {
			return;
		}
		this.warnedAt = now;
		if (this.all.isSpent()) {
			logger.warn(LogMessage.format(
					"The start budget is spent, so no login can be started before %s: %d logins have been started"
							+ " within an hour, the maximum that ultracart.sso.login.max-starts-per-hour allows. Each"
							+ " start costs one of the calls that UltraCart allows the merchant. Check whether a robot"
							+ " follows the link to the login; if that many users do sign in, raise the property",
					this.all.oldest().at.plus(HOUR), this.all.limit));
		}
		else {
			logger.warn(LogMessage.format(
					"A login is not started, because too many have been started and not completed within an hour: by"
							+ " one address, or %d by browsers in which no login was completed before"
							+ " (ultracart.sso.login.max-starts-per-hour is %d). Check whether a robot follows the link"
							+ " to the login. Behind a proxy, the server must know the addresses of clients"
							+ " (server.forward-headers-strategy)",
					this.ofNewBrowsers.starts.size(), this.all.limit));
		}
	}

	/**
	 * A start. Compared by identity, because several can have the same time.
	 */
	private static final class Start {

		private final Instant at;

		private final String state;

		private final String source;

		private Start(Instant at, String state, String source) {
			this.at = at;
			this.state = state;
			this.source = source;
		}

	}

	/**
	 * The starts of the last hour, oldest first, and how many there may be.
	 */
	private static final class Share {

		private final Set<Start> starts = new LinkedHashSet<>();

		private final int limit;

		private Share(int limit) {
			this.limit = limit;
		}

		private boolean isSpent() {
			return this.starts.size() >= this.limit;
		}

		private int left() {
			return Math.max(0, this.limit - this.starts.size());
		}

		private Start oldest() {
			return this.starts.iterator().next();
		}

		private @Nullable Share without(Start start) {
			this.starts.remove(start);
			return this.starts.isEmpty() ? null : this;
		}

	}

}
