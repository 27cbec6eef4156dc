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

package io.github.ultracartsso.client.http;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.traffic.GatedCall;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.Assert;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Retry policy for one call of single sign-on: retries what may be repeated, after an
 * exponential back-off with jitter, and never during the cool-down. A retry that the time
 * limit leaves no time for is not waited for.
 * <p>
 * It has no state, so one instance serves all calls.
 */
final class CallRetryPolicy implements RetryPolicy {

	private static final long FIRST_DELAY = 100;

	private static final double MULTIPLIER = 3;

	private static final long JITTER = 50;

	private final GatedCall call;

	private final int maxRetries;

	private final Duration timeout;

	private final Supplier<Duration> coolDown;

	/**
	 * Creates a policy.
	 * @param call the call
	 * @param maxRetries the maximum number of retries
	 * @param timeout how long all attempts may take together
	 * @param coolDown returns the time in which no call is to be made
	 */
	CallRetryPolicy(GatedCall call, int maxRetries, Duration timeout, Supplier<Duration> coolDown) {
		Assert.isTrue(maxRetries >= 0, "maxRetries cannot be negative");
		this.call = call;
		this.maxRetries = maxRetries;
		this.timeout = timeout;
		this.coolDown = coolDown;
	}

	@Override
	public boolean shouldRetry(Throwable throwable) {
		// a failed request for the call's access token has another name, and is not
		// repeated
		return throwable instanceof UltraCartApiException ex && this.call.callName().equals(ex.getCall())
				&& this.call.kind().isRepeatableAfter(ex);
	}

	@Override
	public Duration getTimeout() {
		return this.timeout;
	}

	@Override
	public BackOff getBackOff() {
		ExponentialBackOff backOff = new ExponentialBackOff(FIRST_DELAY, MULTIPLIER);
		backOff.setJitter(JITTER);
		backOff.setMaxAttempts(this.maxRetries);
		return () -> afterCoolDown(backOff.start());
	}

	private BackOffExecution afterCoolDown(BackOffExecution execution) {
		return () -> {
			long delay = execution.nextBackOff();
			return (delay != BackOffExecution.STOP) ? Math.max(delay, this.coolDown.get().toMillis() + 1) : delay;
		};
	}

}
