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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.session.UserRefresh.Ended;
import io.github.ultracartsso.session.UserRefresh.Kept;
import io.github.ultracartsso.session.UserRefresh.Refreshed;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.event.UltraCartUserRefreshFailedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.util.Assert;

/**
 * Reads signed-in users again at UltraCart: one call for a session, however many of its
 * requests ask together, and no request waits longer than the timeout. Where the call
 * fails for a reason that may pass, the user keeps their permissions, and the next
 * attempt is made after a back-off. All filter chains share one.
 *
 * @since 0.1
 */
public final class UltraCartUserRefresher implements DisposableBean {

	private static final Log logger = LogFactory.getLog(UltraCartUserRefresher.class);

	private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(15);

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

	private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

	private static final int MAX_MESSAGE_LENGTH = 600;

	private static final int MAX_REFRESHES = 10_000;

	/**
	 * UltraCart allows one call at a time, so more threads would only wait.
	 */
	private static final int THREADS = 4;

	private static final int MAX_WAITING = 8;

	private static final int KEEP_ALIVE_SECONDS = 30;

	private final BoundedMemory<UserRefresh> refreshes = new BoundedMemory<>(MAX_REFRESHES,
			LONGEST_BACK_OFF.plus(UserRefresh.CATCH_UP));

	private final AsyncTaskExecutor executor;

	private final Duration timeout;

	private RefreshPace pace = new RefreshPace(Duration.ZERO);

	private Clock clock = Clock.systemUTC();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	/**
	 * Creates a refresher with a few threads of its own, which exist only while there is
	 * something to do.
	 * @param timeout how long a request waits for UltraCart, at most a day
	 */
	public UltraCartUserRefresher(Duration timeout) {
		this(timeout, newExecutor());
	}

	UltraCartUserRefresher(Duration timeout, AsyncTaskExecutor executor) {
		Assert.notNull(timeout, "timeout cannot be null");
		Assert.isTrue(timeout.compareTo(LONGEST_TIMEOUT) <= 0, "timeout cannot exceed a day");
		this.timeout = timeout;
		this.executor = executor;
	}

	private static AsyncTaskExecutor newExecutor() {
		ThreadPoolTaskExecutor newExecutor = new ThreadPoolTaskExecutor();
		newExecutor.setThreadFactory(new DetachedThreadFactory("ultracart-refresh-"));
		newExecutor.setCorePoolSize(THREADS);
		newExecutor.setMaxPoolSize(THREADS);
		newExecutor.setQueueCapacity(MAX_WAITING);
		newExecutor.setKeepAliveSeconds(KEEP_ALIVE_SECONDS);
		newExecutor.setAllowCoreThreadTimeOut(true);
		newExecutor.initialize();
		return newExecutor;
	}

	/**
	 * Sets the clock that times the back-off. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
		this.refreshes.setClock(clock);
	}

	/**
	 * Sets how often users are read again. By default a user is read whenever
	 * {@link #refresh} is called, but 333 times in an hour at most.
	 * @param pace the pace
	 */
	public void setPace(RefreshPace pace) {
		Assert.notNull(pace, "pace cannot be null");
		this.pace = pace;
	}

	/**
	 * Sets the publisher of an {@link UltraCartUserRefreshFailedEvent} for each call that
	 * failed for a reason that may pass. A call that is not made because there are too
	 * many is made later and does not count as failed. By default none is published.
	 * @param eventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		Assert.notNull(eventPublisher, "eventPublisher cannot be null");
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Stops the threads.
	 */
	@Override
	public void destroy() {
		if (this.executor instanceof ThreadPoolTaskExecutor threads) {
			threads.shutdown();
		}
	}

	/**
	 * Reads a user again, or returns what another request has found a moment ago.
	 * @param ssoSession the SSO session of the user
	 * @param user the user as last read
	 * @param userReader reads the user
	 * @return the outcome
	 */
	public UserRefresh.Outcome refresh(SsoSession ssoSession, UltraCartUser user, UltraCartUserReader userReader) {
		Instant now = this.clock.instant();
		if (this.pace.isEarly(ssoSession.id(), ssoSession.userReadAt(), now)) {
			return new Kept(now);
		}
		UserRefresh own = new UserRefresh();
		UserRefresh refresh = this.refreshes.compute(ssoSession.id(), (previous) -> {
			if (previous == null) {
				return own;
			}
			return previous.serves(ssoSession, now) ? previous : own.after(previous);
		});
		if (refresh != own) {
			return refresh.await(this.timeout);
		}
		UserRefresh.Outcome outcome = new Kept(now);
		try {
			outcome = read(ssoSession, user, userReader, own);
			return outcome;
		}
		finally {
			own.complete(outcome, this.clock.instant());
		}
	}

	private UserRefresh.Outcome read(SsoSession ssoSession, UltraCartUser user, UltraCartUserReader userReader,
			UserRefresh refresh) {
		try {
			SimpleKey simpleKey = openKey(ssoSession);
			if (simpleKey == null) {
				return new Ended(Reason.KEY_LOST, true);
			}
			Instant now = this.clock.instant();
			boolean overdue = this.pace.isOverdue(ssoSession.userReadAt(), refresh.failures() > 0, now);
			if (!this.pace.take(overdue, now)) {
				return postponed(user, now.plus(FIRST_BACK_OFF), "enough users were read");
			}
			UltraCartUser read = userReader.mapUser(call(() -> userReader.rereadUser(simpleKey, overdue)));
			return read.equals(user) ? new Refreshed(read, this.clock.instant(), true)
					: new Ended(Reason.OTHER_USER, true);
		}
		catch (UltraCartLoginException ex) {
			return failed(ex, ssoSession, user, refresh);
		}
		catch (AuthenticationServiceException ex) {
			return failed(
					new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
							"The application could not decide whether the user may still sign in", ex),
					ssoSession, user, refresh);
		}
		catch (AuthenticationException ex) {
			logger.info(LogMessage.format("The application does not accept %s any more: %s", user,
					LogText.clean(String.valueOf(ex.getMessage()), MAX_MESSAGE_LENGTH)));
			return new Ended(Reason.DENIED, true);
		}
	}

	private static @Nullable SimpleKey openKey(SsoSession ssoSession) {
		try {
			return ssoSession.openKey();
		}
		catch (RuntimeException ex) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The key of the SSO session could not be decrypted", ex);
		}
	}

	private User call(Callable<User> call) {
		AtomicBoolean begun = new AtomicBoolean();
		Future<User> answer;
		try {
			answer = this.executor.submit(() -> {
				begun.set(true);
				return call.call();
			});
		}
		catch (TaskRejectedException ex) {
			this.pace.giveBack();
			throw new UltraCartLoginServiceException(UltraCartLoginError.BUSY, "Too many users are being read", ex);
		}
		try {
			return answer.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UltraCartLoginException cause) {
				throw cause;
			}
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE, "The user could not be read", ex);
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			if (!begun.get()) {
				this.pace.giveBack();
				throw new UltraCartLoginServiceException(UltraCartLoginError.BUSY, "Too many users are being read", ex);
			}
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The user could not be read within " + this.timeout, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The request was interrupted while the user was read", ex);
		}
	}

	private UserRefresh.Outcome failed(UltraCartLoginException failure, SsoSession ssoSession, UltraCartUser user,
			UserRefresh refresh) {
		UltraCartApiException cause = (failure.getCause() instanceof UltraCartApiException ex) ? ex : null;
		if (cause != null && !cause.wasSent()) {
			this.pace.giveBack();
		}
		Reason refusal = refusal(failure, cause);
		if (refusal != null) {
			logger.info(LogMessage.format("%s is not accepted any more: %s", user, failure.getMessage()));
			return new Ended(refusal, true);
		}
		Instant retryAt = this.clock.instant().plus(backOff(refresh.failures(), cause));
		if (isWithoutPlace(failure, cause)) {
			return postponed(user, retryAt, String.valueOf(failure.getMessage()));
		}
		LogMessage message = LogMessage.format(
				"%s could not be read again at UltraCart and keeps the permissions of"
						+ " %s; the next attempt is not made before %s: %s",
				user, ssoSession.userReadAt(), retryAt, failure.getMessage());
		if (refresh.failures() == 0) {
			logger.warn(message);
		}
		else {
			logger.debug(message);
		}
		this.eventPublisher.publishEvent(new UltraCartUserRefreshFailedEvent(user, failure, retryAt));
		return new Kept(retryAt);
	}

	/**
	 * Returns whether no call was made because there were too many. That is no failure of
	 * UltraCart.
	 */
	private static boolean isWithoutPlace(UltraCartLoginException failure, @Nullable UltraCartApiException cause) {
		return failure.getError() == UltraCartLoginError.BUSY && (cause == null || !cause.wasSent());
	}

	private static UserRefresh.Outcome postponed(UltraCartUser user, Instant until, String reason) {
		logger.debug(LogMessage.format("%s is not read again before %s: %s", user, until, reason));
		return new Kept(until);
	}

	/**
	 * Tells a refusal from what may pass. That UltraCart has disabled the application
	 * does not concern the user.
	 */
	private static @Nullable Reason refusal(UltraCartLoginException failure, @Nullable UltraCartApiException cause) {
		if (cause == null) {
			return failure.getError().isServiceFailure() ? null : Reason.DENIED;
		}
		return switch (cause.getFailure()) {
			case CREDENTIAL_REJECTED -> Reason.REFUSED;
			case INVALID_REQUEST -> Reason.DENIED;
			// a redirect says nothing about the user
			case REFUSED -> isRedirect(cause) ? null : Reason.DENIED;
			case APPLICATION_DISABLED, RATE_LIMITED, SERVER_ERROR, NO_RESPONSE, INVALID_RESPONSE -> null;
		};
	}

	private static boolean isRedirect(UltraCartApiException ex) {
		return ex.getStatus() != null && ex.getStatus() / 100 == 3;
	}

	private static Duration backOff(int failures, @Nullable UltraCartApiException cause) {
		Duration backOff = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures, 10));
		Duration wanted = (cause != null && cause.getRetryAfter() != null) ? cause.getRetryAfter() : Duration.ZERO;
		Duration longer = (wanted.compareTo(backOff) > 0) ? wanted : backOff;
		return (longer.compareTo(LONGEST_BACK_OFF) < 0) ? longer : LONGEST_BACK_OFF;
	}

}
