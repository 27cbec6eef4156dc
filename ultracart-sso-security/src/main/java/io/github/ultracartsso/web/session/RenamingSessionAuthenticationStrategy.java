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

import io.github.ultracartsso.session.SsoSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionFixationProtectionStrategy;
import org.springframework.util.Assert;

/**
 * {@link SessionAuthenticationStrategy} that keeps the SSO session of a user who signs in
 * once more, with UltraCart or by another mechanism. Not part of the API.
 * <p>
 * A {@link SessionFixationProtectionStrategy} invalidates the HTTP session and copies its
 * attributes into a new one. The session store would report the end of a session whose
 * SSO session lives on, to this instance or to another, and the key would be revoked. So
 * the HTTP session gets another id instead, and loses the attributes that are not copied.
 */
public final class RenamingSessionAuthenticationStrategy implements SessionAuthenticationStrategy {

	private final SessionAuthenticationStrategy delegate;

	private final SsoSessionRepository ssoSessionRepository;

	/**
	 * Creates a strategy.
	 * @param delegate the strategy of the filter chain
	 * @param ssoSessionRepository where SSO sessions are kept
	 */
	public RenamingSessionAuthenticationStrategy(SessionAuthenticationStrategy delegate,
			SsoSessionRepository ssoSessionRepository) {
		Assert.notNull(delegate, "delegate cannot be null");
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		this.delegate = delegate;
		this.ssoSessionRepository = ssoSessionRepository;
	}

	@Override
	public void onAuthentication(Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		SsoSession ssoSession = (request.getSession(false) != null) ? this.ssoSessionRepository.loadSsoSession(request)
				: null;
		if (ssoSession == null) {
			this.delegate.onAuthentication(authentication, request, response);
			return;
		}
		RenamedSessionRequest renaming = new RenamedSessionRequest(request);
		this.delegate.onAuthentication(authentication, renaming, response);
		renaming.complete();
		if (request.getSession(false) != null && this.ssoSessionRepository.loadSsoSession(request) == null) {
			this.ssoSessionRepository.saveSsoSession(ssoSession, request, response);
		}
	}

}
