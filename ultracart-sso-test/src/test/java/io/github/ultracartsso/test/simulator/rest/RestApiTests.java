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

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedCall.Credential;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestApi}.
 */
class RestApiTests {

	private final UltraCartSimulator simulator = UltraCartSimulator.start()
		.addUser(SimulatedUser.withLogin("Jane!ops").build());

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void callWhenAnsweredThenCarriesRequestIdOfItsOwn() {
		HttpResponse<String> first = this.client.authorize();
		HttpResponse<String> second = this.client.authorize();
		assertThat(first.statusCode()).isEqualTo(200);
		assertThat(requestId(first)).matches("[0-9A-F]{31}");
		assertThat(requestId(second)).matches("[0-9A-F]{31}").isNotEqualTo(requestId(first));
		assertThat(requestId(this.client.token("unknown"))).matches("[0-9A-F]{31}");
		assertThat(requestId(this.client.revoke(this.client.signIn("Jane!ops")))).matches("[0-9A-F]{31}");
	}

	@Test
	void callWhenAnsweredThenSpeaksHttp11() {
		HttpResponse<String> response = this.client.authorize();
		assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=UTF-8");
		assertThat(response.headers().firstValue("Connection")).isEmpty();
	}

	@Test
	void callWhenRefusedThenHasErrorEnvelopeAndHeaders() {
		HttpResponse<String> response = this.client.token("unknown");
		TestClient.assertRefused(response, 400, "The code is invalid or has expired.");
		assertThat(response.body())
			.isEqualTo("{\"error\":{\"developer_message\":\"The code is invalid or has expired.\","
					+ "\"user_message\":\"The code is invalid or has expired.\"},\"metadata\":{}}");
	}

	@Test
	void callWhenVersionHeaderMissingThenBadRequest() {
		HttpResponse<String> response = this.client.send(this.client.request("/sso/authorize")
			.header("x-ultracart-simple-key", this.simulator.applicationKey())
			.PUT(BodyPublishers.ofString("{\"redirect_uri\":\"https://app.example.com\"}")));
		TestClient.assertRefused(response, 400, "X-UltraCart-Api-Version is required.");
		assertThat(this.simulator.calls()).singleElement()
			.isEqualTo(new SimulatedCall(SimulatedOperation.AUTHORIZE, "PUT", "/sso/authorize", Credential.APPLICATION,
					false, 400));
	}

	@Test
	void callWhenPathUnknownThenNotFoundAndRecorded() {
		HttpResponse<String> response = this.client
			.send(this.client.call("/order/orders", this.simulator.applicationKey()).GET());
		TestClient.assertRefused(response, 404, "The UltraCart simulator has no response to GET /order/orders. "
				+ "Add a SimulatedResource for it, as a bean or with UltraCartSimulator.addResource.");
		assertThat(this.simulator.calls()).singleElement()
			.isEqualTo(new SimulatedCall(null, "GET", "/order/orders", Credential.APPLICATION, true, 404));
	}

	@Test
	void callWhenMethodWrongThenNotAllowed() {
		HttpResponse<String> response = this.client
			.send(this.client.call("/sso/session/revoke", this.client.signIn("Jane!ops")).GET());
		TestClient.assertRefused(response, 405, "The method is not allowed.");
		assertThat(this.simulator.liveKeys()).isOne();
	}

	@Test
	void applicationCallWhenNoCredentialThenUnauthorized() {
		HttpResponse<String> response = this.client
			.send(this.client.call("/sso/authorize", null).PUT(BodyPublishers.ofString("{}")));
		TestClient.assertRefused(response, 401, "Invalid credentials supplied.");
		assertLastCredential(Credential.NONE);
	}

	@Test
	void applicationCallWhenKeyWrongThenUnauthorized() {
		HttpResponse<String> response = this.client
			.send(this.client.call("/sso/token", "wrong").PUT(BodyPublishers.ofString("{}")));
		TestClient.assertRefused(response, 401, "Invalid credentials supplied.");
		assertLastCredential(Credential.UNKNOWN);
	}

	@Test
	void applicationCallWhenSsoKeyThenUnauthorizedAndCodeUnused() {
		String key = this.client.signIn("Jane!ops");
		String code = this.client.code("Jane!ops");
		String body = "{\"grant_type\":\"simple_key\",\"code\":\"" + code + "\"}";
		HttpResponse<String> response = this.client
			.send(this.client.call("/sso/token", key).PUT(BodyPublishers.ofString(body)));
		TestClient.assertRefused(response, 401, "Invalid credentials supplied.");
		assertLastCredential(Credential.SSO_SESSION);
		assertThat(this.client.token(code).statusCode()).isEqualTo(200);
	}

	@Test
	void sessionCallWhenApplicationKeyThenUnauthorized() {
		String key = this.client.signIn("Jane!ops");
		TestClient.assertRefused(this.client.user(this.simulator.applicationKey()), 401,
				"Invalid credentials supplied.");
		assertLastCredential(Credential.APPLICATION);
		TestClient.assertRefused(this.client.revoke(this.simulator.applicationKey()), 401,
				"Invalid credentials supplied.");
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenTwoCredentialsThenUnauthorized() {
		HttpResponse<String> response = this.client
			.send(this.client.call("/sso/session/user", this.client.signIn("Jane!ops"))
				.header("Authorization", "Bearer some-token")
				.GET());
		TestClient.assertRefused(response, 401, "Invalid credentials supplied.");
		assertLastCredential(Credential.UNKNOWN);
	}

	@Test
	void callWhenBearerTokenThenUnauthorized() {
		HttpResponse<String> response = this.client.send(this.client.call("/sso/authorize", null)
			.header("Authorization", "Bearer some-token")
			.PUT(BodyPublishers.ofString("{}")));
		TestClient.assertRefused(response, 401, "Invalid credentials supplied.");
		assertLastCredential(Credential.UNKNOWN);
	}

	private void assertLastCredential(Credential credential) {
		assertThat(this.simulator.calls()).last().extracting(SimulatedCall::credential).isEqualTo(credential);
	}

	private static String requestId(HttpResponse<String> response) {
		return response.headers().firstValue("X-UltraCart-Request-Id").orElse("");
	}

}
