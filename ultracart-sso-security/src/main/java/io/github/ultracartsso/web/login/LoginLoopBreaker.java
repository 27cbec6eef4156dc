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

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

import io.github.ultracartsso.login.LoginLoop;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Breaks redirect loops of browsers that come back from UltraCart and start another login
 * at once. It counts in a cookie, since the session may be what is lost on the way. A
 * sign-out resets the count, so that a person who changes users quickly is not stopped.
 * Not part of the API.
 */
public final class LoginLoopBreaker implements LogoutHandler {

	static final String COOKIE_NAME = "ULTRACART_SSO_RETURNS";

	private static final Log logger = LogFactory.getLog(LoginLoopBreaker.class);

	private final Clock clock;

	/**
	 * Creates a loop breaker.
	 * @param clock the clock
	 */
	public LoginLoopBreaker(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Remembers that the browser has come back from UltraCart.
	 */
	void remember(HttpServletRequest request, HttpServletResponse response) {
		addCookie(request, response, LoginLoop.add(cookie(request), this.clock.instant()), LoginLoop.MEMORY);
	}

	/**
	 * Returns whether the browser is in a redirect loop. If so, the count is reset, so
	 * that the user can start afresh.
	 */
	boolean breakLoop(HttpServletRequest request, HttpServletResponse response) {
		if (!LoginLoop.isLoop(cookie(request), this.clock.instant())) {
			return false;
		}
		logger.warn(LogMessage
			.format("A browser has come back from UltraCart %d times within a minute and starts another login, so it is"
					+ " sent to the sign-in page. Either its session is lost: the session cookie does not come"
					+ " back, or the instances of the application do not share their sessions; or the application"
					+ " asks for a login again as soon as there was one; or a failure handler leads to a page that"
					+ " needs a login", LoginLoop.MAX_RETURNS));
		forget(request, response);
		return true;
	}

	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		forget(request, response);
	}

	private static void forget(HttpServletRequest request, HttpServletResponse response) {
		if (!cookie(request).isEmpty()) {
			addCookie(request, response, "", Duration.ZERO);
		}
	}

	private static String cookie(HttpServletRequest request) {
		Cookie[] cookies = request.getCookies();
		return (cookies != null) ? Arrays.stream(cookies)
			.filter((cookie) -> cookie.getName().equals(COOKIE_NAME))
			.findFirst()
			.map(Cookie::getValue)
			.orElse("") : "";
	}

	/**
	 * Adds the cookie for this application's path, since each application of a host
	 * counts for itself.
	 */
	private static void addCookie(HttpServletRequest request, HttpServletResponse response, String value,
			Duration maxAge) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(COOKIE_NAME, value)
					.maxAge(maxAge)
					.path(request.getContextPath().isEmpty() ? "/" : request.getContextPath())
					.secure(request.isSecure())
					.httpOnly(true)
					.sameSite("Lax")
					.build()
					.toString());
	}

}
