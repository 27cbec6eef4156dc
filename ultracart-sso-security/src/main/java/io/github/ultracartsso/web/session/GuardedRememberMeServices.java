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

import io.github.ultracartsso.session.SsoSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.util.Assert;

/**
 * {@link RememberMeServices} that do not sign a user in with a request whose session the
 * guard has ended or that comes from a foreign address. Without it, the remember-me
 * cookie of the same request would bring the user back at once. Not part of the API.
 */
public final class GuardedRememberMeServices implements RememberMeServices, LogoutHandler {

	private final RememberMeServices delegate;

	private final SsoSessions ssoSessions;

	/**
	 * Creates an instance.
	 * @param delegate the services of the filter chain
	 * @param ssoSessions remembers which HTTP sessions the guard has ended
	 */
	public GuardedRememberMeServices(RememberMeServices delegate, SsoSessions ssoSessions) {
		Assert.notNull(delegate, "delegate cannot be null");
		Assert.notNull(ssoSessions, "ssoSessions cannot be null");
		this.delegate = delegate;
		this.ssoSessions = ssoSessions;
	}

	/**
	 * Signs in the user of the cookie. A request that was under way when another request
	 * of its browser ended the session has sent the cookie too.
	 */
	@Override
	public @Nullable Authentication autoLogin(HttpServletRequest request, HttpServletResponse response) {
		if (SsoSessionEnd.of(request) != null) {
			return null;
		}
		String sessionId = request.getRequestedSessionId();
		if (sessionId != null && this.ssoSessions.hasEnded(sessionId)) {
			this.delegate.loginFail(request, response);
			return null;
		}
		return this.delegate.autoLogin(request, response);
	}

	@Override
	public void loginFail(HttpServletRequest request, HttpServletResponse response) {
		this.delegate.loginFail(request, response);
	}

	@Override
	public void loginSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication successfulAuthentication) {
		this.delegate.loginSuccess(request, response, successfulAuthentication);
	}

	/**
	 * Forgets the user of a session that ends.
	 */
	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		if (this.delegate instanceof LogoutHandler logoutHandler) {
			logoutHandler.logout(request, response, authentication);
		}
		else {
			this.delegate.loginFail(request, response);
		}
	}

}
