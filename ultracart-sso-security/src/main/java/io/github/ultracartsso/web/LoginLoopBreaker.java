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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Notices browsers that are sent round in circles: back from UltraCart and at once into
 * another login. It counts in a cookie, since the session may be the very thing that is
 * lost on the way. The cookie holds times and grants nothing; whoever forges it brings
 * himself to the sign-in page.
 * <p>
 * Callbacks are counted, not starts: many tabs that are restored at once start as many
 * logins, and go round no circle. And all callbacks are, not only those of logins that
 * are pending here: where the session is lost already on the way to the callback, no
 * state is ever known, and an application that answers this with one of its protected
 * pages sends its users in circles all the same.
 */
final class LoginLoopBreaker {

	static final String COOKIE_NAME = "ULTRACART_SSO_RETURNS";

	private static final Log logger = LogFactory.getLog(LoginLoopBreaker.class);

	private static final int MAX_RETURNS = 5;

	private static final Duration MEMORY = Duration.ofMinutes(1);

	/**
	 * Up to the year 2286, and as many as are written.
	 */
	private static final Pattern VALUE = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,10}){0," + (MAX_RETURNS - 1) + "}");

	private final Clock clock;

	LoginLoopBreaker(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Remembers that the browser has come back from UltraCart.
	 */
	void remember(HttpServletRequest request, HttpServletResponse response) {
		Instant now = this.clock.instant();
		List<Long> returns = new ArrayList<>(returns(request, now));
		returns.add(now.getEpochSecond());
		String value = returns.subList(Math.max(0, returns.size() - MAX_RETURNS), returns.size())
			.stream()
			.map(String::valueOf)
			.collect(Collectors.joining("."));
		addCookie(request, response, value, MEMORY);
	}

	/**
	 * Tells whether the browser goes round in circles. If so, that is forgotten with the
	 * answer, so that the user can start afresh.
	 */
	boolean breakLoop(HttpServletRequest request, HttpServletResponse response) {
		if (returns(request, this.clock.instant()).size() < MAX_RETURNS) {
			return false;
		}
		logger.warn(LogMessage.format(
				"A browser has come back from UltraCart %d times within a minute and asks for another login, so it is"
						+ " sent to the sign-in page. Either its session does not last: the session cookie does not"
						+ " come back, or the instances of the application do not share their sessions; or the"
						+ " application asks for a login again as soon as there was one; or a failure handler leads to"
						+ " a page that needs a login",
				MAX_RETURNS));
		forget(request, response);
		return true;
	}

	/**
	 * Forgets how often the browser has come back. A person who acts in between goes
	 * round in no circle, however fast he is.
	 */
	static void forget(HttpServletRequest request, HttpServletResponse response) {
		if (!cookie(request).isEmpty()) {
			addCookie(request, response, "", Duration.ZERO);
		}
	}

	private static List<Long> returns(HttpServletRequest request, Instant now) {
		String value = cookie(request);
		if (!VALUE.matcher(value).matches()) {
			return List.of();
		}
		long earliest = now.minus(MEMORY).getEpochSecond();
		return Arrays.stream(value.split("\\."))
			.map(Long::valueOf)
			.filter((time) -> time > earliest && time <= now.getEpochSecond())
			.toList();
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
	 * Each application of a host counts for itself, hence the path.
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
