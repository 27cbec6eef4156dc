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

import java.time.Instant;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.SsoSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Where the SSO session of a signed-in user is kept, and with it the key that must never
 * lie anywhere in clear.
 *
 * @since 0.1
 * @see HttpSessionSsoSessionRepository
 */
public interface SsoSessionRepository {

	/**
	 * Keeps the SSO session in place of any other of the same user.
	 * @param ssoSession the SSO session
	 * @param request the request that completed the login
	 * @param response the response to that request
	 */
	void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response);

	/**
	 * Finds the SSO session of the user who makes the request, and opens its key. Creates
	 * no session.
	 * @param request the request
	 * @return the SSO session, or {@code null} if there is none or its key cannot be
	 * opened
	 */
	@Nullable SsoSession loadSsoSession(HttpServletRequest request);

	/**
	 * Finds until when the key of the user who makes the request is valid, without
	 * opening it. Creates no session. It is called on every request of a signed-in user,
	 * so it should be cheap. By default it loads the SSO session.
	 * @param request the request
	 * @return the expiry, or {@code null} if there is no SSO session or its key surely
	 * cannot be opened
	 */
	default @Nullable Instant findExpiry(HttpServletRequest request) {
		SsoSession ssoSession = loadSsoSession(request);
		return (ssoSession != null) ? ssoSession.expiresAt() : null;
	}

	/**
	 * Returns what finds the SSO session of the user who makes the request when it is
	 * asked, which may be on another thread and after the request is over: what the user
	 * has begun goes on there on his behalf. It is called on every request of a signed-in
	 * user, so it should be cheap, and what it returns must hold neither the request nor
	 * the HTTP session. By default there is nothing such, so that an SSO session is known
	 * on the thread of its request alone.
	 * @param request the request
	 * @return what finds the SSO session, or finds {@code null} if there is none or its
	 * key cannot be opened; {@code null} if nothing can
	 */
	default @Nullable Supplier<@Nullable SsoSession> loadDeferredSsoSession(HttpServletRequest request) {
		return null;
	}

	/**
	 * Finds the SSO session that ends with an HTTP session, so that it can be revoked.
	 * @param session an HTTP session that is being destroyed, perhaps long after the last
	 * request
	 * @return the SSO session, or {@code null} if there is none, it does not end with the
	 * HTTP session, or its key cannot be opened; by default {@code null}
	 */
	default @Nullable SsoSession findSsoSession(HttpSession session) {
		return null;
	}

	/**
	 * Forgets the SSO session of the user who makes the request.
	 * @param request the request
	 * @param response the response
	 */
	void removeSsoSession(HttpServletRequest request, HttpServletResponse response);

}
