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
import java.time.Instant;
import java.util.Arrays;

import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.client.SecureTransport;
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
 * Breaks redirect loops, in which a browser returns from UltraCart and immediately starts
 * another login. The returns are counted in a cookie, because the session may be what is
 * lost. A sign-out resets the count, so that signing in as several users in a row is not
 * mistaken for a loop. Not part of the API.
 */
public final class LoginLoopBreaker implements LogoutHandler {

	static final String COOKIE_NAME = "ULTRACART_SSO_RETURNS";

	private static final Log logger = LogFactory.getLog(LoginLoopBreaker.class);

	private final Clock clock;

	private final PlainHttpHosts plainHttpHosts;

	/**
	 * Creates a loop breaker.
	 * @param clock the clock
	 */
	public LoginLoopBreaker(Clock clock) {
		this(clock, PlainHttpHosts.NONE);
	}

	/**
	 * Creates a loop breaker for development.
	 * @param clock the clock
	 * @param plainHttpHosts hosts that are treated like loopback hosts
	 */
	public LoginLoopBreaker(Clock clock, PlainHttpHosts plainHttpHosts) {
		this.clock = clock;
		this.plainHttpHosts = plainHttpHosts;
	}

	/**
	 * Counts a return of the browser from UltraCart.
	 * @param startedAt when the login began, or {@code null} if that is not known
	 */
	void remember(HttpServletRequest request, HttpServletResponse response, @Nullable Instant startedAt) {
		addCookie(request, response, LoginLoop.add(cookie(request), startedAt, this.clock.instant()), LoginLoop.MEMORY);
	}

	/**
	 * Returns whether the browser is in a redirect loop. If so, the count is reset, so
	 * that the user can try again.
	 */
	boolean breakLoop(HttpServletRequest request, HttpServletResponse response) {
		if (!LoginLoop.isLoop(cookie(request), this.clock.instant())) {
			return false;
		}
		logger.warn(LogMessage
			.format("A browser has returned from UltraCart %d times within a minute and starts another login, so it is"
					+ " redirected to the sign-in page. Possible causes: the session is lost, because the session"
					+ " cookie is not sent or the instances of the application do not share their sessions; the"
					+ " application requests another login right after a login; a failure handler redirects to a"
					+ " page that requires a login", LoginLoop.MAX_RETURNS));
		forget(request, response);
		return true;
	}

	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		forget(request, response);
	}

	private void forget(HttpServletRequest request, HttpServletResponse response) {
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
	 * Adds the cookie for the context path, because each application on a host has its
	 * own count. It is secure even if the server sees plain http, because a proxy may
	 * terminate TLS.
	 */
	private void addCookie(HttpServletRequest request, HttpServletResponse response, String value, Duration maxAge) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(COOKIE_NAME, value)
					.maxAge(maxAge)
					.path(request.getContextPath().isEmpty() ? "/" : request.getContextPath())
					.secure(request.isSecure() || !(SecureTransport.isLoopback(request.getServerName())
							|| this.plainHttpHosts.contains(request.getServerName())))
					.httpOnly(true)
					.sameSite("Lax")
					.build()
					.toString());
	}

}
