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

package io.github.ultracartsso.benchmarks;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.Assert;

/**
 * Sends navigations through the security filters, with the session and the cookies of the
 * requests before.
 */
final class Browser {

	private final Filter security;

	private final FilterChain page;

	private final Map<String, Cookie> cookies = new LinkedHashMap<>();

	private @Nullable HttpSession session;

	Browser(Filter security, FilterChain page) {
		this.security = security;
		this.page = page;
	}

	MockHttpServletResponse get(String path, String... parameters) {
		return send("GET", path, parameters);
	}

	MockHttpServletResponse post(String path, String... parameters) {
		return send("POST", path, parameters);
	}

	HttpSession session() {
		Assert.state(this.session != null, "There is no session");
		return this.session;
	}

	private MockHttpServletResponse send(String method, String path, String... parameters) {
		MockHttpServletRequest request = new MockHttpServletRequest(method, path);
		request.setScheme("https");
		request.setServerPort(443);
		request.setSecure(true);
		request.addHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
		request.addHeader("Sec-Fetch-Mode", "navigate");
		request.addHeader("Sec-Fetch-Dest", "document");
		for (int i = 0; i < parameters.length; i += 2) {
			request.addParameter(parameters[i], parameters[i + 1]);
		}
		if (!this.cookies.isEmpty()) {
			request.setCookies(this.cookies.values().toArray(Cookie[]::new));
		}
		if (this.session != null) {
			request.setSession(this.session);
		}
		MockHttpServletResponse response = new MockHttpServletResponse();
		try {
			this.security.doFilter(request, response, this.page);
		}
		catch (IOException | ServletException ex) {
			throw new IllegalStateException(method + " " + path + " failed", ex);
		}
		this.session = request.getSession(false);
		for (Cookie cookie : response.getCookies()) {
			keep(cookie);
		}
		return response;
	}

	private void keep(Cookie cookie) {
		if (cookie.getMaxAge() == 0) {
			this.cookies.remove(cookie.getName());
		}
		else {
			this.cookies.put(cookie.getName(), cookie);
		}
	}

}
