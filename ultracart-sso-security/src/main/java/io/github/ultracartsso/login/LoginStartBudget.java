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
import java.util.LinkedHashSet;
import java.util.Set;

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
 * The limit holds for every period of 60 minutes (a sliding window). All filter chains of
 * an application should share one budget.
 *
 * @since 0.1
 */
public final class LoginStartBudget {

	private static final Log logger = LogFactory.getLog(LoginStartBudget.class);

	private static final int DEFAULT_MAX_STARTS_PER_HOUR = 500;

	private static final Duration HOUR = Duration.ofHours(1);

	private final int maxStartsPerHour;

	/**
	 * The starts of the last hour, oldest first.
	 */
	private final Set<Start> starts = new LinkedHashSet<>();

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
	 * @param maxStartsPerHour how many logins can be started within an hour
	 */
	public LoginStartBudget(int maxStartsPerHour) {
		Assert.isTrue(maxStartsPerHour > 0, "maxStartsPerHour must be positive");
		this.maxStartsPerHour = maxStartsPerHour;
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
	 * Returns how long it takes until a login can be started.
	 * @return the remaining time, zero if a login can be started now
	 */
	public synchronized Duration untilNextStart() {
		Instant now = this.clock.instant();
		forgetOldStarts(now);
		return (this.starts.size() < this.maxStartsPerHour) ? Duration.ZERO : Duration.between(now, nextStart());
	}

	/**
	 * Takes a start from the budget.
	 * @return the start, or {@code null} if the budget is spent
	 */
	synchronized @Nullable Start take() {
		Instant now = this.clock.instant();
		forgetOldStarts(now);
		if (this.starts.size() >= this.maxStartsPerHour) {
			warn(now);
			return null;
		}
		Start start = new Start(now);
		this.starts.add(start);
		return start;
	}

	/**
	 * Returns a start to the budget because no call was sent.
	 */
	synchronized void giveBack(Start start) {
		this.starts.remove(start);
	}

	/**
	 * Forgets what is an hour old, and what lies an hour in the future because the clock
	 * has been set back.
	 */
	private void forgetOldStarts(Instant now) {
		while (!this.starts.isEmpty() && isHourApart(oldest().at, now)) {
			this.starts.remove(oldest());
		}
	}

	private static boolean isHourApart(Instant time, Instant now) {
		return Duration.between(time, now).abs().compareTo(HOUR) >= 0;
	}

	private Instant nextStart() {
		return oldest().at.plus(HOUR);
	}

	private Start oldest() {
		return this.starts.iterator().next();
	}

	/**
	 * Warns at most once an hour. Under a flood of requests the budget is spent again as
	 * soon as a start becomes available.
	 */
	private void warn(Instant now) {
		if (this.warnedAt == null || isHourApart(this.warnedAt, now)) {
			this.warnedAt = now;
			logger.warn(LogMessage.format(
					"The start budget is spent, so no login can be started before %s: %d logins have been started"
							+ " within an hour, the maximum that ultracart.sso.login.max-starts-per-hour allows. Each"
							+ " start costs one of the calls that UltraCart allows the merchant. Check whether a robot"
							+ " follows the link to the login; if that many users do sign in, raise the property",
					nextStart(), this.maxStartsPerHour));
		}
	}

	/**
	 * A start. Compared by identity, because several can have the same time.
	 */
	static final class Start {

		private final Instant at;

		private Start(Instant at) {
			this.at = at;
		}

	}

}
