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

import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches a navigation: a request that loads a page in a browser, and not one that is
 * made by a script or an element of a page. Only a navigation can be redirected to a
 * login.
 * <p>
 * If the browser sends {@code Sec-Fetch-Mode}, its value must be {@code navigate}.
 * Otherwise, {@code Accept} must contain {@code text/html}, and the request must have
 * neither {@code X-Requested-With: XMLHttpRequest} nor {@code HX-Request}.
 *
 * @since 0.1
 */
public final class NavigationRequestMatcher implements RequestMatcher {

	@Override
	public boolean matches(HttpServletRequest request) {
		String mode = request.getHeader("Sec-Fetch-Mode");
		if (mode != null) {
			return mode.equals("navigate");
		}
		return acceptsHtml(request) && !"XMLHttpRequest".equals(request.getHeader("X-Requested-With"))
				&& request.getHeader("HX-Request") == null;
	}

	private static boolean acceptsHtml(HttpServletRequest request) {
		List<String> accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
		try {
			return MediaType.parseMediaTypes(accept)
				.stream()
				.anyMatch((type) -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML) && type.getQualityValue() > 0);
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return "Navigation";
	}

}
