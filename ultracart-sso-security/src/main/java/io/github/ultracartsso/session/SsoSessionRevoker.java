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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * Revokes SSO sessions at UltraCart. It throws nothing, and no caller waits longer than
 * the timeout.
 * <p>
 * A key is revoked once, however many ends of its session are reported, and not at all
 * once it has expired. A failure that may pass is retried a few times over some minutes.
 * Where that does not help, a warning and an {@link SsoSessionRevocationFailedEvent} say
 * when the key expires by itself.
 * <p>
 * The calls are made on threads whose names begin with {@code ultracart-revoke-}. As a
 * bean, the revoker {@linkplain #close() closes} after the web server and before the
 * connections that the instances of an application share.
 *
 * @since 0.1
 */
public final class SsoSessionRevoker implements SmartLifecycle, AutoCloseable {

	private static final Log logger = LogFactory.getLog(SsoSessionRevoker.class);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Web servers stop in far higher phases, connections in the lowest.
	 */
	private static final int PHASE = 1024;

	static final int MAX_UNDER_WAY = 1000;

	private final UltraCartSsoClient client;

	private final SsoSessions ssoSessions;

	private final RevocationThreads threads;

	private final Duration closeTimeout;

	private final Set<Revocation> underWay = ConcurrentHashMap.newKeySet();

	private final Semaphore places = new Semaphore(MAX_UNDER_WAY);

	private final RevocationReports reports = new RevocationReports(logger);

	private final CountDownLatch drained = new CountDownLatch(1);

	private volatile boolean running;

	private volatile boolean closed;

	private Duration timeout = DEFAULT_TIMEOUT;

	private Clock clock = Clock.systemUTC();

	private RevocationClaims revocationClaims = (id) -> true;

	/**
	 * Creates a revoker.
	 * @param client calls UltraCart
	 * @param ssoSessions is told that an SSO session is over before UltraCart is, so that
	 * its key is not used any more
	 */
	public SsoSessionRevoker(UltraCartSsoClient client, SsoSessions ssoSessions) {
		this(client, ssoSessions, new RevocationThreads(), CLOSE_TIMEOUT);
	}

	SsoSessionRevoker(UltraCartSsoClient client, SsoSessions ssoSessions, RevocationThreads threads,
			Duration closeTimeout) {
		Assert.notNull(client, "client cannot be null");
		Assert.notNull(ssoSessions, "ssoSessions cannot be null");
		this.client = client;
		this.ssoSessions = ssoSessions;
		this.threads = threads;
		this.closeTimeout = closeTimeout;
	}

	/**
	 * Sets how long a sign-out waits for UltraCart. Defaults to two seconds.
	 * @param timeout the timeout, at most a day; the revocation itself goes on after it
	 */
	public void setTimeout(Duration timeout) {
		Assert.notNull(timeout, "timeout cannot be null");
		Assert.isTrue(timeout.compareTo(LONGEST_TIMEOUT) <= 0, "timeout cannot exceed a day");
		this.timeout = timeout;
	}

	/**
	 * Sets the clock that tells whether a key has expired. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Sets the publisher of an {@link SsoSessionRevocationFailedEvent} for each SSO
	 * session that could not be revoked. By default none is published.
	 * @param applicationEventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher applicationEventPublisher) {
		Assert.notNull(applicationEventPublisher, "applicationEventPublisher cannot be null");
		this.reports.setApplicationEventPublisher(applicationEventPublisher);
	}

	/**
	 * Sets what decides between the instances of an application which of them revokes an
	 * SSO session. It is asked once for each SSO session, on the thread that would make
	 * the call. While it fails, this instance revokes. By default each instance goes by
	 * its own memory alone.
	 * @param revocationClaims claims revocations
	 */
	public void setRevocationClaims(RevocationClaims revocationClaims) {
		Assert.notNull(revocationClaims, "revocationClaims cannot be null");
		this.revocationClaims = revocationClaims;
	}

	/**
	 * Revokes an SSO session without waiting.
	 * @param ssoSession the SSO session
	 */
	public void revoke(SsoSession ssoSession) {
		if (!isExpired(ssoSession)) {
			start(ssoSession, Revocation.Occasion.SESSION_ENDED);
		}
	}

	/**
	 * Revokes the SSO session of a failed login without waiting. It is revoked even if it
	 * seems to have expired: that may be why the login failed, and the clock of this
	 * machine may be wrong.
	 * @param ssoSession the SSO session
	 */
	public void revokeFailedLogin(SsoSession ssoSession) {
		start(ssoSession, Revocation.Occasion.LOGIN_FAILED);
	}

	/**
	 * Revokes an SSO session and waits for the first attempt, but not longer than the
	 * timeout.
	 * @param ssoSession the SSO session
	 */
	public void revokeAndWait(SsoSession ssoSession) {
		Revocation revocation = isExpired(ssoSession) ? null : start(ssoSession, Revocation.Occasion.SIGNED_OUT);
		try {
			if (revocation != null && !revocation.awaitFirstAttempt(this.timeout)) {
				logger.debug(LogMessage.format("UltraCart has not confirmed within %s that an SSO session is revoked;"
						+ " the sign-out does not wait any longer", this.timeout));
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
		this.ssoSessions.close(ssoSession);
		if (!this.places.tryAcquire()) {
			this.reports.rejected(ssoSession, "too many revocations are under way");
			return null;
		}
		Revocation revocation = new Revocation(ssoSession, occasion);
		this.underWay.add(revocation);
		if (this.closed || !scheduleFirst(revocation)) {
			if (finish(revocation)) {
				this.reports.rejected(ssoSession, "the application is shutting down");
			}
			return null;
		}
		return revocation;
	}

	private boolean scheduleFirst(Revocation revocation) {
		return revocation.isUrgent() ? this.threads.executeUrgent(() -> attempt(revocation))
				: schedule(revocation, Duration.ZERO);
	}

	private boolean schedule(Revocation revocation, Duration delay) {
		return this.threads.schedule(() -> attempt(revocation), delay);
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
			giveUp(revocation, null, "the call failed unexpectedly", ex);
		}
		finally {
			revocation.endAttempt();
		}
	}

	private void call(Revocation revocation) {
		if (revocation.isPointless(this.clock.instant())) {
			logger.debug("An SSO session is not revoked, because its key has expired meanwhile");
			return;
		}
		if (revocation.isFirstAttempt() && !claim(revocation.ssoSession())) {
			logger.debug("An SSO session is not revoked, because that has been done or is being done");
			return;
		}
		SimpleKey simpleKey = openKey(revocation.ssoSession());
		if (simpleKey == null) {
			logger.debug("An SSO session is not revoked, because its key cannot be decrypted");
			return;
		}
		if ((revocation.isUrgent() && revocation.isFirstAttempt()) || this.closed) {
			this.client.revoke(simpleKey);
		}
		else {
			this.client.revokeInTurn(simpleKey);
		}
		logger.debug("An SSO session is revoked");
	}

	private static @Nullable SimpleKey openKey(SsoSession ssoSession) {
		try {
			return ssoSession.openKey();
		}
		catch (RuntimeException ex) {
			throw UltraCartApiException
				.withFailure(UltraCartApiFailure.NO_RESPONSE,
						"the key could not be decrypted (" + ex.getClass().getName() + ")")
				.notSent()
				.build();
		}
	}

	private boolean claim(SsoSession ssoSession) {
		if (!this.ssoSessions.revoke(ssoSession)) {
			return false;
		}
		try {
			return this.revocationClaims.claim(ssoSession.id());
		}
		catch (RuntimeException ex) {
			logger.warn("It is not known whether another instance revokes an SSO session, so this one does", ex);
			return true;
		}
	}

	private void failed(Revocation revocation, UltraCartApiException ex) {
		if (ex.getFailure() == UltraCartApiFailure.CREDENTIAL_REJECTED) {
			finish(revocation);
			return;
		}
		Duration delay = (mayPass(ex) && !this.closed) ? revocation.nextDelay(ex, this.clock.instant()) : null;
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
	 * Revoking twice does no harm, so every failure that may leave the key alive is worth
	 * another attempt. So is a 400: the request has no content that could be wrong.
	 */
	private static boolean mayPass(UltraCartApiException ex) {
		return !ex.wasSent() || switch (ex.getFailure()) {
			case INVALID_REQUEST, RATE_LIMITED, REFUSED, SERVER_ERROR, NO_RESPONSE, INVALID_RESPONSE -> true;
			case CREDENTIAL_REJECTED, APPLICATION_DISABLED -> false;
		};
	}

	private boolean retry(Revocation revocation, Duration delay) {
		revocation.awaitNextAttempt();
		boolean scheduled = schedule(revocation, delay);
		// closing may have begun, and looked for what is due, a moment before
		return (scheduled && this.closed) ? schedule(revocation, Duration.ZERO) : scheduled;
	}

	private void giveUp(Revocation revocation, @Nullable String requestId, @Nullable String reason,
			@Nullable Throwable unexpected) {
		if (finish(revocation)) {
			this.reports.failed(revocation.ssoSession(), requestId, reason, unexpected);
		}
	}

	/**
	 * Takes the revocation off the list.
	 * @return {@code true} for the first caller, who alone reports the outcome
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
			this.reports.burstIsOver();
		}
		return true;
	}

	private void signalIfDrained() {
		if (this.underWay.isEmpty()) {
			this.drained.countDown();
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Returns {@code false}, since a closed revoker stays closed and a context that a
	 * test framework pauses goes on.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Accepts no more revocations and waits for those under way, but no longer than five
	 * seconds. Those waiting for another attempt get it at once, their last. What could
	 * not be revoked is reported.
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
		this.threads.close();
	}

	private void giveUpTheRest() {
		this.reports.abandoned(this.underWay.stream().filter(this::finish).map(Revocation::ssoSession).toList());
	}

}
