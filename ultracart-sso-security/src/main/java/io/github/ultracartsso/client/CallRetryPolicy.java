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

package io.github.ultracartsso.client;

import java.time.Duration;
import java.util.function.Supplier;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Whether and when one call is made again: what may be repeated, a few times, after a
 * moment that grows, and not while UltraCart asks to wait. A wait that the time limit
 * leaves no room for is not begun.
 */
final class CallRetryPolicy implements RetryPolicy {

	private static final long FIRST_DELAY = 100;

	private static final double MULTIPLIER = 3;

	private static final long JITTER = 50;

	private final SsoOperation operation;

	private final int maxRetries;

	private final Duration timeout;

	private final Supplier<Duration> coolDown;

	/**
	 * Creates a policy.
	 * @param operation the call
	 * @param maxRetries how often it is made again at most
	 * @param timeout how long all attempts may take together
	 * @param coolDown tells how long UltraCart asks not to be called
	 */
	CallRetryPolicy(SsoOperation operation, int maxRetries, Duration timeout, Supplier<Duration> coolDown) {
		this.operation = operation;
		this.maxRetries = maxRetries;
		this.timeout = timeout;
		this.coolDown = coolDown;
	}

	@Override
	public boolean shouldRetry(Throwable throwable) {
		// an access token that could not be fetched for the call is not fetched again
		return throwable instanceof UltraCartApiException ex && this.operation.callName().equals(ex.getCall())
				&& this.operation.isRepeatableAfter(ex);
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
