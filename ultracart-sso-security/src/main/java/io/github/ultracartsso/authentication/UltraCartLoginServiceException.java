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

package io.github.ultracartsso.authentication;

import java.io.Serial;

/**
 * Exception for a login that failed because of UltraCart or the application, not because
 * of the user. Spring Security publishes it as an
 * {@link org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent}.
 *
 * @since 0.1
 */
public final class UltraCartLoginServiceException extends UltraCartLoginException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param error why the login failed
	 * @param message the message for the log
	 */
	public UltraCartLoginServiceException(UltraCartLoginError error, String message) {
		super(error, message);
	}

	/**
	 * Creates an exception.
	 * @param error why the login failed
	 * @param message the message for the log
	 * @param cause the cause
	 */
	public UltraCartLoginServiceException(UltraCartLoginError error, String message, Throwable cause) {
		super(error, message, cause);
	}

}
