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

package io.github.ultracartsso.client.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.ultracartsso.client.OAuthToken;
import io.github.ultracartsso.client.OAuthTokenCall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * Writes requests for OAuth access tokens, which are forms, and reads the responses.
 */
final class AccessTokens {

	private static final String TOKEN_TYPE = "bearer";

	private AccessTokens() {
	}

	static SsoRequest request(OAuthTokenCall.Request request) {
		String clientId = encoded(request.clientId());
		String refreshToken = encoded(request.refreshToken().value());
		return new SsoRequest(SsoOperation.ACCESS_TOKEN, new HttpHeaders(),
				"grant_type=refresh_token&client_id=" + clientId + "&refresh_token=" + refreshToken,
				// an error may quote what was sent in either form
				List.of(request.clientId(), clientId, request.refreshToken().value(), refreshToken));
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	/**
	 * Reads a response.
	 * @throws IllegalArgumentException if it is not the documented one; the message
	 * contains nothing of the response
	 */
	static OAuthTokenCall.Response read(JsonNode response) {
		JsonNode type = response.path("token_type");
		if (!isAbsent(type) && !TOKEN_TYPE.equalsIgnoreCase(type.asString(""))) {
			throw new IllegalArgumentException("has a token_type that is not bearer");
		}
		OAuthToken accessToken = token(response, "access_token");
		if (accessToken == null) {
			throw new IllegalArgumentException("has no access_token");
		}
		return new OAuthTokenCall.Response(accessToken, response.path("expires_in").asString(null),
				token(response, "refresh_token"));
	}

	private static @Nullable OAuthToken token(JsonNode response, String member) {
		JsonNode node = response.path(member);
		if (isAbsent(node) || (node.isString() && !StringUtils.hasText(node.stringValue()))) {
			return null;
		}
		try {
			return OAuthToken.of(node.stringValue(""));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("has no usable " + member, ex);
		}
	}

	private static boolean isAbsent(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

}
