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

package io.github.ultracartsso.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the session of a signed-in user is bound by, besides the expiry of the user's key.
 *
 * @since 0.1
 */
public final class SsoSessionPolicy {

	private final IpLock ipLock;

	private final Duration refreshInterval;

	private final Duration refreshTimeout;

	private final @Nullable Duration maxAge;

	private final Duration unknownExpiryMaxAge;

	private SsoSessionPolicy(Builder builder) {
		this.ipLock = builder.ipLock;
		this.refreshInterval = builder.refreshInterval;
		this.refreshTimeout = builder.refreshTimeout;
		this.maxAge = builder.maxAge;
		this.unknownExpiryMaxAge = builder.unknownExpiryMaxAge;
	}

	/**
	 * Starts a policy with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns how sessions are tied to an address.
	 * @return the lock
	 */
	public IpLock ipLock() {
		return this.ipLock;
	}

	/**
	 * Returns how old the permissions of a user may get before they are read again.
	 * @return the interval, or zero if they never are
	 */
	public Duration refreshInterval() {
		return this.refreshInterval;
	}

	/**
	 * Returns how long a request waits for the user to be read again.
	 * @return the time limit, after which the request goes on with what the user had
	 */
	public Duration refreshTimeout() {
		return this.refreshTimeout;
	}

	/**
	 * Returns how long after the login a session ends at the latest.
	 * @return the age, or {@code null} if the expiry of the key alone counts
	 */
	public @Nullable Duration maxAge() {
		return this.maxAge;
	}

	/**
	 * Returns how long a session lasts of which UltraCart has not said when it ends.
	 * @return the age
	 */
	public Duration unknownExpiryMaxAge() {
		return this.unknownExpiryMaxAge;
	}

	/**
	 * Builds an {@link SsoSessionPolicy}.
	 */
	public static final class Builder {

		private static final Duration DEFAULT_REFRESH_INTERVAL = Duration.ofMinutes(30);

		private static final Duration DEFAULT_REFRESH_TIMEOUT = Duration.ofSeconds(5);

		private static final Duration DEFAULT_UNKNOWN_EXPIRY_MAX_AGE = Duration.ofHours(1);

		private IpLock ipLock = IpLock.OFF;

		private Duration refreshInterval = DEFAULT_REFRESH_INTERVAL;

		private Duration refreshTimeout = DEFAULT_REFRESH_TIMEOUT;

		private @Nullable Duration maxAge;

		private Duration unknownExpiryMaxAge = DEFAULT_UNKNOWN_EXPIRY_MAX_AGE;

		private Builder() {
		}

		/**
		 * Sets how sessions are tied to an address. Defaults to {@link IpLock#OFF}.
		 * @param ipLock the lock
		 * @return this builder
		 */
		public Builder ipLock(IpLock ipLock) {
			Assert.notNull(ipLock, "ipLock cannot be null");
			this.ipLock = ipLock;
			return this;
		}

		/**
		 * Sets how old the permissions of a user may get before the next request reads
		 * them again. Defaults to 30 minutes.
		 * @param refreshInterval the interval, or zero for never
		 * @return this builder
		 */
		public Builder refreshInterval(Duration refreshInterval) {
			Assert.isTrue(!refreshInterval.isNegative(), "refreshInterval cannot be negative");
			this.refreshInterval = refreshInterval;
			return this;
		}

		/**
		 * Sets how long a request waits at most for the user to be read again. Defaults
		 * to five seconds.
		 * @param refreshTimeout the time limit
		 * @return this builder
		 */
		public Builder refreshTimeout(Duration refreshTimeout) {
			Assert.isTrue(!refreshTimeout.isNegative() && !refreshTimeout.isZero(), "refreshTimeout must be positive");
			this.refreshTimeout = refreshTimeout;
			return this;
		}

		/**
		 * Sets how long after the login a session ends at the latest. By default the
		 * expiry of the key alone counts.
		 * @param maxAge the age, or {@code null} for no such bound
		 * @return this builder
		 */
		public Builder maxAge(@Nullable Duration maxAge) {
			Assert.isTrue(maxAge == null || !(maxAge.isNegative() || maxAge.isZero()), "maxAge must be positive");
			this.maxAge = maxAge;
			return this;
		}

		/**
		 * Sets how long a session lasts of which UltraCart has not said when it ends, or
		 * not readably. Defaults to an hour.
		 * @param unknownExpiryMaxAge the age
		 * @return this builder
		 */
		public Builder unknownExpiryMaxAge(Duration unknownExpiryMaxAge) {
			Assert.isTrue(!unknownExpiryMaxAge.isNegative() && !unknownExpiryMaxAge.isZero(),
					"unknownExpiryMaxAge must be positive");
			this.unknownExpiryMaxAge = unknownExpiryMaxAge;
			return this;
		}

		/**
		 * Builds the policy.
		 * @return the policy
		 */
		public SsoSessionPolicy build() {
			return new SsoSessionPolicy(this);
		}

	}

}
