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

import org.jspecify.annotations.Nullable;

/**
 * A call that reached the simulated REST API. It holds the kind of its credential but
 * never the credential itself, a code or a state, so that an assertion's message may show
 * it.
 *
 * @param operation the operation, {@code null} where the method and path belong to none
 * @param method the HTTP method in upper case
 * @param path the path below the simulator's base URL, without a query, such as
 * {@code /sso/authorize}
 * @param credential the kind of credential the call was made with
 * @param apiVersionPresent whether the mandatory header {@code X-UltraCart-Api-Version}
 * was sent
 * @param status the status of the response, {@code 0} where a fault broke the connection
 * instead
 * @since 0.1
 * @see io.github.ultracartsso.test.UltraCartSimulator#calls()
 */
public record SimulatedCall(@Nullable SimulatedOperation operation, String method, String path, Credential credential,
		boolean apiVersionPresent, int status) {

	/**
	 * The kinds of credential of a call.
	 *
	 * @since 0.1
	 */
	public enum Credential {

		/**
		 * The credential of the application: its simple key, or a valid access token of
		 * {@link SimulatedOperation#ACCESS_TOKEN}.
		 */
		APPLICATION,

		/**
		 * The simple key of an SSO session that the simulator has started, even if it has
		 * expired or was revoked since.
		 */
		SSO_SESSION,

		/**
		 * A credential the simulator has not issued, an access token that is no longer
		 * valid, or two credentials at once.
		 */
		UNKNOWN,

		/**
		 * No credential at all.
		 */
		NONE

	}

}
