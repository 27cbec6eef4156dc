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

package io.github.ultracartsso.client.http;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.GatedCall;

import org.springframework.http.HttpMethod;

/**
 * The operations of UltraCart's API that single sign-on uses, with method, path and the
 * members of the response that are read.
 */
enum SsoOperation implements GatedCall {

	AUTHORIZE(CallKind.AUTHORIZE, "ssoAuthorize", HttpMethod.PUT, "/sso/authorize", "login_url", "expiration_dts"),

	TOKEN(CallKind.TOKEN, "ssoToken", HttpMethod.PUT, "/sso/token", "simple_key", "expiration_dts", "ip_address"),

	SESSION_USER(CallKind.SESSION_USER, "getSsoSessionUser", HttpMethod.GET, "/sso/session/user", "user_id", "login",
			"full_name", "email", "permissions", "groups"),

	/**
	 * UltraCart documents no response for this operation.
	 */
	REVOKE(CallKind.REVOKE, "ssoSessionRevoke", HttpMethod.DELETE, "/sso/session/revoke"),

	ACCESS_TOKEN(CallKind.ACCESS_TOKEN, "oauthAccessToken", HttpMethod.POST, "/oauth/token", "access_token",
			"token_type", "expires_in", "refresh_token", JsonResponse.ERROR_DESCRIPTION);

	private final CallKind kind;

	private final String callName;

	@SuppressWarnings("ImmutableEnumChecker") // of Spring's, and immutable
	private final HttpMethod method;

	private final String path;

	private final boolean bodyRequired;

	@SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set
	private final Set<String> members;

	SsoOperation(CallKind kind, String callName, HttpMethod method, String path, String... members) {
		this.kind = kind;
		this.callName = callName;
		this.method = method;
		this.path = path;
		this.bodyRequired = members.length > 0;
		this.members = Stream.concat(Stream.of(JsonResponse.ERROR), Stream.of(members))
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public CallKind kind() {
		return this.kind;
	}

	@Override
	public String callName() {
		return this.callName;
	}

	HttpMethod method() {
		return this.method;
	}

	String path() {
		return this.path;
	}

	/**
	 * Returns the members of the response that are read, {@code error} included.
	 */
	Set<String> members() {
		return this.members;
	}

	/**
	 * Returns whether a successful response needs a body, and not only its status.
	 */
	boolean isBodyRequired() {
		return this.bodyRequired;
	}

}
