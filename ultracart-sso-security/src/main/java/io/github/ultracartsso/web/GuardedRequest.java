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

import java.util.function.Supplier;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * A request under way, and the user whom the guard has let through with it. To be used on
 * the thread of the request.
 */
final class GuardedRequest {

	private static final String ATTRIBUTE = GuardedRequest.class.getName();

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final CurrentSsoSessions currentSsoSessions;

	private final SsoSessionRepository ssoSessionRepository;

	private final SessionEnding ending;

	private final SecurityContextHolderStrategy securityContextHolderStrategy;

	private @Nullable Authentication authentication;

	private @Nullable SsoSessionUser signedIn;

	GuardedRequest(HttpServletRequest request, HttpServletResponse response, CurrentSsoSessions currentSsoSessions,
			SsoSessionRepository ssoSessionRepository, SessionEnding ending,
			SecurityContextHolderStrategy securityContextHolderStrategy) {
		this.request = request;
		this.response = response;
		this.currentSsoSessions = currentSsoSessions;
		this.ssoSessionRepository = ssoSessionRepository;
		this.ending = ending;
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	static @Nullable GuardedRequest of(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof GuardedRequest guarded) ? guarded : null;
	}

	void keep() {
		this.request.setAttribute(ATTRIBUTE, this);
	}

	/**
	 * Takes note of whom the guard lets through.
	 */
	void letThrough(Authentication authentication, SsoSessionUser signedIn) {
		this.authentication = authentication;
		this.signedIn = signedIn;
		if (!(authentication instanceof UltraCartAuthenticationToken)) {
			// others may not be this request's own, and are known on its thread alone
			return;
		}
		Supplier<@Nullable SsoSession> deferred = this.ssoSessionRepository.loadDeferredSsoSession(this.request);
		if (deferred != null) {
			this.currentSsoSessions.remember(authentication, deferred);
		}
	}

	@Nullable SsoSessionUser signedIn() {
		return this.signedIn;
	}

	/**
	 * Returns whether the authentication is the one that the request was let through
	 * with. A thread that helps out with work of somebody else's has his.
	 */
	boolean isFor(Authentication other) {
		return this.authentication == other;
	}

	/**
	 * Returns whether the authentication is of the same user at least, if the application
	 * has replaced the other by one of its own.
	 */
	boolean isForUserOf(Authentication other) {
		return this.authentication != null && this.signedIn != null
				&& this.signedIn.user().equals(other.getPrincipal());
	}

	/**
	 * Loads the SSO session, unless another request has ended it meanwhile.
	 */
	@Nullable SsoSession loadSsoSession() {
		try {
			return this.ssoSessionRepository.loadSsoSession(this.request);
		}
		catch (IllegalStateException ex) {
			if (this.request.getSession(false) != null) {
				throw ex;
			}
			return null;
		}
	}

	/**
	 * Ends the session if its key has been refused, so that nobody is signed in any more.
	 */
	void endIfRefused() {
		Authentication ended = this.authentication;
		if (ended == null || !this.currentSsoSessions.hasRefused()) {
			return;
		}
		SsoSession ssoSession = this.ending.loadSsoSession(this.request);
		if (ssoSession != null && this.currentSsoSessions.isRefused(ssoSession)) {
			this.authentication = null;
			this.securityContextHolderStrategy
				.setContext(this.ending.end(Reason.REFUSED, ended, this.signedIn, this.request, this.response));
		}
	}

}
