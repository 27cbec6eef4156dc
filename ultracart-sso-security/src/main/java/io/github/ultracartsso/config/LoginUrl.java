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

package io.github.ultracartsso.config;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.security.web.access.PathPatternRequestTransformer;
import org.springframework.security.web.FilterInvocation;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A URL of a filter chain that takes part in a login.
 *
 * @param name what it is and which option or property sets it
 * @param method the method of its requests
 * @param path the path or pattern, relative to the context path
 */
record LoginUrl(String name, String method, String path) {

	private static final PathPatternRequestTransformer TRANSFORMER = new PathPatternRequestTransformer();

	boolean collidesWith(LoginUrl other) {
		return covers(other.path) || other.covers(this.path);
	}

	boolean covers(String other) {
		return PathPatternParser.defaultInstance.parse(this.path).matches(PathContainer.parsePath(other));
	}

	/**
	 * Returns whether a matcher matches requests to the URL.
	 * @return {@code null} if the matcher needs more of a request than its method and
	 * path
	 */
	@Nullable Boolean isMatchedBy(RequestMatcher matcher, String contextPath, @Nullable ServletContext servletContext) {
		try {
			HttpServletRequest request = new FilterInvocation(contextPath, this.path, this.method, servletContext)
				.getHttpRequest();
			return matcher.matches(TRANSFORMER.transform(request));
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return this.name + " " + this.path;
	}

}
