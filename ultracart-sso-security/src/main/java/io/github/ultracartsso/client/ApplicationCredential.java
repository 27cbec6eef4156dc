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

import org.springframework.http.HttpHeaders;

/**
 * Authenticates the application's own calls to UltraCart.
 *
 * @since 0.1
 * @see SimpleKeyCredential
 */
@FunctionalInterface
public interface ApplicationCredential {

	/**
	 * Adds the credential to a request: the headers of exactly one authentication scheme.
	 * @param headers the headers of the request
	 */
	void authenticate(HttpHeaders headers);

	/**
	 * Adds the credential to a request, and may fetch an access token first. Clients call
	 * this method, just before each request. By default no token is fetched.
	 * @param headers the headers of the request
	 * @param tokenCall fetches an access token as part of the call that the request
	 * belongs to
	 * @throws UltraCartApiException if no access token is available
	 */
	default void authenticate(HttpHeaders headers, OAuthTokenCall tokenCall) {
		authenticate(headers);
	}

	/**
	 * Notes that UltraCart has responded to a request with 401. Does nothing by default.
	 * @param headers the headers that {@link #authenticate} has set on the request
	 * @return whether the next request would be made with another credential, so that it
	 * may succeed
	 */
	default boolean rejected(HttpHeaders headers) {
		return false;
	}

}
