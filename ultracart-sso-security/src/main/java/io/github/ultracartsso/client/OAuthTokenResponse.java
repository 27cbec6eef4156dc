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
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * UltraCart's answer to {@code oauthAccessToken}, as far as it is used.
 *
 * @param accessToken the access token
 * @param expiresIn for how many seconds the access token is good. UltraCart documents it
 * as a string; {@code null} if it is missing
 * @param refreshToken the refresh token to use from now on, or {@code null} if UltraCart
 * gives none
 * @since 0.1
 */
public record OAuthTokenResponse(OAuthToken accessToken, @Nullable String expiresIn,
		@Nullable OAuthToken refreshToken) {

	private static final String TOKEN_TYPE = "bearer";

	/**
	 * Returns the answer in an object.
	 * @throws IllegalArgumentException if the object is no such answer; the message tells
	 * what it has or lacks, and repeats nothing of it
	 */
	static OAuthTokenResponse of(JsonNode object) {
		JsonNode type = object.path("token_type");
		if (!isAbsent(type) && !TOKEN_TYPE.equalsIgnoreCase(type.asString(""))) {
			throw new IllegalArgumentException("has a token_type that is not bearer");
		}
		OAuthToken accessToken = token(object, "access_token");
		if (accessToken == null) {
			throw new IllegalArgumentException("has no access_token");
		}
		return new OAuthTokenResponse(accessToken, object.path("expires_in").asString(null),
				token(object, "refresh_token"));
	}

	private static @Nullable OAuthToken token(JsonNode object, String member) {
		JsonNode node = object.path(member);
		if (isAbsent(node) || (node.isString() && !StringUtils.hasText(node.stringValue()))) {
			return null;
		}
		if (!node.isString() || !OAuthToken.isToken(node.stringValue())) {
			throw new IllegalArgumentException("has no usable " + member);
		}
		return OAuthToken.of(node.stringValue());
	}

	private static boolean isAbsent(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

}
