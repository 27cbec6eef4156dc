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

import java.util.List;

import io.github.ultracartsso.authentication.SecretSealer;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Carries where a user wanted to go from the refused request to the start of the login,
 * as a sealed parameter of the start URL. Each tab thus has its own, no session is needed
 * for it, and nobody but this application can write one.
 *
 * @since 0.1
 */
public final class ReturnTargets {

	private static final String PARAMETER = "target";

	private static final String WANTED = "wanted:";

	private static final String AFTER_SESSION_END = "after-session-end:";

	private final SecretSealer sealer;

	private final List<String> ownPaths;

	/**
	 * Creates an instance.
	 * @param sealer seals the target
	 * @param ownPaths paths that are part of the login itself and never a target
	 */
	public ReturnTargets(SecretSealer sealer, String... ownPaths) {
		Assert.notNull(sealer, "sealer cannot be null");
		this.sealer = sealer;
		this.ownPaths = List.of(ownPaths);
	}

	/**
	 * Adds the URL of the request to the start URL.
	 * @param startUrl the start URL
	 * @param request the request that was refused
	 * @param afterSessionEnd whether it was refused because a session has ended
	 * @return the start URL to redirect to
	 */
	String addTarget(String startUrl, HttpServletRequest request, boolean afterSessionEnd) {
		String query = request.getQueryString();
		String url = (query != null) ? path(request) + "?" + query : path(request);
		if (!LocalUrl.isLocal(url)) {
			return startUrl;
		}
		return UriComponentsBuilder.fromUriString(startUrl)
			.queryParam(PARAMETER, this.sealer.seal((afterSessionEnd ? AFTER_SESSION_END : WANTED) + url))
			.build()
			.toUriString();
	}

	/**
	 * Returns whether the request is part of the login itself, and thus no target.
	 */
	boolean isPartOfLogin(HttpServletRequest request) {
		return this.ownPaths.contains(path(request));
	}

	private static String path(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

	/**
	 * Finds where the user wanted to go.
	 * @param request a request of the start URL
	 * @return the target, or {@code null} if the request names none; one without a URL if
	 * it was not sealed here, so that nobody knows whether a session had ended
	 */
	@Nullable ReturnTarget findTarget(HttpServletRequest request) {
		String sealed = request.getParameter(PARAMETER);
		if (sealed == null) {
			return null;
		}
		String opened = this.sealer.open(sealed);
		if (opened == null) {
			// an instance with other keys may have ended the session, and would end the
			// next one too
			return new ReturnTarget(null, true);
		}
		if (opened.startsWith(AFTER_SESSION_END)) {
			return target(opened.substring(AFTER_SESSION_END.length()), true);
		}
		return opened.startsWith(WANTED) ? target(opened.substring(WANTED.length()), false) : null;
	}

	private static @Nullable ReturnTarget target(String url, boolean afterSessionEnd) {
		return LocalUrl.isLocal(url) ? new ReturnTarget(url, afterSessionEnd) : null;
	}

	/**
	 * Where a user wanted to go.
	 *
	 * @param url the URL, relative to the context path, or {@code null} if it is not
	 * known
	 * @param afterSessionEnd whether he did not get there because his session had ended,
	 * or may have
	 */
	record ReturnTarget(@Nullable String url, boolean afterSessionEnd) {

	}

}
