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
 * One call that reached the simulated REST API. It says which kind of credential came
 * with the call and never holds the credential itself, a code or a state, so that it may
 * be printed in an assertion's message.
 *
 * @param operation what was called, {@code null} where the method and path are none of
 * the simulated operations
 * @param method the HTTP method in upper case
 * @param path the path below {@link UltraCartSimulator#baseUrl()}, without a query, such
 * as {@code /sso/authorize}
 * @param credential the kind of credential the call was made with
 * @param apiVersionPresent whether the mandatory header {@code X-UltraCart-Api-Version}
 * was sent
 * @param status the status that was answered, {@code 0} where a fault broke the
 * connection instead
 * @since 0.1
 * @see UltraCartSimulator#calls()
 */
public record SimulatedCall(@Nullable SimulatedOperation operation, String method, String path, Credential credential,
		boolean apiVersionPresent, int status) {

	/**
	 * The kinds of credential a call can come with.
	 *
	 * @since 0.1
	 */
	public enum Credential {

		/**
		 * The credential of the application: its simple key, or an access token that
		 * {@link SimulatedOperation#ACCESS_TOKEN} handed out and that is still good.
		 */
		APPLICATION,

		/**
		 * A simple key that {@link SimulatedOperation#TOKEN} or
		 * {@link UltraCartSimulator#signIn(SimulatedUser)} handed out, also one that has
		 * expired or was revoked since.
		 */
		SSO_SESSION,

		/**
		 * A credential the simulator never handed out, an access token that is no longer
		 * good, or two credentials at once.
		 */
		UNKNOWN,

		/**
		 * No credential at all.
		 */
		NONE

	}

}
