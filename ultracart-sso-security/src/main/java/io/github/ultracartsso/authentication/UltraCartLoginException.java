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
import java.util.Set;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;

import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Exception for a login with UltraCart that failed. Its message is for the log and
 * contains no key, code or state. The user sees the text for the {@linkplain #getError()
 * error}.
 *
 * @since 0.1
 * @see UltraCartLoginServiceException
 */
public sealed class UltraCartLoginException extends AuthenticationException permits UltraCartLoginServiceException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Exceptions that Spring Security publishes events for by default.
	 */
	private static final Set<Class<? extends AuthenticationException>> WITH_EVENTS = Set.of(
			BadCredentialsException.class, UsernameNotFoundException.class, AccountExpiredException.class,
			CredentialsExpiredException.class, DisabledException.class, LockedException.class,
			AuthenticationServiceException.class, ProviderNotFoundException.class);

	private final UltraCartLoginError error;

	/**
	 * Creates an exception.
	 * @param error why the login failed
	 * @param message the message for the log
	 */
	public UltraCartLoginException(UltraCartLoginError error, String message) {
		super(message);
		this.error = error;
	}

	/**
	 * Creates an exception.
	 * @param error why the login failed
	 * @param message the message for the log
	 * @param cause the cause
	 */
	public UltraCartLoginException(UltraCartLoginError error, String message, Throwable cause) {
		super(message, cause);
		this.error = error;
	}

	/**
	 * Returns the failure of a login for a failed call to {@code ssoAuthorize}.
	 * @param ex the failure of the call
	 * @return the failure of the login
	 */
	public static UltraCartLoginException whileAuthorizing(UltraCartApiException ex) {
		return new UltraCartLoginServiceException(applicationError(ex), message(ex), ex);
	}

	/**
	 * Returns the failure of a login for a failed call to {@code ssoToken}.
	 * @param ex the failure of the call
	 * @return the failure of the login
	 */
	public static UltraCartLoginException whileExchanging(UltraCartApiException ex) {
		if (ex.getFailure() == UltraCartApiFailure.INVALID_REQUEST) {
			return new UltraCartLoginException(UltraCartLoginError.INVALID_CODE, message(ex), ex);
		}
		return new UltraCartLoginServiceException(applicationError(ex), message(ex), ex);
	}

	/**
	 * Returns the failure of a login for a failed call to {@code getSsoSessionUser}.
	 * @param ex the failure of the call
	 * @return the failure of the login
	 */
	public static UltraCartLoginException whileReadingUser(UltraCartApiException ex) {
		// this call is made with the user's new key, so its rejection says nothing about
		// the credential of the application
		UltraCartLoginError error = (ex.getFailure() != UltraCartApiFailure.CREDENTIAL_REJECTED) ? applicationError(ex)
				: UltraCartLoginError.UNAVAILABLE;
		return new UltraCartLoginServiceException(error, message(ex), ex);
	}

	/**
	 * Returns the failure of a login as an exception that an event is published for.
	 * Spring Security finds the event by the exact class of the exception, and publishes
	 * none for other classes.
	 * @param failed the failure
	 * @return the same exception, or one that has it as its cause
	 */
	public static AuthenticationException publishable(AuthenticationException failed) {
		if (failed instanceof UltraCartLoginException || WITH_EVENTS.contains(failed.getClass())) {
			return failed;
		}
		UltraCartLoginError error = UltraCartLoginError.of(failed);
		String message = "The application rejected the login: " + failed.getMessage();
		return error.isServiceFailure() ? new UltraCartLoginServiceException(error, message, failed)
				: new UltraCartLoginException(error, message, failed);
	}

	private static UltraCartLoginError applicationError(UltraCartApiException ex) {
		return switch (ex.getFailure()) {
			case CREDENTIAL_REJECTED -> UltraCartLoginError.APPLICATION_REJECTED;
			case APPLICATION_DISABLED -> UltraCartLoginError.APPLICATION_DISABLED;
			case RATE_LIMITED -> UltraCartLoginError.BUSY;
			case INVALID_REQUEST, REFUSED, SERVER_ERROR, NO_RESPONSE, INVALID_RESPONSE ->
				UltraCartLoginError.UNAVAILABLE;
		};
	}

	private static String message(UltraCartApiException ex) {
		return ex.getMessage() + ((ex.getRequestId() != null) ? " [request id " + ex.getRequestId() + "]" : "");
	}

	/**
	 * Returns why the login failed.
	 * @return the error
	 */
	public UltraCartLoginError getError() {
		return this.error;
	}

}
