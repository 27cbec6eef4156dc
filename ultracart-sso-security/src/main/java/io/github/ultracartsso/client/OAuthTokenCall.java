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

import org.jspecify.annotations.Nullable;

/**
 * Fetches an access token from UltraCart ({@code POST /oauth/token}). Clients hand it to
 * the application's {@link ApplicationCredential}, which may need a token for a call.
 *
 * @since 0.1
 * @see ApplicationCredential#authenticate(org.springframework.http.HttpHeaders,
 * OAuthTokenCall)
 */
@FunctionalInterface
public interface OAuthTokenCall {

	/**
	 * Fetches an access token. The request is never retried: a refresh token may be valid
	 * for one use.
	 * @param request the request
	 * @return UltraCart's response
	 * @throws UltraCartApiException if the call fails
	 */
	Response make(Request request);

	/**
	 * The request for an access token. UltraCart's API has no client secret.
	 *
	 * @param clientId the client id of the developer application
	 * @param refreshToken the refresh token
	 */
	record Request(String clientId, OAuthToken refreshToken) {

		/**
		 * Returns the name of the type only: an application has nothing else to
		 * authenticate itself with.
		 */
		@Override
		public String toString() {
			return "Request";
		}

	}

	/**
	 * UltraCart's response to a request for an access token, as far as it is used.
	 *
	 * @param accessToken the access token
	 * @param expiresIn the lifetime of the access token in seconds, which UltraCart
	 * documents as a string; {@code null} if it is missing
	 * @param refreshToken the refresh token to use from now on, or {@code null} if it is
	 * unchanged
	 */
	record Response(OAuthToken accessToken, @Nullable String expiresIn, @Nullable OAuthToken refreshToken) {

	}

}
