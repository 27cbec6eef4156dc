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

package io.github.ultracartsso.web.session;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionGuard;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.util.Assert;

/**
 * Revokes the SSO session at UltraCart when the user signs out here, and publishes that
 * it has ended. No failure of UltraCart keeps the handlers after it from ending the local
 * session. Only a request from an address that must not use the session is rejected, so
 * that it cannot sign out the user whose session it is.
 *
 * @since 0.1
 */
public final class UltraCartLogoutHandler implements LogoutHandler {

	private static final Log logger = LogFactory.getLog(UltraCartLogoutHandler.class);

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessions ssoSessions;

	private final SsoSessionRevoker revoker;

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	/**
	 * Creates a handler.
	 * @param ssoSessionRepository where the SSO session is kept
	 * @param ssoSessions remembers that it has ended
	 * @param revoker revokes it
	 */
	public UltraCartLogoutHandler(SsoSessionRepository ssoSessionRepository, SsoSessions ssoSessions,
			SsoSessionRevoker revoker) {
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		Assert.notNull(ssoSessions, "ssoSessions cannot be null");
		Assert.notNull(revoker, "revoker cannot be null");
		this.ssoSessionRepository = ssoSessionRepository;
		this.ssoSessions = ssoSessions;
		this.revoker = revoker;
	}

	/**
	 * Sets the publisher of an {@link SsoSessionEndedEvent} for each SSO session that
	 * ends here. By default none is published.
	 * @param eventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		Assert.notNull(eventPublisher, "eventPublisher cannot be null");
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Removes and revokes the SSO session.
	 * @throws UltraCartLoginException if the request must not use the session
	 */
	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		if (SsoSessionEnd.isForeign(request)) {
			throw new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH,
					"A request from another address than the user's cannot sign the user out");
		}
		SsoSession ssoSession = load(request);
		// first, so that no other request of the session takes it for one that lost its
		// key
		Authentication original = (authentication != null) ? Impersonation.original(authentication) : null;
		SsoSessionGuard.Over over = SsoSessionGuard.Over.of(Reason.SIGNED_OUT, original, ssoSession);
		boolean first = over.ssoSessionId() != null
				&& SsoSessionEnding.sessionIds(request).end(over.ssoSessionId(), this.ssoSessions);
		try {
			this.ssoSessionRepository.removeSsoSession(request, response);
		}
		catch (RuntimeException ex) {
			logger.error("The SSO session of a user who signs out could not be removed; the sign-out goes on", ex);
		}
		if (ssoSession != null) {
			this.revoker.revokeAndWait(ssoSession);
		}
		if (first) {
			publishEnd(over.user());
		}
	}

	private void publishEnd(@Nullable UltraCartUser user) {
		if (user == null) {
			return;
		}
		try {
			this.eventPublisher.publishEvent(new SsoSessionEndedEvent(user, Reason.SIGNED_OUT));
		}
		catch (RuntimeException ex) {
			logger.error("A listener failed to handle that a user signs out; the sign-out goes on", ex);
		}
	}

	private @Nullable SsoSession load(HttpServletRequest request) {
		try {
			return this.ssoSessionRepository.loadSsoSession(request);
		}
		catch (RuntimeException ex) {
			logger.error("The SSO session of a user who signs out could not be loaded, so its key is not revoked;"
					+ " the sign-out goes on", ex);
			return null;
		}
	}

}
