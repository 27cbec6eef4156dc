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

package io.github.ultracartsso.session;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.AuthenticationException;

/**
 * Thrown by a call on behalf of a user whose key UltraCart does not know any more, so
 * that the user's SSO session is over. Where the application does not handle it, Spring
 * Security starts a login: a navigation is redirected to it and back, any other request
 * gets a 401.
 * <p>
 * It has no cause. So an {@code @ExceptionHandler} for failed calls, which Spring MVC
 * also matches by cause, does not keep the user from signing in.
 *
 * @since 0.1
 */
public final class SsoSessionEndedException extends AuthenticationException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final @Nullable String requestId;

	/**
	 * Creates an exception.
	 * @param message what happened, without the key
	 * @param requestId the {@code X-UltraCart-Request-Id} of UltraCart's response, or
	 * {@code null} if it had none
	 */
	public SsoSessionEndedException(String message, @Nullable String requestId) {
		super(message);
		this.requestId = requestId;
	}

	/**
	 * Returns the {@code X-UltraCart-Request-Id} of UltraCart's response, for UltraCart's
	 * support.
	 * @return the id, or {@code null} if the response had none
	 */
	public @Nullable String getRequestId() {
		return this.requestId;
	}

}
