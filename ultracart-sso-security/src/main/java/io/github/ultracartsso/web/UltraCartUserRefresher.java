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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.authentication.UltraCartUserRefreshFailedEvent;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.web.UserRefresh.Ended;
import io.github.ultracartsso.web.UserRefresh.Kept;
import io.github.ultracartsso.web.UserRefresh.Refreshed;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.util.Assert;

/**
 * Reads signed-in users again at UltraCart: one call for a session, however many requests
 * of it ask together, and none of them waits longer than the time limit. Where the call
 * fails for a reason that may pass, the user keeps what he has, and nobody tries again
 * before a back-off.
 *
 * @since 0.1
 */
public final class UltraCartUserRefresher {

	private static final Log logger = LogFactory.getLog(UltraCartUserRefresher.class);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(15);

	private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

	private static final int MAX_MESSAGE_LENGTH = 600;

	private final Map<String, UserRefresh> refreshes = new ConcurrentHashMap<>();

	private final UltraCartUserReader userReader;

	private final AsyncTaskExecutor executor;

	private Duration timeout = DEFAULT_TIMEOUT;

	private Clock clock = Clock.systemUTC();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	/**
	 * Creates a refresher that makes each call on a thread of its own.
	 * @param userReader reads users
	 */
	public UltraCartUserRefresher(UltraCartUserReader userReader) {
		this(userReader, newExecutor());
	}

	UltraCartUserRefresher(UltraCartUserReader userReader, AsyncTaskExecutor executor) {
		Assert.notNull(userReader, "userReader cannot be null");
		this.userReader = userReader;
		this.executor = executor;
	}

	private static AsyncTaskExecutor newExecutor() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("ultracart-refresh-");
		executor.setDaemon(true);
		return executor;
	}

	/**
	 * Sets how long a request waits for UltraCart. Defaults to five seconds.
	 * @param timeout the time limit
	 */
	public void setTimeout(Duration timeout) {
		Assert.notNull(timeout, "timeout cannot be null");
		this.timeout = timeout;
	}

	/**
	 * Sets the clock that times the back-off. Defaults to the system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Sets who is told with an {@link UltraCartUserRefreshFailedEvent} of each call that
	 * failed for a reason that may pass. Defaults to nobody.
	 * @param eventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		Assert.notNull(eventPublisher, "eventPublisher cannot be null");
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Reads the user again, or takes part in what another request has found a moment ago.
	 * @param sessionId the session of the user
	 * @param signedIn the user as he was last read
	 * @param ssoSession finds the SSO session; it is asked only where a call is made
	 */
	UserRefresh.Outcome refresh(String sessionId, SsoSessionUser signedIn, Supplier<@Nullable SsoSession> ssoSession) {
		Instant now = this.clock.instant();
		UserRefresh own = new UserRefresh();
		UserRefresh refresh = this.refreshes.compute(sessionId, (id, previous) -> {
			if (previous == null) {
				return own;
			}
			return previous.serves(signedIn, now) ? previous : own.after(previous);
		});
		if (refresh != own) {
			return refresh.await(this.timeout);
		}
		this.refreshes.values().removeIf((old) -> old.isOld(now));
		UserRefresh.Outcome outcome = new Kept(now);
		try {
			outcome = read(signedIn, ssoSession, own);
			return outcome;
		}
		finally {
			own.complete(outcome, this.clock.instant());
		}
	}

	private UserRefresh.Outcome read(SsoSessionUser signedIn, Supplier<@Nullable SsoSession> ssoSession,
			UserRefresh refresh) {
		try {
			SsoSession current = open(ssoSession);
			if (current == null) {
				return new Ended(Reason.KEY_LOST, true);
			}
			UltraCartUser user = this.userReader.mapUser(call(() -> this.userReader.readUser(current.simpleKey())));
			return user.equals(signedIn.user()) ? new Refreshed(user, this.clock.instant(), true)
					: new Ended(Reason.OTHER_USER, true);
		}
		catch (UltraCartLoginException ex) {
			return failed(ex, signedIn, refresh);
		}
		catch (AuthenticationServiceException ex) {
			return failed(new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The application could not say whether the user is let in", ex), signedIn, refresh);
		}
		catch (AuthenticationException ex) {
			logger.info(LogMessage.format("The application does not let %s in any more: %s", signedIn.user(),
					LogText.clean(String.valueOf(ex.getMessage()), MAX_MESSAGE_LENGTH)));
			return new Ended(Reason.DENIED, true);
		}
	}

	private static @Nullable SsoSession open(Supplier<@Nullable SsoSession> ssoSession) {
		try {
			return ssoSession.get();
		}
		catch (RuntimeException ex) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The SSO session could not be loaded", ex);
		}
	}

	private User call(Callable<User> call) {
		Future<User> answer;
		try {
			answer = this.executor.submit(call);
		}
		catch (TaskRejectedException ex) {
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
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"UltraCart has not answered getSsoSessionUser within " + this.timeout, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The request was interrupted while the user was read", ex);
		}
	}

	private UserRefresh.Outcome failed(UltraCartLoginException failure, SsoSessionUser signedIn, UserRefresh refresh) {
		UltraCartApiException cause = (failure.getCause() instanceof UltraCartApiException ex) ? ex : null;
		Reason refusal = refusal(failure, cause);
		if (refusal != null) {
			logger.info(LogMessage.format("%s is not let in any more: %s", signedIn.user(), failure.getMessage()));
			return new Ended(refusal, true);
		}
		Instant retryAt = this.clock.instant().plus(backOff(refresh.failures(), cause));
		LogMessage message = LogMessage.format(
				"%s could not be read again at UltraCart and keeps the permissions of"
						+ " %s; the next attempt is not made before %s: %s",
				signedIn.user(), signedIn.readAt(), retryAt, failure.getMessage());
		if (refresh.failures() == 0) {
			logger.warn(message);
		}
		else {
			logger.debug(message);
		}
		this.eventPublisher.publishEvent(new UltraCartUserRefreshFailedEvent(signedIn.user(), failure, retryAt));
		return new Kept(retryAt);
	}

	/**
	 * Tells a refusal from what may pass. That the application is disabled is no fault of
	 * the user's.
	 */
	private static @Nullable Reason refusal(UltraCartLoginException failure, @Nullable UltraCartApiException cause) {
		if (cause == null) {
			return failure.getError().isServiceFailure() ? null : Reason.DENIED;
		}
		return switch (cause.getFailure()) {
			case CREDENTIAL_REJECTED -> Reason.REFUSED;
			case INVALID_REQUEST -> Reason.DENIED;
			// a redirect says nothing of the user
			case REFUSED -> isRedirect(cause) ? null : Reason.DENIED;
			case APPLICATION_DISABLED, RATE_LIMITED, SERVER_ERROR, NO_ANSWER, INVALID_ANSWER -> null;
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
