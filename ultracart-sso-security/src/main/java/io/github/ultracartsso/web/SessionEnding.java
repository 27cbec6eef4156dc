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

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionEndedEvent;
import io.github.ultracartsso.authentication.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Ends sessions that are over, each once, however many requests of it are under way.
 */
final class SessionEnding {

	private static final Log logger = LogFactory.getLog(SessionEnding.class);

	/**
	 * Time in which a session that was begun by itself must not end by itself.
	 */
	private static final Duration TOO_SOON = Duration.ofMinutes(1);

	private final EndedSessions endedSessions = new EndedSessions();

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessionRevoker revoker;

	private SecurityContextRepository securityContextRepository = new HttpSessionSecurityContextRepository();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	private Clock clock = Clock.systemUTC();

	SessionEnding(SsoSessionRepository ssoSessionRepository, SsoSessionRevoker revoker) {
		this.ssoSessionRepository = ssoSessionRepository;
		this.revoker = revoker;
	}

	void setSecurityContextRepository(SecurityContextRepository securityContextRepository) {
		this.securityContextRepository = securityContextRepository;
	}

	void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		this.eventPublisher = eventPublisher;
	}

	void setClock(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Ends the session, tells of it, and revokes the key unless UltraCart has refused it.
	 * @return the context of a request that is nobody's
	 */
	SecurityContext end(Reason reason, Authentication authentication, @Nullable SsoSessionUser signedIn,
			HttpServletRequest request, HttpServletResponse response) {
		if (!isFirstToEnd(request)) {
			return leave(authentication, signedIn, request, response);
		}
		logger.debug(LogMessage.format("The SSO session of %s is over [%s]",
				(signedIn != null) ? signedIn.user() : "a user", reason));
		SsoSession ended = (reason != Reason.REFUSED) ? loadSsoSession(request) : null;
		SecurityContext emptyContext = leave(authentication, signedIn, request, response);
		if (ended != null && !ended.isExpired(this.clock.instant())) {
			this.revoker.revoke(ended);
		}
		if (signedIn != null) {
			this.eventPublisher.publishEvent(new SsoSessionEndedEvent(signedIn.user(), reason));
		}
		return emptyContext;
	}

	/**
	 * A session that the request came with and that is gone was ended by another request,
	 * which has told of it.
	 */
	private boolean isFirstToEnd(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null) ? this.endedSessions.isFirstToEnd(session.getId(), this.clock.instant())
				: request.getRequestedSessionId() == null;
	}

	@Nullable SsoSession loadSsoSession(HttpServletRequest request) {
		try {
			return this.ssoSessionRepository.loadSsoSession(request);
		}
		catch (RuntimeException ex) {
			logger.warn("The SSO session of a user could not be loaded, so nothing can be done with its key", ex);
			return null;
		}
	}

	/**
	 * Ends the session without a word. The context may be being looked up at this moment,
	 * so nothing here may ask the holder for it, as Spring Security's own logout handler
	 * does.
	 */
	SecurityContext leave(Authentication authentication, @Nullable SsoSessionUser signedIn, HttpServletRequest request,
			HttpServletResponse response) {
		sessionEnd(UltraCartLoginError.SESSION_ENDED, authentication, signedIn).keep(request);
		this.ssoSessionRepository.removeSsoSession(request, response);
		SecurityContext emptyContext = this.securityContextHolderStrategy.createEmptyContext();
		this.securityContextRepository.saveContext(emptyContext, request, response);
		HttpSession session = request.getSession(false);
		if (session != null) {
			invalidate(session);
		}
		return emptyContext;
	}

	private void invalidate(HttpSession session) {
		try {
			session.invalidate();
		}
		catch (IllegalStateException ex) {
			logger.debug("Another request has ended the session at the same time", ex);
		}
	}

	SessionEnd sessionEnd(UltraCartLoginError error, Authentication authentication, @Nullable SsoSessionUser signedIn) {
		Instant signedInAt = SsoSessionUsers.signedInAt(authentication);
		boolean again = signedIn != null && signedIn.afterSessionEnd()
				&& this.clock.instant().isBefore(signedInAt.plus(TOO_SOON));
		return new SessionEnd(error, again);
	}

}
