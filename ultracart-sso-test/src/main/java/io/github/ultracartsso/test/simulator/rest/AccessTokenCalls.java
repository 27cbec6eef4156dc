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

package io.github.ultracartsso.test.simulator.rest;

import java.util.Map;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.http.UrlEncoded;
import io.github.ultracartsso.test.simulator.state.OAuthGrant;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OAuth call that exchanges the application's refresh token for an access token. Its
 * errors are words, where those of other calls are objects. Runs under the lock of the
 * simulator's state.
 */
final class AccessTokenCalls {

	private final SimulatorState state;

	private final OAuthGrant oauth;

	AccessTokenCalls(SimulatorState state) {
		this.state = state;
		this.oauth = state.oauth();
	}

	SimulatorResponse answer(SimulatorRequest request) {
		Map<String, String> form = UrlEncoded.parse(request.body()).toSingleValueMap();
		if (!"refresh_token".equals(form.get("grant_type"))) {
			return error("unsupported_grant_type", "The grant type is not supported.");
		}
		if (!this.oauth.clientId().equals(form.get("client_id"))) {
			return error("invalid_client", "The client is unknown.");
		}
		if (!this.oauth.refreshToken().equals(form.get("refresh_token"))) {
			return error("invalid_grant", "The refresh token is invalid.");
		}
		return SimulatorResponse.json(JsonNodeFactory.instance.objectNode()
			.put("access_token", this.oauth.issueAccessToken())
			.put("token_type", "bearer")
			.put("expires_in", Long.toString(this.oauth.accessTokenLifetime().toSeconds()))
			.put("refresh_token", this.oauth.refreshToken())
			.put("scope", this.state.shows(SimulatedAlternative.OAUTH_WITHOUT_SSO) ? "user_read" : "sso_write"));
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
