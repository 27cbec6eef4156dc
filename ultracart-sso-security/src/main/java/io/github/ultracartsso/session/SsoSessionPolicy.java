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

package io.github.ultracartsso.session;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Bounds of the session of a signed-in user, besides the expiry of the user's key.
 *
 * @param ipLock how sessions are locked to a client address
 * @param refreshInterval age at which the permissions of a user are read again, or zero
 * for never
 * @param refreshTimeout how long a request waits for the user to be read again, after
 * which it goes on with what the user had
 * @param maxAge how long after the login a session ends at the latest, or {@code null} if
 * only the expiry of the key counts
 * @param unknownExpiryMaxAge how long a session lasts of which UltraCart has not said
 * when it ends, or not readably
 * @since 0.1
 */
public record SsoSessionPolicy(IpLock ipLock, Duration refreshInterval, Duration refreshTimeout,
		@Nullable Duration maxAge, Duration unknownExpiryMaxAge) {

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

	private static final Duration LONGEST_AGE = Duration.ofDays(3650);

	/**
	 * No address lock, a refresh after 30 minutes that a request waits five seconds for,
	 * no maximum age, and one hour where UltraCart does not say when a session ends.
	 */
	public static final SsoSessionPolicy DEFAULTS = new SsoSessionPolicy(IpLock.OFF, Duration.ofMinutes(30),
			Duration.ofSeconds(5), null, Duration.ofHours(1));

	/**
	 * Creates a policy.
	 * @param ipLock how sessions are locked to a client address
	 * @param refreshInterval age at which permissions are read again, or zero for never
	 * @param refreshTimeout how long a request waits for that
	 * @param maxAge the maximum age of sessions, or {@code null}
	 * @param unknownExpiryMaxAge the age of sessions of which UltraCart does not say when
	 * they end
	 * @throws IllegalArgumentException if a duration is not positive, a timeout longer
	 * than a day or an age longer than 3650 days
	 */
	public SsoSessionPolicy {
		Assert.notNull(ipLock, "ipLock cannot be null");
		Assert.isTrue(!refreshInterval.isNegative(), "refreshInterval cannot be negative");
		Assert.isTrue(isPositive(refreshTimeout), "refreshTimeout must be positive");
		Assert.isTrue(maxAge == null || isPositive(maxAge), "maxAge must be positive");
		Assert.isTrue(isPositive(unknownExpiryMaxAge), "unknownExpiryMaxAge must be positive");
		Assert.isTrue(isAtMost(LONGEST_TIMEOUT, refreshTimeout), "refreshTimeout cannot exceed a day");
		Assert.isTrue(
				isAtMost(LONGEST_AGE, refreshInterval) && isAtMost(LONGEST_AGE, maxAge)
						&& isAtMost(LONGEST_AGE, unknownExpiryMaxAge),
				"refreshInterval, maxAge and unknownExpiryMaxAge cannot exceed 3650 days");
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

	private static boolean isAtMost(Duration most, @Nullable Duration duration) {
		return duration == null || duration.compareTo(most) <= 0;
	}

	/**
	 * Returns whether the session has reached an age at which it ends.
	 */
	boolean isOver(SsoSession ssoSession, Instant now) {
		return ssoSession.isExpired(now) || (this.maxAge != null && isReached(this.maxAge, ssoSession.beganAt(), now));
	}

	/**
	 * Returns when the session reaches that age, if the clock is not set.
	 */
	Instant endsAt(SsoSession ssoSession) {
		Instant expiresAt = ssoSession.expiresAt();
		Instant tooOldAt = (this.maxAge != null) ? ssoSession.beganAt().plus(this.maxAge) : expiresAt;
		return tooOldAt.isBefore(expiresAt) ? tooOldAt : expiresAt;
	}

	/**
	 * Returns whether the user is to be read again.
	 */
	boolean isRefreshDue(SsoSession ssoSession, Instant now) {
		return !this.refreshInterval.isZero() && isReached(this.refreshInterval, ssoSession.userReadAt(), now);
	}

	/**
	 * Returns whether the age is reached. A time that lies in the future by the age
	 * counts as well: the clock has been set back, or the age would not be reached for as
	 * long as that.
	 */
	private static boolean isReached(Duration age, Instant since, Instant now) {
		return Duration.between(since, now).abs().compareTo(age) >= 0;
	}

}
