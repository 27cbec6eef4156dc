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

package io.github.ultracartsso.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an OAuth application has been granted: a refresh token, and the access tokens it
 * was exchanged for. To be used under the simulator's lock.
 */
final class OAuthGrant {

	private static final String BEARER = "Bearer ";

	private final Clock clock;

	private final Secrets secrets;

	private final Duration accessTokenLifetime;

	private final boolean rotating;

	private final String clientId;

	private final Map<String, Instant> accessTokens = new HashMap<>();

	private String refreshToken;

	/**
	 * Creates a grant.
	 * @param rotating whether a refresh token is good for one use
	 */
	OAuthGrant(Clock clock, Secrets secrets, Duration accessTokenLifetime, boolean rotating) {
		this.clock = clock;
		this.secrets = secrets;
		this.accessTokenLifetime = accessTokenLifetime;
		this.rotating = rotating;
		this.clientId = secrets.token();
		this.refreshToken = secrets.simpleKey();
	}

	String clientId() {
		return this.clientId;
	}

	String refreshToken() {
		return this.refreshToken;
	}

	/**
	 * Returns whether the value of an {@code Authorization} header is a live access token
	 * of this application.
	 */
	boolean isGranted(@Nullable String authorization) {
		return authorization != null && authorization.startsWith(BEARER) && this.clock.instant()
			.isBefore(this.accessTokens.getOrDefault(authorization.substring(BEARER.length()), Instant.MIN));
	}

	void revokeAccessTokens() {
		this.accessTokens.clear();
	}

	/**
	 * Answers the call for an access token. Its errors are words, where those of other
	 * calls are objects.
	 */
	SimulatorResponse answer(SimulatorRequest request) {
		Map<String, String> form = UrlEncoded.parse(request.body()).toSingleValueMap();
		if (!"refresh_token".equals(form.get("grant_type"))) {
			return error("unsupported_grant_type", "The grant type is not supported.");
		}
		if (!this.clientId.equals(form.get("client_id"))) {
			return error("invalid_client", "The client is unknown.");
		}
		if (!this.refreshToken.equals(form.get("refresh_token"))) {
			return error("invalid_grant", "The refresh token is invalid.");
		}
		return SimulatorResponse.json(grant());
	}

	private ObjectNode grant() {
		Instant now = this.clock.instant();
		this.accessTokens.values().removeIf((expiresAt) -> !now.isBefore(expiresAt));
		String accessToken = this.secrets.simpleKey();
		this.accessTokens.put(accessToken, now.plus(this.accessTokenLifetime));
		if (this.rotating) {
			this.refreshToken = this.secrets.simpleKey();
		}
		return JsonNodeFactory.instance.objectNode()
			.put("access_token", accessToken)
			.put("token_type", "bearer")
			.put("expires_in", Long.toString(this.accessTokenLifetime.toSeconds()))
			.put("refresh_token", this.refreshToken)
			.put("scope", "sso_write");
	}

	private static SimulatorResponse error(String error, String description) {
		ObjectNode document = JsonNodeFactory.instance.objectNode()
			.put("error", error)
			.put("error_description", description)
			.putNull("error_uri");
		return SimulatorResponse.status(400)
			.header("Connection", "close")
			.header("Content-Type", SimulatorResponse.JSON)
			.body(document.toString());
	}

}
