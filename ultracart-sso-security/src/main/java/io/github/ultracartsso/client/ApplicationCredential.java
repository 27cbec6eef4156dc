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
 * What the application authenticates its own calls to UltraCart with.
 *
 * @since 0.1
 * @see SimpleKeyCredential
 * @see OAuthApplicationCredential
 */
@FunctionalInterface
public interface ApplicationCredential {

	/**
	 * Puts the credential on a request. It sets the headers of exactly one authentication
	 * scheme.
	 * @param headers the headers of the request
	 */
	void authenticate(HttpHeaders headers);

	/**
	 * Puts the credential on a request, and may fetch an access token first. Clients call
	 * this method, just before each request. By default no token is fetched.
	 * @param headers the headers of the request
	 * @param tokenCall fetches an access token; it is part of the call that the request
	 * belongs to, so it waits for no turn of its own
	 * @throws UltraCartApiException if there is no access token to be had
	 */
	default void authenticate(HttpHeaders headers, OAuthTokenCall tokenCall) {
		authenticate(headers);
	}

	/**
	 * Takes note that UltraCart has answered a request with 401. By default nothing comes
	 * of it.
	 * @param headers the headers that {@link #authenticate} has set on the request
	 * @return whether the next request would be made with something else, so that it may
	 * fare better
	 */
	default boolean rejected(HttpHeaders headers) {
		return false;
	}

}
