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

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorBuilder;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedCall.Credential;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AccessTokenCalls}, and for calls with the access token.
 */
class AccessTokenCallsTests {

	private final MutableClock clock = new MutableClock("2026-11-21T12:00:00Z");

	private UltraCartSimulator simulator = UltraCartSimulator.builder().clock(this.clock).start();

	private TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void accessTokenWhenRefreshTokenGoodThenHandedOut() {
		HttpResponse<String> response = refresh();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=UTF-8");
		JsonNode tokens = TestClient.json(response);
		assertThat(tokens.propertyNames()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in",
				"refresh_token", "scope");
		assertThat(tokens.path("token_type").stringValue()).isEqualTo("bearer");
		assertThat(tokens.path("expires_in").stringValue()).isEqualTo("3600");
		assertThat(tokens.path("refresh_token").stringValue()).isEqualTo(this.simulator.oauthRefreshToken());
		assertThat(this.simulator.calls()).singleElement()
			.isEqualTo(new SimulatedCall(SimulatedOperation.ACCESS_TOKEN, "POST", "/oauth/token", Credential.NONE, true,
					200));
	}

	@ParameterizedTest
	@CsvSource({ "authorization_code, CLIENT, TOKEN, unsupported_grant_type",
			"'', CLIENT, TOKEN, unsupported_grant_type", "refresh_token, other, TOKEN, invalid_client",
			"refresh_token, CLIENT, other, invalid_grant", "refresh_token, CLIENT, '', invalid_grant" })
	void accessTokenWhenRequestWrongThenBadRequestWithAWord(String grantType, String clientId, String token,
			String error) {
		HttpResponse<String> response = refresh(grantType, clientId.replace("CLIENT", this.simulator.oauthClientId()),
				token.replace("TOKEN", this.simulator.oauthRefreshToken()));
		assertThat(response.statusCode()).isEqualTo(400);
		JsonNode body = TestClient.json(response);
		assertThat(body.path("error").stringValue()).isEqualTo(error);
		assertThat(body.path("error_description").stringValue()).isNotBlank();
	}

	@Test
	void accessTokenWhenVersionHeaderMissingThenBadRequest() {
		HttpResponse<String> response = this.client
			.send(this.client.request("/oauth/token").POST(BodyPublishers.ofString("")));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("X-UltraCart-Api-Version is required.");
	}

	@Test
	void applicationCallWhenAccessTokenGoodThenAnswered() {
		assertThat(authorize(accessToken(refresh()), null).statusCode()).isEqualTo(200);
		assertThat(this.simulator.calls(SimulatedOperation.AUTHORIZE)).singleElement()
			.satisfies((call) -> assertThat(call.credential()).isEqualTo(Credential.APPLICATION));
	}

	@Test
	void applicationCallWhenAccessTokenExpiredThenUnauthorized() {
		String token = accessToken(refresh());
		this.clock.advance(Duration.ofHours(1).minusMillis(1));
		assertThat(authorize(token, null).statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(authorize(token, null).statusCode()).isEqualTo(401);
	}

	@Test
	void applicationCallWhenAccessTokensRevokedThenUnauthorizedUntilTheNext() {
		String token = accessToken(refresh());
		this.simulator.revokeAccessTokens();
		assertThat(authorize(token, null).statusCode()).isEqualTo(401);
		assertThat(authorize(accessToken(refresh()), null).statusCode()).isEqualTo(200);
	}

	@Test
	void applicationCallWhenTwoCredentialsThenUnauthorized() {
		String token = accessToken(refresh());
		assertThat(authorize(token, this.simulator.applicationKey()).statusCode()).isEqualTo(401);
		assertThat(this.simulator.calls(SimulatedOperation.AUTHORIZE)).singleElement()
			.satisfies((call) -> assertThat(call.credential()).isEqualTo(Credential.UNKNOWN));
	}

	@Test
	void userCallWhenAccessTokenThenUnauthorized() {
		assertThat(this.client
			.send(this.client.call("/sso/session/user", null)
				.header("Authorization", "Bearer " + accessToken(refresh()))
				.GET())
			.statusCode()).isEqualTo(401);
	}

	@Test
	void accessTokenWhenRotatingThenRefreshTokenIsGoodOnce() {
		restart(UltraCartSimulator.builder().refreshTokenRotation(true));
		String first = this.simulator.oauthRefreshToken();
		String second = TestClient.json(refresh()).path("refresh_token").stringValue();
		assertThat(second).isNotEqualTo(first).isEqualTo(this.simulator.oauthRefreshToken());
		assertThat(refresh("refresh_token", this.simulator.oauthClientId(), first).statusCode()).isEqualTo(400);
		assertThat(refresh("refresh_token", this.simulator.oauthClientId(), second).statusCode()).isEqualTo(200);
	}

	@Test
	void accessTokenWhenLifetimeSetThenSaidInSeconds() {
		restart(UltraCartSimulator.builder().accessTokenLifetime(Duration.ofSeconds(90)));
		assertThat(TestClient.json(refresh()).path("expires_in").stringValue()).isEqualTo("90");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> UltraCartSimulator.builder().accessTokenLifetime(Duration.ofMillis(999)))
			.withMessageStartingWith("accessTokenLifetime must be at least a second");
	}

	@Test
	void accessTokenWhenFaultThenItMeetsTheCall() {
		this.simulator.answerNext(SimulatedOperation.ACCESS_TOKEN, SimulatedFault.status(503));
		assertThat(refresh().statusCode()).isEqualTo(503);
		assertThat(refresh().statusCode()).isEqualTo(200);
	}

	private void restart(UltraCartSimulatorBuilder builder) {
		this.simulator.close();
		this.simulator = builder.start();
		this.client = new TestClient(this.simulator);
	}

	private HttpResponse<String> refresh() {
		return refresh("refresh_token", this.simulator.oauthClientId(), this.simulator.oauthRefreshToken());
	}

	private HttpResponse<String> refresh(String grantType, String clientId, String refreshToken) {
		String form = "grant_type=" + grantType + "&client_id=" + URLEncoder.encode(clientId, StandardCharsets.UTF_8)
				+ "&refresh_token=" + URLEncoder.encode(refreshToken, StandardCharsets.UTF_8);
		return this.client.send(this.client.call("/oauth/token", null)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form)));
	}

	private static String accessToken(HttpResponse<String> response) {
		return TestClient.json(response).path("access_token").stringValue();
	}

	private HttpResponse<String> authorize(String accessToken, @Nullable String key) {
		return this.client.send(this.client.call("/sso/authorize", key)
			.header("Authorization", "Bearer " + accessToken)
			.PUT(BodyPublishers.ofString("{\"redirect_uri\": \"" + TestClient.REDIRECT_URI + "\"}")));
	}

}
