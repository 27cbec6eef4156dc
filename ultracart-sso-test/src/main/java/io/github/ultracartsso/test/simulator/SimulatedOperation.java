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

package io.github.ultracartsso.test.simulator;

/**
 * The calls of UltraCart's REST API that the simulator responds to. More may be added, so
 * a {@code switch} over them needs a default.
 *
 * @since 0.1
 * @see <a href="https://www.ultracart.com/api/resource_sso.html">UltraCart's single
 * sign-on API</a>
 */
public enum SimulatedOperation {

	/**
	 * {@code PUT /sso/authorize}: starts a login and returns its {@code login_url}.
	 */
	AUTHORIZE,

	/**
	 * {@code PUT /sso/token}: exchanges a code for the simple key of an SSO session.
	 */
	TOKEN,

	/**
	 * {@code GET /sso/session/user}: reads the user of an SSO session.
	 */
	SESSION_USER,

	/**
	 * {@code DELETE /sso/session/revoke}: ends an SSO session.
	 */
	SESSION_REVOKE,

	/**
	 * {@code POST /oauth/token}: exchanges the application's refresh token for an access
	 * token.
	 */
	ACCESS_TOKEN,

	/**
	 * Any call that a {@link SimulatedResource} responds to.
	 */
	RESOURCE

}
