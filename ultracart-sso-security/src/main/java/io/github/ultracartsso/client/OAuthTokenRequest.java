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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What UltraCart gives an access token for. There is no client secret in UltraCart's API.
 *
 * @param clientId the client id of the developer application
 * @param refreshToken the refresh token
 * @since 0.1
 */
public record OAuthTokenRequest(String clientId, OAuthToken refreshToken) {

	/**
	 * Returns the request as UltraCart takes it: a form.
	 */
	String form() {
		return "grant_type=refresh_token&client_id=" + encoded(this.clientId) + "&refresh_token="
				+ encoded(this.refreshToken.value());
	}

	/**
	 * Returns what of the request is secret, in each of the ways in which it may be
	 * repeated.
	 */
	String[] secrets() {
		return new String[] { this.clientId, encoded(this.clientId), this.refreshToken.value(),
				encoded(this.refreshToken.value()) };
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	/**
	 * Names the type only, since an application has nothing else to prove itself with.
	 */
	@Override
	public String toString() {
		return "OAuthTokenRequest";
	}

}
