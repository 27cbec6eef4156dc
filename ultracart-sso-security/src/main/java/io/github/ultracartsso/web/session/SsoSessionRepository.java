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

import io.github.ultracartsso.session.SealedSsoSession;
import io.github.ultracartsso.session.SsoSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Stores the SSO session of a signed-in user. The key in it must not be stored in clear.
 * <p>
 * An implementation stores all of the SSO session, its id and registration included: what
 * is lost cannot be checked or revoked later. {@link SealedSsoSession} holds all of it,
 * with the key encrypted.
 *
 * @since 0.1
 * @see HttpSessionSsoSessionRepository
 */
public interface SsoSessionRepository {

	/**
	 * Stores an SSO session, which replaces any other of the same HTTP session.
	 * @param ssoSession the SSO session
	 * @param request the request that completed the login, or that has read the user
	 * again
	 * @param response the response to that request
	 */
	void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response);

	/**
	 * Finds the SSO session of the user of a request. It is called on every request that
	 * needs the security context, so it should be cheap: the key is decrypted when
	 * {@link SsoSession#simpleKey()} is called. It creates no HTTP session.
	 * @param request the request
	 * @return the SSO session, or {@code null} if there is none or its key cannot be
	 * decrypted with any known key
	 */
	@Nullable SsoSession loadSsoSession(HttpServletRequest request);

	/**
	 * Finds the SSO session that ends with an HTTP session, so that it can be revoked. By
	 * default there is none.
	 * @param session an HTTP session that is being destroyed, outside a request
	 * @return the SSO session, or {@code null} if there is none or it does not end with
	 * the HTTP session
	 */
	default @Nullable SsoSession findSsoSession(HttpSession session) {
		return null;
	}

	/**
	 * Removes the SSO session of the user of a request.
	 * @param request the request
	 * @param response the response
	 */
	void removeSsoSession(HttpServletRequest request, HttpServletResponse response);

}
