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

package io.github.ultracartsso.client;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * UltraCart's calls that single sign-on takes, as they are made.
 */
enum SsoOperation implements GatedCall {

	AUTHORIZE("ssoAuthorize", "/sso/authorize"),

	TOKEN("ssoToken", "/sso/token"),

	SESSION_USER("getSsoSessionUser", "/sso/session/user"),

	REVOKE("ssoSessionRevoke", "/sso/session/revoke"),

	/**
	 * Part of a call of the application that needs an access token, never one by itself.
	 */
	ACCESS_TOKEN("oauthAccessToken", "/oauth/token");

	private final String callName;

	private final String path;

	SsoOperation(String callName, String path) {
		this.callName = callName;
		this.path = path;
	}

	@Override
	public String callName() {
		return this.callName;
	}

	String path() {
		return this.path;
	}

	HttpMethod method() {
		return switch (this) {
			case AUTHORIZE, TOKEN -> HttpMethod.PUT;
			case SESSION_USER -> HttpMethod.GET;
			case REVOKE -> HttpMethod.DELETE;
			case ACCESS_TOKEN -> HttpMethod.POST;
		};
	}

	/**
	 * Returns the members of the answer that are used.
	 */
	Set<String> members() {
		return switch (this) {
			case AUTHORIZE -> Set.of("login_url", "expiration_dts");
			case TOKEN -> Set.of("simple_key", "expiration_dts", "ip_address");
			case SESSION_USER -> Set.of("user_id", "login", "full_name", "email", "permissions", "groups");
			case REVOKE -> Set.of();
			case ACCESS_TOKEN ->
				Set.of("access_token", "token_type", "expires_in", "refresh_token", Answer.ERROR_DESCRIPTION);
		};
	}

	@Override
	public boolean isSingleSignOn() {
		return true;
	}

	@Override
	public boolean isMadeByApplication() {
		return this == AUTHORIZE || this == TOKEN;
	}

	/**
	 * Returns whether the call may be made again after it has failed so. Reading a user
	 * and revoking a key do no harm a second time. Another {@code ssoAuthorize} would
	 * begin another login, unless the first has surely not arrived. A code is good for
	 * one exchange, and a refresh token maybe for one use, so these are never repeated.
	 */
	boolean isRepeatableAfter(UltraCartApiException ex) {
		return switch (this) {
			case AUTHORIZE -> ex.getFailure() == UltraCartApiFailure.RATE_LIMITED || !ex.wasSent();
			case TOKEN, ACCESS_TOKEN -> false;
			case SESSION_USER, REVOKE -> switch (ex.getFailure()) {
				case RATE_LIMITED, SERVER_ERROR, NO_ANSWER -> true;
				case INVALID_REQUEST, CREDENTIAL_REJECTED, APPLICATION_DISABLED, REFUSED, INVALID_ANSWER -> false;
			};
		};
	}

	/**
	 * Returns whether the call may be made again with another credential after its own
	 * was rejected. A code is never sent twice, whatever the answer.
	 */
	boolean isRepeatableWithAnotherCredential() {
		return this == AUTHORIZE;
	}

	/**
	 * What goes wrong on the way to UltraCart, or with {@code ssoAuthorize}, which is
	 * about nobody, says that UltraCart fails. An error in any other call, or a refusal,
	 * may be about one user's key, a code that somebody has made up, or the host in
	 * somebody's request, and says nothing.
	 */
	@Override
	public Health healthAfter(@Nullable UltraCartApiFailure failure) {
		if (failure == null) {
			return Health.GOOD;
		}
		return switch (failure) {
			case NO_ANSWER -> Health.BAD;
			case SERVER_ERROR, INVALID_ANSWER -> (this == AUTHORIZE) ? Health.BAD : Health.UNKNOWN;
			case INVALID_REQUEST, CREDENTIAL_REJECTED -> Health.GOOD;
			case APPLICATION_DISABLED, RATE_LIMITED, REFUSED -> Health.UNKNOWN;
		};
	}

}
