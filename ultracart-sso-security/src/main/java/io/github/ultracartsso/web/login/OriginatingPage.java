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

import io.github.ultracartsso.web.ApplicationUrl;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Finds the page from which a script sent a request, so that a login can return to it.
 * htmx names the page in {@code HX-Current-URL}, browsers name it in {@code Referer}.
 * Only a page of this application is found: one that the browser calls same-origin
 * ({@code Sec-Fetch-Site}), or, if it sends no such header, one with the host and the
 * port of the request; and with the context path of the request. The scheme may differ,
 * because TLS may end at a proxy.
 */
final class OriginatingPage {

	private static final String SCHEME_END = "://";

	private OriginatingPage() {
	}

	/**
	 * Finds the page of a request that is not a navigation.
	 * @param request the request
	 * @return the URL of the page relative to the context path, or {@code null} if the
	 * request names no page of this application
	 */
	static @Nullable String find(HttpServletRequest request) {
		if (isNavigationByHtmx(request)) {
			return ApplicationUrl.pathAndQuery(request);
		}
		String page = isByHtmx(request) ? request.getHeader("HX-Current-URL") : null;
		if (page == null) {
			page = request.getHeader(HttpHeaders.REFERER);
		}
		return (page != null) ? relativeToContextPath(page, request) : null;
	}

	/**
	 * Returns whether a request was sent by htmx.
	 * @param request the request
	 * @return {@code true} if it was
	 */
	static boolean isByHtmx(HttpServletRequest request) {
		return request.getHeader("HX-Request") != null;
	}

	/**
	 * With {@code hx-boost}, and when it restores a page of its history, htmx requests
	 * what becomes the new page.
	 */
	private static boolean isNavigationByHtmx(HttpServletRequest request) {
		return isByHtmx(request) && HttpMethod.GET.matches(request.getMethod())
				&& (request.getHeader("HX-Boosted") != null || request.getHeader("HX-History-Restore-Request") != null);
	}

	private static @Nullable String relativeToContextPath(String page, HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		String path = pathOf(page);
		if (path == null || (site != null && !site.equals("same-origin"))
				|| (site == null && !isOfThisHost(page, ApplicationUrl.baseUrl(request)))) {
			return null;
		}
		String contextPath = request.getContextPath();
		String relative = path.startsWith(contextPath) ? path.substring(contextPath.length()) : "";
		return relative.startsWith("/") ? relative : null;
	}

	private static @Nullable String pathOf(String page) {
		int end = page.indexOf(SCHEME_END);
		int path = (end >= 0) ? page.indexOf('/', end + SCHEME_END.length()) : -1;
		return (path >= 0) ? page.substring(path) : null;
	}

	private static boolean isOfThisHost(String page, String baseUrl) {
		String url = withoutScheme(page);
		String base = withoutScheme(baseUrl);
		return url != null && base != null && url.regionMatches(true, 0, base, 0, base.length())
				&& url.startsWith("/", base.length());
	}

	private static @Nullable String withoutScheme(String url) {
		int end = url.indexOf(SCHEME_END);
		return (end >= 0) ? url.substring(end) : null;
	}

}
