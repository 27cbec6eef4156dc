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

import io.github.ultracartsso.authentication.UltraCartFactor;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.web.session.SsoSessionEnding.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Request whose session is guarded, and the user that it was authenticated as. Only for
 * the thread of the request.
 */
final class GuardedHttpRequest implements CurrentSsoSessions.GuardedRequest {

	private static final String ATTRIBUTE = CurrentSsoSessions.GuardedRequest.class.getName();

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final SsoSessionEnding ending;

	private @Nullable GuardedUser guarded;

	GuardedHttpRequest(HttpServletRequest request, HttpServletResponse response, SsoSessionEnding ending) {
		this.request = request;
		this.response = response;
		this.ending = ending;
	}

	static @Nullable GuardedHttpRequest of(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof GuardedHttpRequest guarded) ? guarded : null;
	}

	void keep() {
		this.request.setAttribute(ATTRIBUTE, this);
	}

	void authenticated(GuardedUser guardedUser) {
		this.guarded = guardedUser;
	}

	@Nullable GuardedUser guarded() {
		return this.guarded;
	}

	/**
	 * The key is not available to an impersonated user. The application may have replaced
	 * the authentication by another of the same user. A thread that helps out with the
	 * work of another user has that user's authentication.
	 */
	@Override
	public @Nullable SsoSession findSsoSession(Authentication authentication) {
		GuardedUser current = this.guarded;
		if (current == null || Impersonation.isIn(authentication)) {
			return null;
		}
		boolean known = current.authentication() == authentication
				|| current.user().equals(authentication.getPrincipal());
		return known ? current.ssoSession() : null;
	}

	@Override
	public boolean isImpersonation(Authentication authentication) {
		return Impersonation.isIn(authentication);
	}

	@Override
	public void endIfRefused() {
		GuardedUser current = this.guarded;
		if (current != null && this.ending.isRefused(current.ssoSession(), this.request)) {
			this.guarded = null;
			this.ending.endNow(Reason.REFUSED, current, this.request, this.response);
		}
	}

	/**
	 * Drops the copy of a session that another request has ended. A session store may
	 * fail to save it when an asynchronous request is completed.
	 */
	void leaveIfEnded() {
		GuardedUser current = this.guarded;
		if (current != null && this.ending.hasEnded(current.ssoSession(), this.request)) {
			this.guarded = null;
			this.ending.leave(current.authentication(), new Exchange(this.request, this.response));
		}
	}

	/**
	 * Stores the user with the SSO session once another login has replaced the principal,
	 * so that it is still known what UltraCart has granted.
	 */
	void keepUserBehind(@Nullable Authentication authentication, SsoSessionRepository ssoSessionRepository) {
		GuardedUser current = this.guarded;
		if (current == null || authentication == null || authentication == current.authentication()
				|| Impersonation.isIn(authentication) || authentication.getPrincipal() instanceof UltraCartUser
				|| !UltraCartFactor.isIn(authentication) || this.request.getSession(false) == null) {
			return;
		}
		SsoSession stored = ssoSessionRepository.loadSsoSession(this.request);
		if (stored != null && stored.user() == null && stored.equals(current.ssoSession())) {
			ssoSessionRepository.saveSsoSession(stored.toBuilder().user(current.user()).build(), this.request,
					this.response);
		}
	}

}
