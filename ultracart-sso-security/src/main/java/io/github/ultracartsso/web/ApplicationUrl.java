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

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.util.UrlUtils;

/**
 * Reads URLs of the application from a request. Not part of the API.
 */
public final class ApplicationUrl {

	private ApplicationUrl() {
	}

	/**
	 * Returns the base URL of a request.
	 * @param request the request
	 * @return scheme, host, port unless it is the default of the scheme, and context path
	 */
	public static String baseUrl(HttpServletRequest request) {
		return UrlUtils.buildFullRequestUrl(request.getScheme(), request.getServerName(), request.getServerPort(),
				request.getContextPath(), null);
	}

	/**
	 * Returns the path of a request.
	 * @param request the request
	 * @return the path relative to the context path, not decoded
	 */
	public static String path(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

	/**
	 * Returns the path and the query of a request.
	 * @param request the request
	 * @return the URL relative to the context path, not decoded
	 */
	public static String pathAndQuery(HttpServletRequest request) {
		String query = request.getQueryString();
		return (query != null) ? path(request) + "?" + query : path(request);
	}

}
