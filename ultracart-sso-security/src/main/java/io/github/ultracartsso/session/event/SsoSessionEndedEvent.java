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

package io.github.ultracartsso.session.event;

import io.github.ultracartsso.authentication.UltraCartUser;

/**
 * Published once when the SSO session of a signed-in user is over and the user is signed
 * out. Not published for a session that times out, or that another login replaces.
 *
 * @param user the user
 * @param reason why it is over
 * @since 0.1
 */
public record SsoSessionEndedEvent(UltraCartUser user, Reason reason) {

	/**
	 * Why an SSO session is over.
	 */
	public enum Reason {

		/**
		 * The key has expired, or the session has reached its maximum age.
		 */
		EXPIRED,

		/**
		 * There is no key, or it cannot be decrypted.
		 */
		KEY_LOST,

		/**
		 * UltraCart does not know the key any more.
		 */
		REFUSED,

		/**
		 * The key belongs to another user than the one who signed in.
		 */
		OTHER_USER,

		/**
		 * UltraCart or the application does not accept the user any more.
		 */
		DENIED,

		/**
		 * The user has signed out, or was signed out by session control.
		 */
		SIGNED_OUT

	}

}
