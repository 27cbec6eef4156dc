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

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.session.GuardedHttpRequest.GuardedUser;
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
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Ends sessions that are over, each once, however many of its requests are under way. It
 * signs the user out of the other mechanisms of the filter chain too, such as
 * remember-me. If the user acts as another user, it is the original who is signed out.
 */
final class SsoSessionEnding {

	private static final Log logger = LogFactory.getLog(SsoSessionEnding.class);

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessions ssoSessions;

	private final SsoSessionRevoker revoker;

	private SecurityContextRepository securityContextRepository = new HttpSessionSecurityContextRepository();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private List<LogoutHandler> logoutHandlers = List.of();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	SsoSessionEnding(SsoSessionRepository ssoSessionRepository, SsoSessions ssoSessions, SsoSessionRevoker revoker) {
		this.ssoSessionRepository = ssoSessionRepository;
		this.ssoSessions = ssoSessions;
		this.revoker = revoker;
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

	void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Returns whether UltraCart has refused the key with which the request came, and no
	 * login has replaced it since.
	 */
	boolean isRefused(SsoSession ssoSession, HttpServletRequest request) {
		if (!this.ssoSessions.isRefused(ssoSession)) {
			return false;
		}
		SsoSession stored = load(request);
		return stored == null || stored.equals(ssoSession);
	}

	/**
	 * Returns whether another request has ended the session of which this one still has a
	 * copy.
	 */
	boolean hasEnded(SsoSession ssoSession, HttpServletRequest request) {
		return this.ssoSessions.hasEnded(ssoSession) && ssoSession.equals(load(request));
	}

	/**
	 * Ends the session of a request whose security context has been looked up already.
	 */
	void endNow(Reason reason, GuardedUser guarded, HttpServletRequest request, HttpServletResponse response) {
		this.securityContextHolderStrategy.setContext(end(reason, guarded.authentication(), guarded.user(),
				guarded.ssoSession(), new Exchange(request, response)));
	}

	/**
	 * Ends the session, publishes that, and revokes the key unless UltraCart has refused
	 * it.
	 * @return the empty context of the request
	 */
	SecurityContext end(Reason reason, Authentication authentication, @Nullable UltraCartUser user,
			@Nullable SsoSession ssoSession, Exchange exchange) {
		boolean first = isFirstToEnd(authentication, ssoSession, exchange.request());
		if (ssoSession != null && reason != Reason.REFUSED) {
			// before the session store is used, which may fail; a key is revoked once
			this.revoker.revoke(ssoSession);
		}
		if (!first) {
			return leave(authentication, exchange);
		}
		logger.debug(LogMessage.format("The SSO session of %s is over [%s]", (user != null) ? user : "a user", reason));
		SecurityContext emptyContext = leave(authentication, exchange);
		if (user != null) {
			this.eventPublisher.publishEvent(new SsoSessionEndedEvent(user, reason));
		}
		return emptyContext;
	}

	/**
	 * A session that the request came with and that is gone was ended by another request,
	 * which has published that. The HTTP session is remembered too: another request may
	 * find it without its SSO session already, or send its remember-me cookie once more.
	 */
	private boolean isFirstToEnd(Authentication authentication, @Nullable SsoSession ssoSession,
			HttpServletRequest request) {
		if (request.getSession(false) == null) {
			return request.getRequestedSessionId() == null;
		}
		String id = (ssoSession != null) ? ssoSession.id()
				: (Impersonation.original(authentication) instanceof UltraCartAuthenticationToken token)
						? token.getSsoSessionId() : null;
		return end(id, request, this.ssoSessions);
	}

	/**
	 * Remembers that the session of a user has ended, also by the id that the browser
	 * sends. Jetty appends the name of the server to that one.
	 * @return whether this request is the first to end it
	 */
	static boolean end(@Nullable String ssoSessionId, HttpServletRequest request, SsoSessions ssoSessions) {
		HttpSession session = request.getSession(false);
		String id = (session != null) ? session.getId() : null;
		String requestedId = request.isRequestedSessionIdValid() ? request.getRequestedSessionId() : null;
		if (id != null && requestedId != null && !requestedId.equals(id)) {
			ssoSessions.end(null, requestedId);
		}
		return ssoSessions.end(ssoSessionId, id);
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
	 * Ends the session without publishing that. The context may be being looked up at
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
		this.revoker.revoke(ssoSession);
	}

	/**
	 * Request with its response.
	 */
	record Exchange(HttpServletRequest request, HttpServletResponse response) {

	}

}
