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

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches a prefetch: a request for a page that the user has not opened yet. Browsers
 * mark it with {@code Sec-Purpose}, {@code Purpose} or {@code X-Moz}. Not part of the
 * API.
 */
public final class PrefetchRequestMatcher implements RequestMatcher {

	@Override
	public boolean matches(HttpServletRequest request) {
		return namesPrefetch(request.getHeader("Sec-Purpose")) || namesPrefetch(request.getHeader("Purpose"))
				|| namesPrefetch(request.getHeader("X-Moz"));
	}

	private static boolean namesPrefetch(@Nullable String header) {
		return header != null && header.toLowerCase(Locale.ROOT).contains("prefetch");
	}

}
