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

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

/**
 * Reason why a login failed or a session ended. Its code is the value of the
 * {@code error} parameter of the sign-in page.
 *
 * @since 0.1
 */
public enum UltraCartLoginError {

	/**
	 * The user, UltraCart or the application denied the login.
	 */
	DENIED,

	/**
	 * The login took longer than UltraCart or the application allows.
	 */
	EXPIRED,

	/**
	 * The callback does not belong to a login of this browser.
	 */
	UNKNOWN_STATE,

	/**
	 * The callback is malformed.
	 */
	INVALID_RESPONSE,

	/**
	 * UltraCart rejected the code.
	 */
	INVALID_CODE,

	/**
	 * UltraCart rejected the credential of the application.
	 */
	APPLICATION_REJECTED(true),

	/**
	 * UltraCart has disabled the application.
	 */
	APPLICATION_DISABLED(true),

	/**
	 * UltraCart is called too often, or too many logins are started.
	 */
	BUSY(true),

	/**
	 * UltraCart did not respond, or not as documented.
	 */
	UNAVAILABLE(true),

	/**
	 * The request comes from another address than the login.
	 */
	IP_MISMATCH,

	/**
	 * The SSO session is over.
	 */
	SESSION_ENDED;

	private final boolean serviceFailure;

	UltraCartLoginError() {
		this(false);
	}

	UltraCartLoginError(boolean serviceFailure) {
		this.serviceFailure = serviceFailure;
	}

	/**
	 * Returns the code of the error.
	 * @return the code, for example {@code unknown_state}
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether UltraCart or the application is the cause, so that users can only
	 * try again later.
	 * @return {@code true} for {@code application_*}, {@code busy} and
	 * {@code unavailable}
	 */
	public boolean isServiceFailure() {
		return this.serviceFailure;
	}

	/**
	 * Returns the error for an exception that a login failed with. An exception of the
	 * application's user mapper or session control is a denial, unless it says that a
	 * service failed.
	 * @param ex the exception
	 * @return the error
	 */
	public static UltraCartLoginError of(AuthenticationException ex) {
		if (ex instanceof UltraCartLoginException loginException) {
			return loginException.getError();
		}
		return (ex instanceof AuthenticationServiceException) ? UNAVAILABLE : DENIED;
	}

	/**
	 * Finds an error by its code.
	 * @param code the code, or {@code null}
	 * @return the error, or empty if no error has that code
	 */
	public static Optional<UltraCartLoginError> ofCode(@Nullable String code) {
		return Arrays.stream(values()).filter((error) -> error.code().equals(code)).findFirst();
	}

}
