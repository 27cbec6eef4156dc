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
package io.github.ultracartsso.web.login;

import io.github.ultracartsso.authentication.UltraCartFactor;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.web.session.Impersonation;
import io.github.ultracartsso.web.session.SsoSessionEnd;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.Assert;
import org.springframework.web.util.WebUtils;

/**
 * Stores the SSO sessions of completed logins, and replaces what the HTTP session holds
 * of an earlier login. An SSO session that is replaced or belongs to a failed login is
 * revoked. Not part of the API.
 */
public final class LoginSessions {

	private static final Log logger = LogFactory.getLog(LoginSessions.class);

	private final SsoSessionRepository repository;

	private final SsoSessionRevoker revoker;

	/**
	 * Creates an instance.
	 * @param repository stores the SSO sessions of completed logins
	 * @param revoker revokes those of failed and replaced logins
	 */
	public LoginSessions(SsoSessionRepository repository, SsoSessionRevoker revoker) {
		Assert.notNull(repository, "repository cannot be null");
		Assert.notNull(revoker, "revoker cannot be null");
		this.repository = repository;
		this.revoker = revoker;
	}

	/**
	 * Prepares the HTTP session for a user. If it belongs to another user, by its context
	 * or by its SSO session, it is replaced by a new one, as it is if a user acts as
	 * another user in it. If it belongs to the same user, the authorities of the earlier
	 * login are removed: they would survive where Spring Security merges the authorities
	 * of several factors.
	 * @throws UltraCartLoginException if the HTTP session belongs to a user at another
	 * address and this is not the same user
	 */
	void prepare(Authentication result, SecurityContextHolderStrategy contexts, HttpServletRequest request,
			HttpServletResponse response) {
		// reading the context makes the guard decide about the HTTP session
		Authentication current = contexts.getContext().getAuthentication();
		if (SsoSessionEnd.isForeign(request)) {
			requireOwner(result, request);
		}
		else if (belongsToAnother(current, result, request)) {
			endSession(request, response);
			contexts.clearContext();
		}
		else if (current != null) {
			removeEarlierAuthorities(current, contexts, request);
		}
	}

	private boolean belongsToAnother(@Nullable Authentication current, Authentication result,
			HttpServletRequest request) {
		if (current != null && (Impersonation.isIn(current) || !isSameUser(current, result))) {
			return true;
		}
		SsoSession owned = this.repository.loadSsoSession(request);
		return owned != null && !isOf(owned, result);
	}

	private void requireOwner(Authentication result, HttpServletRequest request) {
		SsoSession owned = this.repository.loadSsoSession(request);
		if (owned == null || !isOf(owned, result)) {
			throw new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH,
					"The browser session belongs to a user who signed in from another address");
		}
	}

	private static boolean isOf(SsoSession ssoSession, Authentication result) {
		return result.getPrincipal() instanceof UltraCartUser user && ssoSession.isOf(user);
	}

	private static boolean isSameUser(Authentication current, Authentication result) {
		return (current.getPrincipal() instanceof UltraCartUser user) ? user.equals(result.getPrincipal())
				: current.getName().equals(result.getName());
	}

	private void removeEarlierAuthorities(Authentication current, SecurityContextHolderStrategy contexts,
			HttpServletRequest request) {
		UltraCartUser earlier = earlierUser(current, request);
		if (earlier != null) {
			SecurityContext context = contexts.createEmptyContext();
			context.setAuthentication(UltraCartFactor.withoutGrantsOf(current, earlier));
			contexts.setContext(context);
		}
	}

	private @Nullable UltraCartUser earlierUser(Authentication current, HttpServletRequest request) {
		if (current.getPrincipal() instanceof UltraCartUser user) {
			return user;
		}
		SsoSession earlier = this.repository.loadSsoSession(request);
		return (earlier != null) ? earlier.user() : null;
	}

	private void endSession(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session == null) {
			return;
		}
		SsoSession previous = this.repository.loadSsoSession(request);
		if (previous != null) {
			// first, because the session store may fail
			this.revoker.revoke(previous);
		}
		this.repository.removeSsoSession(request, response);
		session.invalidate();
	}

	/**
	 * Stores the SSO session of a login and revokes the one that it replaces.
	 * @return the SSO session as stored, whose key is encrypted between uses
	 */
	SsoSession save(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		SsoSession previous;
		SsoSession stored;
		// of two logins that are completed at the same time, one replaces the other
		synchronized ((session != null) ? WebUtils.getSessionMutex(session) : ssoSession) {
			previous = this.repository.loadSsoSession(request);
			this.repository.saveSsoSession(ssoSession, request, response);
			stored = this.repository.loadSsoSession(request);
		}
		if (previous != null && !hasSameKey(previous, ssoSession)) {
			this.revoker.revoke(previous);
		}
		return (stored != null) ? stored : ssoSession;
	}

	private static boolean hasSameKey(SsoSession previous, SsoSession ssoSession) {
		try {
			return previous.hasSameKey(ssoSession);
		}
		catch (RuntimeException ex) {
			// the keys cannot be compared now; the revocation decrypts again, and retries
			return false;
		}
	}

	/**
	 * Ends the HTTP session of a login that failed while it was stored. What the session
	 * store has of it is not known.
	 */
	void end(HttpServletRequest request) {
		try {
			HttpSession session = request.getSession(false);
			if (session != null) {
				session.invalidate();
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The session of a failed login could not be removed from the session store", ex);
		}
	}

	/**
	 * Revokes the SSO session of a failed login, and removes it if it was stored.
	 */
	void discard(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
		this.revoker.revokeFailedLogin(ssoSession);
		try {
			if (ssoSession.equals(this.repository.loadSsoSession(request))) {
				this.repository.removeSsoSession(request, response);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The SSO session of a failed login is revoked, but could not be removed from the session", ex);
		}
	}

}
