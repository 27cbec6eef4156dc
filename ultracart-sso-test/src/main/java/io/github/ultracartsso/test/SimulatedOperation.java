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

package io.github.ultracartsso.test;

import org.jspecify.annotations.Nullable;

/**
 * The calls of UltraCart's REST API that the {@link UltraCartSimulator} answers. More may
 * be added, so a {@code switch} over them needs a default.
 *
 * @since 0.1
 * @see <a href="https://www.ultracart.com/api/resource_sso.html">UltraCart's single
 * sign-on API</a>
 */
public enum SimulatedOperation {

	/**
	 * {@code PUT /sso/authorize}: starts a login and hands out its {@code login_url}.
	 */
	AUTHORIZE("PUT", "/sso/authorize"),

	/**
	 * {@code PUT /sso/token}: exchanges a code for the simple key of an SSO session.
	 */
	TOKEN("PUT", "/sso/token"),

	/**
	 * {@code GET /sso/session/user}: reads the user an SSO session belongs to.
	 */
	SESSION_USER("GET", "/sso/session/user"),

	/**
	 * {@code DELETE /sso/session/revoke}: ends an SSO session.
	 */
	SESSION_REVOKE("DELETE", "/sso/session/revoke"),

	/**
	 * {@code POST /oauth/token}: exchanges the application's refresh token for an access
	 * token.
	 */
	ACCESS_TOKEN("POST", "/oauth/token"),

	/**
	 * Any call that a {@link SimulatedResource} answers.
	 */
	RESOURCE(null, null);

	private final @Nullable String method;

	private final @Nullable String path;

	SimulatedOperation(@Nullable String method, @Nullable String path) {
		this.method = method;
		this.path = path;
	}

	/**
	 * Returns the operation with a path of its own.
	 */
	static @Nullable SimulatedOperation of(String method, String path) {
		for (SimulatedOperation operation : values()) {
			if (method.equals(operation.method) && path.equals(operation.path)) {
				return operation;
			}
		}
		return null;
	}

	static boolean hasPath(String path) {
		for (SimulatedOperation operation : values()) {
			if (path.equals(operation.path)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether the call is made with the application's credential rather than with the key
	 * of an SSO session.
	 */
	boolean isApplicationCall() {
		return this == AUTHORIZE || this == TOKEN;
	}

}
