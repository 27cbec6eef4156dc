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

/**
 * UltraCart's four single sign-on calls.
 * <p>
 * {@link #authorize} and {@link #exchange} are made with the credential of the
 * application, {@link #sessionUser} and {@link #revoke} with the key of the user: the SSO
 * session they concern is that of the key.
 *
 * @since 0.1
 * @see RestClientUltraCartSsoClient
 */
public interface UltraCartSsoClient {

	/**
	 * Asks UltraCart for a login ({@code PUT /sso/authorize}).
	 * @param request where UltraCart shall send the browser afterwards, and the state
	 * @return where to send the browser now
	 * @throws UltraCartApiException if UltraCart does not answer with a login URL
	 */
	SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request);

	/**
	 * Exchanges a code for the key of the user who logged in ({@code PUT /sso/token}). A
	 * code is good for one exchange, so this call is never repeated by anybody.
	 * @param code the code UltraCart put on the redirect
	 * @return the key of the user
	 * @throws UltraCartApiException if UltraCart does not answer with a key
	 */
	SingleSignOnTokenResponse exchange(String code);

	/**
	 * Reads the user of an SSO session ({@code GET /sso/session/user}). UltraCart's
	 * documentation describes this call as a logout by mistake; it changes nothing.
	 * @param simpleKey the key of the user
	 * @return the user
	 * @throws UltraCartApiException if UltraCart does not answer with a user; with
	 * {@link UltraCartApiFailure#CREDENTIAL_REJECTED} if the SSO session is over
	 */
	User sessionUser(SimpleKey simpleKey);

	/**
	 * Ends an SSO session ({@code DELETE /sso/session/revoke}). A key that UltraCart no
	 * longer knows counts as revoked.
	 * @param simpleKey the key of the user, dead afterwards
	 * @throws UltraCartApiException if UltraCart does not confirm
	 */
	void revoke(SimpleKey simpleKey);

	/**
	 * Ends an SSO session as {@link #revoke} does, but waits for its turn behind other
	 * calls, because no user waits for it, and makes one attempt, because the caller
	 * makes others later. By default it calls {@link #revoke}.
	 * @param simpleKey the key of the user, dead afterwards
	 * @throws UltraCartApiException if UltraCart does not confirm, or must not be called
	 * now
	 */
	default void revokeInTurn(SimpleKey simpleKey) {
		revoke(simpleKey);
	}

}
