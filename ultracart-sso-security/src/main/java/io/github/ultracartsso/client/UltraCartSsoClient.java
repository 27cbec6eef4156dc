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
 * Client for UltraCart's single sign-on API.
 * <p>
 * {@link #authorize} and {@link #exchange} are made with the application's credential,
 * {@link #sessionUser} and {@link #revoke} with a user's key, which identifies the SSO
 * session.
 *
 * @since 0.1
 */
public interface UltraCartSsoClient {

	/**
	 * Starts a login ({@code PUT /sso/authorize}).
	 * @param request where UltraCart sends the browser afterwards, and the state
	 * @return where to send the browser now
	 * @throws UltraCartApiException if UltraCart does not respond with a login URL
	 */
	SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request);

	/**
	 * Starts a login like {@link #authorize} in a browser in which one was completed
	 * before: implementations that limit the rate of calls let it go before those of new
	 * browsers. By default this is the same as {@link #authorize}.
	 * @param request where UltraCart sends the browser afterwards, and the state
	 * @return where to send the browser now
	 * @throws UltraCartApiException if UltraCart does not respond with a login URL, or
	 * the call is rejected
	 */
	default SingleSignOnAuthorizeResponse authorizeKnown(SingleSignOnAuthorizeRequest request) {
		return authorize(request);
	}

	/**
	 * Throws if a login cannot be started now, before anything else is done for it. By
	 * default this does nothing.
	 * @param known whether a login was completed in the browser before
	 * @throws UltraCartApiException if {@link #authorize} or {@link #authorizeKnown}
	 * would be rejected without a call
	 */
	default void checkStart(boolean known) {
	}

	/**
	 * Exchanges a code for the key of the user who logged in ({@code PUT /sso/token}). A
	 * code is valid for one exchange, so this call must never be retried.
	 * @param code the code from the redirect
	 * @return the user's key
	 * @throws UltraCartApiException if UltraCart does not respond with a key
	 */
	SingleSignOnTokenResponse exchange(String code);

	/**
	 * Exchanges a code like {@link #exchange} in a browser in which a login was completed
	 * before: implementations that limit the rate of calls let it go before those of new
	 * browsers, which can forge codes. By default this is the same as {@link #exchange}.
	 * @param code the code from the redirect
	 * @return the user's key
	 * @throws UltraCartApiException if UltraCart does not respond with a key, or the call
	 * is rejected
	 */
	default SingleSignOnTokenResponse exchangeKnown(String code) {
		return exchange(code);
	}

	/**
	 * Reads the user of an SSO session ({@code GET /sso/session/user}). UltraCart's
	 * documentation describes this call as a logout by mistake; it changes nothing.
	 * @param simpleKey the user's key
	 * @return the user
	 * @throws UltraCartApiException if UltraCart does not respond with a user; with
	 * {@link UltraCartApiFailure#CREDENTIAL_REJECTED} if the SSO session is over
	 */
	User sessionUser(SimpleKey simpleKey);

	/**
	 * Reads the user of an SSO session like {@link #sessionUser} when no login waits for
	 * it: implementations that limit the rate of calls let logins go first. By default
	 * this is the same as {@link #sessionUser}.
	 * @param simpleKey the user's key
	 * @param overdue whether the user should have been read long ago, so that this goes
	 * before calls for users
	 * @return the user
	 * @throws UltraCartApiException if UltraCart does not respond with a user, or the
	 * call is rejected
	 */
	default User rereadSessionUser(SimpleKey simpleKey, boolean overdue) {
		return sessionUser(simpleKey);
	}

	/**
	 * Ends an SSO session ({@code DELETE /sso/session/revoke}) as soon as possible,
	 * because a user may wait for it. A key that UltraCart does not know counts as
	 * revoked.
	 * @param simpleKey the user's key, invalid afterwards
	 * @throws UltraCartApiException if UltraCart does not confirm
	 */
	void revoke(SimpleKey simpleKey);

	/**
	 * Ends an SSO session like {@link #revoke} when no user waits for it and the caller
	 * retries later: implementations that limit the rate of calls queue it like any other
	 * call and make a single attempt. By default this is the same as {@link #revoke}.
	 * @param simpleKey the user's key, invalid afterwards
	 * @throws UltraCartApiException if UltraCart does not confirm, or the call is
	 * rejected
	 */
	default void revokeInTurn(SimpleKey simpleKey) {
		revoke(simpleKey);
	}

}
