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

import java.time.Duration;

import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.client.SecureTransport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Writes cookies that no other host can set or read: {@code __Host-}, {@code Secure},
 * {@code HttpOnly} and {@code SameSite=Lax}. If the request is plain http to a loopback
 * host or to one that is trusted in development, the name has no {@code __Host-} and the
 * cookie is not {@code Secure}, because browsers would reject it.
 */
final class LoginCookies {

	private PlainHttpHosts plainHttpHosts = PlainHttpHosts.NONE;

	void setPlainHttpHosts(PlainHttpHosts plainHttpHosts) {
		this.plainHttpHosts = plainHttpHosts;
	}

	/**
	 * Returns the name of a cookie as a request has it.
	 */
	String name(String name, HttpServletRequest request) {
		return isDevelopment(request) ? name : "__Host-" + name;
	}

	void add(HttpServletRequest request, HttpServletResponse response, String name, String value, Duration maxAge) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(name, value)
					.maxAge(maxAge.isNegative() ? Duration.ZERO : maxAge)
					.path("/")
					.secure(!isDevelopment(request))
					.httpOnly(true)
					.sameSite("Lax")
					.build()
					.toString());
	}

	private boolean isDevelopment(HttpServletRequest request) {
		return !request.isSecure() && (SecureTransport.isLoopback(request.getServerName())
				|| this.plainHttpHosts.contains(request.getServerName()));
	}

}
