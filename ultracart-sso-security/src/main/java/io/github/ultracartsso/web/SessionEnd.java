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

import io.github.ultracartsso.authentication.UltraCartLoginError;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Why a request that came with a session is nobody's.
 *
 * @param error {@code session_ended} or {@code ip_mismatch}
 * @param again whether that session had itself just followed on the end of another, so
 * that one more login would go round in circles
 */
record SessionEnd(UltraCartLoginError error, boolean again) {

	private static final String ATTRIBUTE = SessionEnd.class.getName();

	void keep(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	static @Nullable SessionEnd of(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof SessionEnd end) ? end : null;
	}

	/**
	 * Returns whether the request comes from an address that may not use the session it
	 * came with.
	 */
	static boolean isForeign(HttpServletRequest request) {
		SessionEnd end = of(request);
		return end != null && end.error() == UltraCartLoginError.IP_MISMATCH;
	}

}
