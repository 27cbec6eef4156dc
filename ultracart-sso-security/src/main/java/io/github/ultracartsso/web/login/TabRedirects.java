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

import java.io.IOException;
import java.time.Instant;

import io.github.ultracartsso.authentication.UltraCartFactor;
import io.github.ultracartsso.login.CallbackTurn;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.ReturnTarget;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;

/**
 * Redirects the tabs of a browser in which another tab has signed the user in: to their
 * targets, without an exchange of their codes.
 */
final class TabRedirects {

	/**
	 * Parameter of a callback that is redirected to itself, once for each time.
	 */
	private static final String REPEATED = "repeated";

	private static final int MAX_REPEATED = 10;

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	/**
	 * Redirects a callback to itself until the browser has the session in which another
	 * one has just signed the user in.
	 * @return whether the response is sent
	 */
	boolean repeatIfOvertaken(CallbackTurn turn, long arrivedAt, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		String[] repeated = request.getParameterValues(REPEATED);
		if (!turn.isOvertaken() || (repeated != null && repeated.length >= MAX_REPEATED)
				|| (turn.mayUseSession(arrivedAt) && isSignedInSince(Instant.EPOCH))) {
			return false;
		}
		// a redirect strategy would write the code and the state to its log
		response.sendRedirect(request.getRequestURI() + "?" + request.getQueryString() + "&" + REPEATED + "=1");
		return true;
	}

	/**
	 * Redirects to the target of a login if the user has signed in since they needed it.
	 * A login without a target may be meant to change the user.
	 * @return whether the response is sent
	 */
	boolean redirectIfSignedIn(PendingLogin login, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		ReturnTarget target = login.target();
		if (target == null || !isSignedInSince(target.signedInSince())) {
			return false;
		}
		this.redirectStrategy.sendRedirect(request, response, target.url());
		return true;
	}

	private boolean isSignedInSince(Instant time) {
		return UltraCartFactor.isIssuedSince(this.securityContextHolderStrategy.getContext().getAuthentication(), time);
	}

}
