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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionRevocationFailedEvent;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * Revokes SSO sessions at UltraCart without letting UltraCart's state be felt: nothing is
 * ever thrown, and nobody waits longer than the time limit.
 * <p>
 * A key is revoked once, however many endings of its session are reported, and not at all
 * once it has expired. A failure that may pass is retried a few times over some minutes.
 * Where that does not help, a warning and an {@link SsoSessionRevocationFailedEvent} say
 * when the key dies by itself.
 * <p>
 * The calls are made on threads of their own, whose names begin with
 * {@code ultracart-revoke-}. {@linkplain #close() Closing} waits for them within a bound,
 * so an application should have its revoker as a bean.
 *
 * @since 0.1
 */
public final class SsoSessionRevoker implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(SsoSessionRevoker.class);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	static final int MAX_UNDER_WAY = 1000;

	private final UltraCartSsoClient client;

	private final RevocationScheduler scheduler;

	private final Duration closeTimeout;

	private final KeyMemory memory = new KeyMemory();

	private final Set<Revocation> underWay = ConcurrentHashMap.newKeySet();

	private final Semaphore places = new Semaphore(MAX_UNDER_WAY);

	private final AtomicBoolean refusing = new AtomicBoolean();

	private final CountDownLatch drained = new CountDownLatch(1);

	private volatile boolean closed;

	private Duration timeout = DEFAULT_TIMEOUT;

	private Clock clock = Clock.systemUTC();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	private CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions();

	private RevocationClaims revocationClaims = (fingerprint) -> true;

	/**
	 * Creates a revoker.
	 * @param client calls UltraCart
	 */
	public SsoSessionRevoker(UltraCartSsoClient client) {
		this(client, new RevocationThreads(), CLOSE_TIMEOUT);
	}

	SsoSessionRevoker(UltraCartSsoClient client, RevocationScheduler scheduler, Duration closeTimeout) {
		Assert.notNull(client, "client cannot be null");
		this.client = client;
		this.scheduler = scheduler;
		this.closeTimeout = closeTimeout;
	}

	/**
	 * Sets how long signing out waits for UltraCart. Defaults to two seconds.
	 * @param timeout the time limit; the revocation itself goes on after it
	 */
	public void setTimeout(Duration timeout) {
		Assert.notNull(timeout, "timeout cannot be null");
		this.timeout = timeout;
	}

	/**
	 * Sets the clock that tells whether a key has expired. Defaults to the system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Sets who is told of each SSO session that could not be revoked, with an
	 * {@link SsoSessionRevocationFailedEvent}. Defaults to nobody.
	 * @param applicationEventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher applicationEventPublisher) {
		Assert.notNull(applicationEventPublisher, "applicationEventPublisher cannot be null");
		this.eventPublisher = applicationEventPublisher;
	}

	/**
	 * Sets what decides between the instances of an application which of them revokes an
	 * SSO session. It is asked once for each that this instance has not taken on yet, on
	 * the thread that would make the call. While it fails, the instance revokes. By
	 * default every instance goes by its own memory alone.
	 * @param revocationClaims claims revocations; the fingerprints it is given are
	 * SHA-256 hashes of the keys, in hexadecimal digits
	 */
	public void setRevocationClaims(RevocationClaims revocationClaims) {
		Assert.notNull(revocationClaims, "revocationClaims cannot be null");
		this.revocationClaims = revocationClaims;
	}

	/**
	 * Sets what is told that an SSO session is over before UltraCart is, so that nobody
	 * acts with its key any more. Defaults to one of the revoker's own, which nobody else
	 * knows.
	 * @param currentSsoSessions the current SSO sessions
	 */
	public void setCurrentSsoSessions(CurrentSsoSessions currentSsoSessions) {
		Assert.notNull(currentSsoSessions, "currentSsoSessions cannot be null");
		this.currentSsoSessions = currentSsoSessions;
	}

	/**
	 * Revokes the SSO session while the caller goes on.
	 * @param ssoSession the SSO session
	 */
	void revoke(SsoSession ssoSession) {
		if (!isExpired(ssoSession)) {
			start(ssoSession, Revocation.Occasion.SESSION_ENDED);
		}
	}

	/**
	 * Revokes the SSO session of a login that has failed while the caller goes on. It is
	 * revoked even if it seems to have expired: that may be what the login has failed of,
	 * and this machine's clock be wrong.
	 * @param ssoSession the SSO session
	 */
	void revokeFailedLogin(SsoSession ssoSession) {
		start(ssoSession, Revocation.Occasion.LOGIN_FAILED);
	}

	/**
	 * Revokes the SSO session and waits for what comes of the first attempt, but not
	 * longer than the time limit.
	 * @param ssoSession the SSO session
	 */
	void revokeAndWait(SsoSession ssoSession) {
		Revocation revocation = isExpired(ssoSession) ? null : start(ssoSession, Revocation.Occasion.SIGNED_OUT);
		try {
			if (revocation != null && !revocation.awaitFirstAttempt(this.timeout)) {
				logger.debug(LogMessage.format("UltraCart has not confirmed within %s that an SSO session is revoked;"
						+ " nobody waits for it any longer", this.timeout));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isExpired(SsoSession ssoSession) {
		return ssoSession.isExpired(this.clock.instant());
	}

	private @Nullable Revocation start(SsoSession ssoSession, Revocation.Occasion occasion) {
		this.currentSsoSessions.forget(ssoSession);
		if (!this.places.tryAcquire()) {
			refuse(ssoSession, "too many revocations are under way");
			return null;
		}
		Revocation revocation = new Revocation(ssoSession, occasion);
		this.underWay.add(revocation);
		if (this.closed || !scheduleFirst(revocation)) {
			if (finish(revocation)) {
				refuse(ssoSession, "the application is shutting down");
			}
			return null;
		}
		return revocation;
	}

	private boolean scheduleFirst(Revocation revocation) {
		if (!revocation.isUrgent()) {
			return schedule(revocation, Duration.ZERO);
		}
		try {
			this.scheduler.scheduleUrgent(() -> attempt(revocation));
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private boolean schedule(Revocation revocation, Duration delay) {
		try {
			this.scheduler.schedule(() -> attempt(revocation), delay);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private void attempt(Revocation revocation) {
		if (!revocation.beginAttempt()) {
			return;
		}
		try {
			call(revocation);
			finish(revocation);
		}
		catch (UltraCartApiException ex) {
			failed(revocation, ex);
		}
		catch (RuntimeException | Error ex) {
			giveUp(revocation, null, "the call failed unexpectedly", withoutMessage(ex));
		}
		finally {
			revocation.endAttempt();
		}
	}

	private void call(Revocation revocation) {
		if (revocation.isPointless(this.clock.instant())) {
			logger.debug("An SSO session is not revoked, because its key has expired meanwhile");
		}
		else if (revocation.isFirstAttempt() && !claim(revocation)) {
			logger.debug("An SSO session is not revoked, because that has been done or is being done");
		}
		else {
			call(revocation.ssoSession().simpleKey(),
					(revocation.isUrgent() && revocation.isFirstAttempt()) || this.closed);
			logger.debug("An SSO session is revoked");
		}
	}

	private void call(SimpleKey simpleKey, boolean urgent) {
		if (urgent) {
			this.client.revoke(simpleKey);
		}
		else {
			this.client.revokeInTurn(simpleKey);
		}
	}

	private boolean claim(Revocation revocation) {
		String fingerprint = revocation.fingerprint();
		if (!this.memory.add(fingerprint, revocation.expiresAt(), this.clock.instant())) {
			return false;
		}
		try {
			return this.revocationClaims.claim(fingerprint);
		}
		catch (RuntimeException ex) {
			logger.warn("Whether another instance revokes an SSO session cannot be told, so this one does", ex);
			return true;
		}
	}

	private void failed(Revocation revocation, UltraCartApiException ex) {
		if (ex.getFailure() == UltraCartApiFailure.CREDENTIAL_REJECTED) {
			finish(revocation);
			return;
		}
		Duration delay = (mayPass(ex) && !this.closed) ? revocation.nextDelay(ex.getRetryAfter(), this.clock.instant())
				: null;
		if (delay != null && retry(revocation, delay)) {
			logger.debug(LogMessage.format(
					"An SSO session could not be revoked yet; the next attempt is due in %s: %s" + " [request id %s]",
					delay, ex.getMessage(), ex.getRequestId()));
		}
		else {
			giveUp(revocation, ex.getRequestId(), ex.getMessage(), null);
		}
	}

	/**
	 * Revoking twice does no harm, so whatever leaves its outcome open is worth another
	 * attempt.
	 */
	private static boolean mayPass(UltraCartApiException ex) {
		return !ex.wasSent() || switch (ex.getFailure()) {
			case RATE_LIMITED, REFUSED, SERVER_ERROR, NO_ANSWER, INVALID_ANSWER -> true;
			case INVALID_REQUEST, CREDENTIAL_REJECTED, APPLICATION_DISABLED -> false;
		};
	}

	private boolean retry(Revocation revocation, Duration delay) {
		revocation.awaitNextAttempt();
		boolean scheduled = schedule(revocation, delay);
		// closing may have begun, and looked for what is due, a moment before
		return (scheduled && this.closed) ? schedule(revocation, Duration.ZERO) : scheduled;
	}

	private void giveUp(Revocation revocation, @Nullable String requestId, @Nullable String reason,
			@Nullable Throwable origin) {
		if (finish(revocation)) {
			logger.warn(LogMessage.format(
					"An SSO session could not be revoked; its key stays valid until %s: %s" + " [request id %s]",
					revocation.expiresAt(), reason, requestId), origin);
			publish(revocation.ssoSession(), requestId);
		}
	}

	/**
	 * The message of an exception that nobody expected may quote anything, even the key.
	 * What it is and where it comes from may be told.
	 */
	private static Throwable withoutMessage(Throwable ex) {
		Throwable origin = new IllegalStateException(ex.getClass().getName());
		origin.setStackTrace(ex.getStackTrace());
		return origin;
	}

	private void refuse(SsoSession ssoSession, String reason) {
		if (this.refusing.compareAndSet(false, true)) {
			logger.warn(LogMessage.format(
					"An SSO session could not be revoked, because %s; its key stays valid until"
							+ " %s. There may be more, for which there are events but no warnings",
					reason, ssoSession.expiresAt()));
		}
		publish(ssoSession, null);
	}

	private void publish(SsoSession ssoSession, @Nullable String requestId) {
		try {
			this.eventPublisher.publishEvent(new SsoSessionRevocationFailedEvent(ssoSession.expiresAt(), requestId));
		}
		catch (RuntimeException ex) {
			logger.warn("Somebody failed who was told that an SSO session could not be revoked", ex);
		}
	}

	/**
	 * Takes the revocation off the list.
	 * @return {@code true} for the first caller only, who alone may tell of the outcome
	 */
	private boolean finish(Revocation revocation) {
		if (!this.underWay.remove(revocation)) {
			return false;
		}
		this.places.release();
		if (this.closed) {
			signalIfDrained();
		}
		else if (this.places.availablePermits() > MAX_UNDER_WAY / 2) {
			this.refusing.set(false);
		}
		return true;
	}

	private void signalIfDrained() {
		if (this.underWay.isEmpty()) {
			this.drained.countDown();
		}
	}

	/**
	 * Accepts no more revocations and waits for those under way, but no longer than five
	 * seconds. Those waiting for another attempt get it at once, their last. What could
	 * not be revoked is reported as such.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.underWay.forEach((revocation) -> schedule(revocation, Duration.ZERO));
		signalIfDrained();
		try {
			if (!this.drained.await(this.closeTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
				giveUpTheRest();
			}
		}
		catch (InterruptedException ex) {
			giveUpTheRest();
			Thread.currentThread().interrupt();
		}
		this.scheduler.close();
	}

	private void giveUpTheRest() {
		List<SsoSession> rest = this.underWay.stream().filter(this::finish).map(Revocation::ssoSession).toList();
		rest.stream().map(SsoSession::expiresAt).max(Comparator.<Instant>naturalOrder()).ifPresent((last) -> {
			logger.warn(LogMessage.format("The application shuts down before UltraCart has confirmed that %s SSO"
					+ " sessions are revoked; the last of their keys stays valid until %s", rest.size(), last));
			rest.forEach((ssoSession) -> publish(ssoSession, null));
		});
	}

}
