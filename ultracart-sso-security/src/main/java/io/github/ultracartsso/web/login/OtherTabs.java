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
 * Responds to callbacks whose user another tab of the browser has signed in: the tab is
 * redirected to its target, and the code is not exchanged.
 */
final class OtherTabs {

	/**
	 * Parameter of a callback that is redirected to itself, once for each time.
	 */
	private static final String REPEATED = "repeated";

	private static final int MAX_REPEATED = 10;

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private String defaultSuccessUrl = "/";

	void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	void setDefaultSuccessUrl(String defaultSuccessUrl) {
		this.defaultSuccessUrl = defaultSuccessUrl;
	}

	/**
	 * Redirects a callback to itself if it has waited for one that signed the user in.
	 * The session has another id since, so this request must not use it: a session store
	 * would fail, or store the session anew.
	 * @return whether the response is sent
	 */
	boolean repeatIfOvertaken(CallbackTurn turn, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (!turn.hasWaited() || !turn.isOvertaken() || !mayRepeat(request)) {
			return false;
		}
		repeat(request, response);
		return true;
	}

	/**
	 * Redirects to the target of a login if another tab has signed the user in since it
	 * began. A login that the user has started without a target may be meant to change
	 * the user.
	 * @return whether the response is sent
	 */
	boolean serve(PendingLogin login, CallbackTurn turn, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		ReturnTarget target = login.target();
		if (!turn.isServed(login) && (target == null || !UltraCartFactor
			.isIssuedSince(this.securityContextHolderStrategy.getContext().getAuthentication(), target.since()))) {
			return false;
		}
		this.redirectStrategy.sendRedirect(request, response, (target != null) ? target.url() : this.defaultSuccessUrl);
		return true;
	}

	/**
	 * Responds to a callback whose login is not found, because it is in a session of
	 * which the browser is still receiving the new id.
	 * @return whether the response is sent
	 */
	boolean repeatOrLeave(CallbackTurn turn, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (!turn.isOvertaken()) {
			return false;
		}
		if (mayRepeat(request)) {
			repeat(request, response);
		}
		else {
			this.redirectStrategy.sendRedirect(request, response, this.defaultSuccessUrl);
		}
		return true;
	}

	private static boolean mayRepeat(HttpServletRequest request) {
		String[] repeated = request.getParameterValues(REPEATED);
		return repeated == null || repeated.length < MAX_REPEATED;
	}

	/**
	 * A redirect strategy would write the code and the state to its log.
	 */
	private static void repeat(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.sendRedirect(request.getRequestURI() + "?" + request.getQueryString() + "&" + REPEATED + "=1");
	}

}
