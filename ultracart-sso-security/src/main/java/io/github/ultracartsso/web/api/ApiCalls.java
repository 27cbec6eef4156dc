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

package io.github.ultracartsso.web.api;

import java.net.URI;

import io.github.ultracartsso.client.http.UltraCartApiResponse;

import org.springframework.http.HttpRequest;

/**
 * Calls UltraCart's API, for the user in the security context or as the application.
 */
interface ApiCalls {

	/**
	 * Returns whether the URL belongs to UltraCart's API, so that a call may be made.
	 */
	boolean leadTo(URI url);

	/**
	 * Makes a call.
	 * @return UltraCart's response, other than that it rejects the credential
	 */
	UltraCartApiResponse make(HttpRequest request, byte[] body);

}
