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

import java.util.List;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionGuard;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Signs the user of a session that is over out of the request and its HTTP session, and
 * of the other mechanisms of the filter chain too, such as remember-me. If the user acts
 * as another user, it is the original who is signed out.
 */
final class SsoSessionEnding {

	private static final Log logger = LogFactory.getLog(SsoSessionEnding.class);

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessionGuard guard;

	private SecurityContextRepository securityContextRepository = new HttpSessionSecurityContextRepository();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private List<LogoutHandler> logoutHandlers = List.of();

	SsoSessionEnding(SsoSessionRepository ssoSessionRepository, SsoSessionGuard guard) {
		this.ssoSessionRepository = ssoSessionRepository;
		this.guard = guard;
	}

	void setSecurityContextRepository(SecurityContextRepository securityContextRepository) {
		this.securityContextRepository = securityContextRepository;
	}

	void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	void setLogoutHandlers(List<LogoutHandler> logoutHandlers) {
		this.logoutHandlers = List.copyOf(logoutHandlers);
	}

	boolean isRefused(SsoSession ssoSession, HttpServletRequest request) {
		return this.guard.isRefused(ssoSession, () -> load(request));
	}

	boolean hasEnded(SsoSession ssoSession, HttpServletRequest request) {
		return this.guard.hasEnded(ssoSession, () -> load(request));
	}

	/**
	 * Ends the session of a request whose security context has been looked up already.
	 */
	void endNow(Reason reason, GuardedUser guarded, HttpServletRequest request, HttpServletResponse response) {
		this.securityContextHolderStrategy
			.setContext(end(new SsoSessionGuard.Over(reason, guarded.user(), guarded.ssoSession()),
					guarded.authentication(), new Exchange(request, response)));
	}

	/**
	 * Ends the session.
	 * @return the empty context of the request
	 */
	SecurityContext end(SsoSessionGuard.Over over, Authentication authentication, Exchange exchange) {
		return this.guard.end(over, sessionIds(exchange.request()), () -> leave(authentication, exchange));
	}

	static SsoSessionGuard.SessionIds sessionIds(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		boolean requested = session == null || request.isRequestedSessionIdValid();
		return new SsoSessionGuard.SessionIds((session != null) ? session.getId() : null,
				requested ? request.getRequestedSessionId() : null);
	}

	@Nullable SsoSession load(HttpServletRequest request) {
		try {
			return this.ssoSessionRepository.loadSsoSession(request);
		}
		catch (RuntimeException ex) {
			logger.warn("The SSO session of a user could not be loaded, so nothing can be done with its key", ex);
			return null;
		}
	}

	/**
	 * Signs the user out without publishing that. The context may be being looked up at
	 * this moment, so nothing here may ask the holder for it, as Spring Security's own
	 * logout handler does.
	 */
	SecurityContext leave(Authentication authentication, Exchange exchange) {
		HttpServletRequest request = exchange.request();
		SsoSessionEnd.keep(UltraCartLoginError.SESSION_ENDED, request);
		logout(Impersonation.original(authentication), exchange);
		this.ssoSessionRepository.removeSsoSession(request, exchange.response());
		SecurityContext emptyContext = this.securityContextHolderStrategy.createEmptyContext();
		this.securityContextRepository.saveContext(emptyContext, request, exchange.response());
		HttpSession session = request.getSession(false);
		if (session != null) {
			invalidate(session);
		}
		return emptyContext;
	}

	private void logout(Authentication authentication, Exchange exchange) {
		for (LogoutHandler logoutHandler : this.logoutHandlers) {
			try {
				logoutHandler.logout(exchange.request(), exchange.response(), authentication);
			}
			catch (RuntimeException ex) {
				logger.error(LogMessage.format("%s has failed; the session ends all the same",
						logoutHandler.getClass().getName()), ex);
			}
		}
	}

	private static void invalidate(HttpSession session) {
		try {
			session.invalidate();
		}
		catch (IllegalStateException ex) {
			logger.debug("Another request has ended the session at the same time", ex);
		}
	}

	/**
	 * Removes the SSO session of a user over whose session another user has signed in by
	 * another mechanism.
	 */
	void removeOther(SsoSession ssoSession, Exchange exchange) {
		this.ssoSessionRepository.removeSsoSession(exchange.request(), exchange.response());
		this.guard.revoke(ssoSession);
	}

	/**
	 * Request with its response.
	 */
	record Exchange(HttpServletRequest request, HttpServletResponse response) {

	}

}
