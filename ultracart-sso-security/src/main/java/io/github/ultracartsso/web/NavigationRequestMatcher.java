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
 * Matches a request with which a person's browser goes to a page, as opposed to one that
 * a script or an element of a page makes. Only the former can be answered with a redirect
 * to a login.
 * <p>
 * The browser's own word, {@code Sec-Fetch-Mode: navigate}, decides where it is given;
 * otherwise an {@code Accept} that names {@code text/html} and no
 * {@code X-Requested-With: XMLHttpRequest} or {@code HX-Request}.
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
