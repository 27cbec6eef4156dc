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
 * UltraCart's call {@code oauthAccessToken}.
 *
 * @since 0.1
 * @see ApplicationCredential#authenticate(org.springframework.http.HttpHeaders,
 * OAuthTokenCall)
 */
@FunctionalInterface
public interface OAuthTokenCall {

	/**
	 * Fetches an access token. It is never repeated: a refresh token may be good for one
	 * use.
	 * @param request what UltraCart gives an access token for
	 * @return UltraCart's answer
	 * @throws UltraCartApiException if the call fails
	 */
	OAuthTokenResponse make(OAuthTokenRequest request);

}
