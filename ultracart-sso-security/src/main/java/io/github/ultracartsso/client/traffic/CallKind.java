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

package io.github.ultracartsso.client.traffic;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of calls to UltraCart, and what the failure of each one means: whether it may
 * be retried, and whether it counts against UltraCart's health.
 *
 * @since 0.1
 */
public enum CallKind {

	/**
	 * {@code ssoAuthorize}: starts a login. Made with the application's credential.
	 */
	AUTHORIZE,

	/**
	 * {@code ssoToken}: exchanges a code. Made with the application's credential.
	 */
	TOKEN,

	/**
	 * {@code getSsoSessionUser}: reads a user with the user's key.
	 */
	SESSION_USER,

	/**
	 * {@code ssoSessionRevoke}: revokes a user's key with that key.
	 */
	REVOKE,

	/**
	 * {@code oauthAccessToken}: part of an {@link #AUTHORIZE}, {@link #TOKEN} or
	 * {@link #APPLICATION_CALL} call, never gated on its own.
	 */
	ACCESS_TOKEN,

	/**
	 * Any other call, made by the application with a user's key. Its failure may be due
	 * to what the application asked for.
	 */
	USER_CALL,

	/**
	 * Any other call, made with the application's credential. Its failure may be due to
	 * what the application asked for.
	 */
	APPLICATION_CALL;

	boolean isSingleSignOn() {
		return this != USER_CALL && this != APPLICATION_CALL;
	}

	CallPriority priority() {
		return switch (this) {
			case AUTHORIZE -> CallPriority.START;
			case TOKEN -> CallPriority.NEW_LOGIN;
			case SESSION_USER, ACCESS_TOKEN -> CallPriority.LOGIN;
			case REVOKE -> CallPriority.BACKGROUND;
			case USER_CALL -> CallPriority.USER;
			case APPLICATION_CALL -> CallPriority.APPLICATION;
		};
	}

	/**
	 * Returns whether the call belongs to single sign-on and is made with the
	 * application's credential, not with a user's key.
	 */
	boolean isMadeByApplication() {
		return this == AUTHORIZE || this == TOKEN;
	}

	/**
	 * Returns whether the call may be retried after the failure. Reading a user and
	 * revoking a key are idempotent. Another {@code ssoAuthorize} starts another login,
	 * unless the first request has not been sent or was rate limited. A code, and
	 * possibly a refresh token, is valid for one use, so these calls are never retried.
	 * Neither are calls that are not part of single sign-on.
	 * @param ex how the call failed
	 * @return {@code true} if the call may be retried
	 */
	public boolean isRepeatableAfter(UltraCartApiException ex) {
		return switch (this) {
			case AUTHORIZE -> ex.getFailure() == UltraCartApiFailure.RATE_LIMITED || !ex.wasSent();
			case TOKEN, ACCESS_TOKEN, USER_CALL, APPLICATION_CALL -> false;
			case SESSION_USER, REVOKE -> switch (ex.getFailure()) {
				case RATE_LIMITED, SERVER_ERROR, NO_RESPONSE -> true;
				case INVALID_REQUEST, CREDENTIAL_REJECTED, APPLICATION_DISABLED, REFUSED, INVALID_RESPONSE -> false;
			};
		};
	}

	/**
	 * Returns what the outcome of a call says about UltraCart's health. A failed
	 * connection, or an error in response to {@code ssoAuthorize}, which contains nothing
	 * specific to a user, says that UltraCart fails. An error in response to any other
	 * call may be due to one user's key, a forged code, or the {@code Host} of one
	 * request, and says nothing.
	 * @param failure how the call failed, or {@code null} if it succeeded
	 */
	Health healthAfter(@Nullable UltraCartApiFailure failure) {
		if (failure == null) {
			return Health.GOOD;
		}
		if (!isSingleSignOn()) {
			return Health.UNKNOWN;
		}
		return switch (failure) {
			case NO_RESPONSE -> Health.BAD;
			case SERVER_ERROR, INVALID_RESPONSE -> (this == AUTHORIZE) ? Health.BAD : Health.UNKNOWN;
			case INVALID_REQUEST, CREDENTIAL_REJECTED -> Health.GOOD;
			case APPLICATION_DISABLED, RATE_LIMITED, REFUSED -> Health.UNKNOWN;
		};
	}

	/**
	 * What the outcome of a call says about UltraCart's health.
	 */
	enum Health {

		GOOD, BAD, UNKNOWN

	}

}
