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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.Assert;

/**
 * Revokes SSO sessions at UltraCart without letting UltraCart's state be felt: nothing is
 * ever thrown, and nobody waits longer than the time limit. A key that could not be
 * revoked is reported in the log and dies at its expiry.
 *
 * @since 0.1
 */
public final class SsoSessionRevoker {

	private static final Log logger = LogFactory.getLog(SsoSessionRevoker.class);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_CONCURRENT_REVOCATIONS = 8;

	private final UltraCartSsoClient client;

	private final Executor executor;

	private Duration timeout = DEFAULT_TIMEOUT;

	/**
	 * Creates a revoker that makes each call on a thread of its own, at most
	 * {@value #MAX_CONCURRENT_REVOCATIONS} at a time.
	 * @param client calls UltraCart
	 */
	public SsoSessionRevoker(UltraCartSsoClient client) {
		this(client, newExecutor());
	}

	/**
	 * Creates a revoker.
	 * @param client calls UltraCart
	 * @param executor runs the calls, none on the thread of the caller
	 */
	public SsoSessionRevoker(UltraCartSsoClient client, Executor executor) {
		Assert.notNull(client, "client cannot be null");
		Assert.notNull(executor, "executor cannot be null");
		this.client = client;
		this.executor = executor;
	}

	private static Executor newExecutor() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("ultracart-revoke-");
		executor.setConcurrencyLimit(MAX_CONCURRENT_REVOCATIONS);
		executor.setRejectTasksWhenLimitReached(true);
		executor.setDaemon(true);
		return executor;
	}

	/**
	 * Sets how long signing out waits for UltraCart. Defaults to two seconds.
	 * @param timeout the time limit; the call itself goes on after it
	 */
	public void setTimeout(Duration timeout) {
		Assert.notNull(timeout, "timeout cannot be null");
		this.timeout = timeout;
	}

	/**
	 * Revokes the SSO session while the caller goes on.
	 * @param ssoSession the SSO session
	 */
	void revoke(SsoSession ssoSession) {
		execute(() -> call(ssoSession), ssoSession);
	}

	/**
	 * Revokes the SSO session and waits for it, but not longer than the time limit.
	 * @param ssoSession the SSO session
	 */
	void revokeAndWait(SsoSession ssoSession) {
		CountDownLatch done = new CountDownLatch(1);
		boolean accepted = execute(() -> {
			try {
				call(ssoSession);
			}
			finally {
				done.countDown();
			}
		}, ssoSession);
		try {
			if (accepted && !done.await(this.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn(LogMessage.format("UltraCart has not confirmed within %s that an SSO session is revoked;"
						+ " the user is signed out here regardless", this.timeout));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean execute(Runnable revocation, SsoSession ssoSession) {
		try {
			this.executor.execute(revocation);
			return true;
		}
		catch (RejectedExecutionException ex) {
			logger.warn(LogMessage.format("An SSO session could not be revoked, because too many revocations are"
					+ " under way; its key stays valid until %s", ssoSession.expiresAt()));
			return false;
		}
	}

	private void call(SsoSession ssoSession) {
		try {
			this.client.revoke(ssoSession.simpleKey());
		}
		catch (UltraCartApiException ex) {
			logger.warn(LogMessage.format(
					"An SSO session could not be revoked; its key stays valid until %s: %s" + " [request id %s]",
					ssoSession.expiresAt(), ex.getMessage(), ex.getRequestId()));
		}
		catch (RuntimeException ex) {
			logger.error("Revoking an SSO session failed unexpectedly", ex);
		}
	}

}
