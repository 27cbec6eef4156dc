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

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.session.CurrentSsoSessions.GuardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Why a request that came with a session is unauthenticated. Not part of the API.
 *
 * @param error {@code session_ended} or {@code ip_mismatch}
 */
public record SsoSessionEnd(UltraCartLoginError error) {

	private static final String ATTRIBUTE = SsoSessionEnd.class.getName();

	static void keep(UltraCartLoginError error, HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, new SsoSessionEnd(error));
	}

	/**
	 * Finds why a request is unauthenticated. A session is ended first whose key another
	 * thread was refused for this request.
	 * @param request the request
	 * @return why, or {@code null} if its session has not ended
	 */
	public static @Nullable SsoSessionEnd of(HttpServletRequest request) {
		if (request.getAttribute(GuardedRequest.class.getName()) instanceof GuardedRequest guarded) {
			guarded.endIfRefused();
		}
		return (request.getAttribute(ATTRIBUTE) instanceof SsoSessionEnd end) ? end : null;
	}

	/**
	 * Returns whether a request comes from an address that must not use the session it
	 * came with.
	 * @param request the request
	 * @return {@code true} if it does
	 */
	public static boolean isForeign(HttpServletRequest request) {
		SsoSessionEnd end = of(request);
		return end != null && end.error() == UltraCartLoginError.IP_MISMATCH;
	}

}
