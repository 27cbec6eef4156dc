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

import org.springframework.mock.web.MockHttpServletRequest;

/**
 * Requests as browsers make them.
 */
public final class TestRequests {

	private TestRequests() {
	}

	public static MockHttpServletRequest get(String uri) {
		return request("GET", uri);
	}

	public static MockHttpServletRequest request(String method, String uri) {
		int query = uri.indexOf('?');
		String path = (query < 0) ? uri : uri.substring(0, query);
		MockHttpServletRequest request = new MockHttpServletRequest(method, path);
		request.setServletPath(path);
		request.setServerName("app.example.com");
		request.setServerPort(443);
		request.setScheme("https");
		request.setSecure(true);
		if (query >= 0) {
			request.setQueryString(uri.substring(query + 1));
		}
		return request;
	}

	public static MockHttpServletRequest navigation(String uri) {
		return navigation("GET", uri);
	}

	public static MockHttpServletRequest navigation(String method, String uri) {
		MockHttpServletRequest request = request(method, uri);
		request.addHeader("Sec-Fetch-Mode", "navigate");
		request.addHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
		return request;
	}

	public static MockHttpServletRequest fetch(String uri) {
		MockHttpServletRequest request = get(uri);
		request.addHeader("Sec-Fetch-Mode", "cors");
		request.addHeader("Accept", "*/*");
		return request;
	}

	public static MockHttpServletRequest callback(String state, String code) {
		MockHttpServletRequest request = navigation("/login/ultracart");
		request.setParameter("state", state);
		request.setParameter("code", code);
		return request;
	}

}
