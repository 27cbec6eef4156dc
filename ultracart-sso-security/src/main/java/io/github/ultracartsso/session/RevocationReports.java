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

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;

/**
 * Logs and publishes which SSO sessions could not be revoked. Each has its event, but a
 * burst of them is logged once.
 */
final class RevocationReports {

	private final Log logger;

	private final AtomicBoolean rejecting = new AtomicBoolean();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	RevocationReports(Log logger) {
		this.logger = logger;
	}

	void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Reports a revocation that has failed for good.
	 * @param requestId UltraCart's id of the last attempt, or {@code null}
	 * @param unexpected what was thrown unexpectedly, or {@code null}
	 */
	void failed(SsoSession ssoSession, @Nullable String requestId, @Nullable String reason,
			@Nullable Throwable unexpected) {
		this.logger.warn(
				LogMessage.format(
						"An SSO session could not be revoked; its key stays valid until %s: %s [request id %s]",
						ssoSession.expiresAt(), reason, requestId),
				(unexpected != null) ? withoutMessage(unexpected) : null);
		publish(ssoSession, requestId);
	}

	/**
	 * The message of an unexpected exception may quote anything, even the key. Its type
	 * and its origin are safe.
	 */
	private static Throwable withoutMessage(Throwable ex) {
		Throwable origin = new IllegalStateException(ex.getClass().getName());
		origin.setStackTrace(ex.getStackTrace());
		return origin;
	}

	/**
	 * Reports a revocation that has not been accepted.
	 */
	void rejected(SsoSession ssoSession, String reason) {
		if (this.rejecting.compareAndSet(false, true)) {
			this.logger.warn(LogMessage.format(
					"An SSO session could not be revoked, because %s; its key stays valid until"
							+ " %s. There may be more, for which there are events but no warnings",
					reason, ssoSession.expiresAt()));
		}
		publish(ssoSession, null);
	}

	/**
	 * Has the next rejection logged again.
	 */
	void burstIsOver() {
		this.rejecting.set(false);
	}

	/**
	 * Reports the revocations that were under way when the application shut down.
	 */
	void abandoned(List<SsoSession> ssoSessions) {
		ssoSessions.stream().map(SsoSession::expiresAt).max(Comparator.<Instant>naturalOrder()).ifPresent((last) -> {
			this.logger.warn(LogMessage.format(
					"The application shuts down before UltraCart has confirmed that %s SSO"
							+ " sessions are revoked; the last of their keys stays valid until %s",
					ssoSessions.size(), last));
			ssoSessions.forEach((ssoSession) -> publish(ssoSession, null));
		});
	}

	private void publish(SsoSession ssoSession, @Nullable String requestId) {
		try {
			this.eventPublisher.publishEvent(
					new SsoSessionRevocationFailedEvent(ssoSession.userId(), ssoSession.expiresAt(), requestId));
		}
		catch (RuntimeException ex) {
			this.logger.warn("A listener failed to handle that an SSO session could not be revoked", ex);
		}
	}

}
