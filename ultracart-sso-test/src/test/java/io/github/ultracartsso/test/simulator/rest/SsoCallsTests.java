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

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SsoCalls}.
 */
class SsoCallsTests {

	private final MutableClock clock = new MutableClock("2026-11-21T16:16:50.789Z");

	private final UltraCartSimulator simulator = UltraCartSimulator.builder()
		.clock(this.clock)
		.start()
		.addUser(SimulatedUser.withLogin("Jane!ops").build());

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void authorizeWhenValidThenLoginUrlAndExpiryInEasternTime() {
		HttpResponse<String> response = this.client.authorize();
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode body = TestClient.json(response);
		assertThat(body.propertyNames()).containsExactly("expiration_dts", "login_url");
		assertThat(body.path("expiration_dts").stringValue()).isEqualTo("2026-11-21T11:26:50-05:00");
		assertThat(body.path("login_url").stringValue()).matches("http://localhost:"
				+ this.simulator.baseUrl().getPort() + "/merchant/sso/login\\.do\\?token=[0-9a-f]{32}");
	}

	@Test
	void authorizeWhenRepeatedThenLoginsDiffer() {
		assertThat(this.client.startLogin()).isNotEqualTo(this.client.startLogin());
	}

	@Test
	void authorizeWhenSummerThenOffsetOfDaylightSaving() {
		this.clock.advance(Duration.ofDays(220));
		assertThat(TestClient.json(this.client.authorize()).path("expiration_dts").stringValue())
			.isEqualTo("2027-06-29T12:26:50-04:00");
	}

	@Test
	void authorizeWhenNoRedirectUriThenBadRequest() {
		TestClient.assertRefused(this.client.authorize(null, "s"), 400, "redirect_uri is required.");
		TestClient.assertRefused(this.client.authorize(" ", "s"), 400, "redirect_uri is required.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login/ultracart", "app.example.com", "javascript:alert(1)", "ftp://app.example.com/x",
			"https://app.example.com/x#fragment", "https://app.example.com/a b", "https://a;b.example.com/",
			"https:///nowhere" })
	void authorizeWhenRedirectUriNotAWebAddressThenBadRequest(String redirectUri) {
		TestClient.assertRefused(this.client.authorize(redirectUri, "s"), 400, "redirect_uri is not a valid URL.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "\"text\"", "{\"redirect_uri\":", "no json" })
	void putWhenBodyNoJsonObjectThenBadRequest(String body) {
		for (String path : new String[] { "/sso/authorize", "/sso/token" }) {
			TestClient.assertRefused(this.client.send(this.client.applicationCall(path, body)), 400,
					"The request body is not a valid JSON object.");
		}
	}

	@Test
	void tokenWhenCodeValidThenKeyOfTheUser() {
		HttpResponse<String> response = this.client.token(this.client.code("Jane!ops"));
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode body = TestClient.json(response);
		assertThat(body.propertyNames()).containsExactly("expiration_dts", "ip_address", "simple_key");
		assertThat(body.path("expiration_dts").stringValue()).isEqualTo("2026-11-22T11:16:50-05:00");
		assertThat(body.path("ip_address").stringValue()).isEqualTo("127.0.0.1");
		assertThat(body.path("simple_key").stringValue()).matches("[0-9a-f]{64}");
		assertThat(this.simulator.signedInLogins()).containsExactly("Jane!ops");
	}

	@Test
	void tokenWhenApprovedFromAnotherAddressThenAddressReported() {
		URI callback = this.simulator.approve(this.client.startLogin(), "Jane!ops", "203.0.113.24");
		JsonNode body = TestClient.json(this.client.token(TestClient.parameter(callback, "code")));
		assertThat(body.path("ip_address").stringValue()).isEqualTo("203.0.113.24");
	}

	@Test
	void tokenWhenGrantTypeNotSimpleKeyThenBadRequestAndCodeUnused() {
		String code = this.client.code("Jane!ops");
		for (String grantType : new String[] { "", ",\"grant_type\":\"authorization_code\"" }) {
			HttpResponse<String> response = this.client
				.send(this.client.applicationCall("/sso/token", "{\"code\":\"" + code + "\"" + grantType + "}"));
			TestClient.assertRefused(response, 400, "grant_type must be simple_key.");
		}
		assertThat(this.client.token(code).statusCode()).isEqualTo(200);
	}

	@Test
	void tokenWhenNoCodeThenBadRequest() {
		HttpResponse<String> response = this.client
			.send(this.client.applicationCall("/sso/token", "{\"grant_type\":\"simple_key\"}"));
		TestClient.assertRefused(response, 400, "code is required.");
	}

	@Test
	void tokenWhenCodeUsedThenBadRequestAndFirstKeyLives() {
		String code = this.client.code("Jane!ops");
		String key = TestClient.json(this.client.token(code)).path("simple_key").stringValue();
		TestClient.assertRefused(this.client.token(code), 400, "The code is invalid or has expired.");
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
		assertThat(this.simulator.liveKeys()).isOne();
	}

	@Test
	void tokenWhenCodeExchangedConcurrentlyThenOneKeyOnly() {
		String code = this.client.code("Jane!ops");
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			var answers = IntStream.range(0, 8)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> this.client.token(code).statusCode(), threads))
				.toList();
			assertThat(answers.stream().map(CompletableFuture::join)).containsOnlyOnce(200)
				.filteredOn((status) -> status == 400)
				.hasSize(7);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void tokenWhenCodeFiveMinutesOldThenBadRequest() {
		String early = this.client.code("Jane!ops");
		String late = this.client.code("Jane!ops");
		this.clock.advance(Duration.ofMinutes(5).minusMillis(1));
		assertThat(this.client.token(early).statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofMillis(1));
		TestClient.assertRefused(this.client.token(late), 400, "The code is invalid or has expired.");
	}

	@Test
	void sessionUserWhenKeyExpiredThenUnauthorized() {
		String key = this.client.signIn("Jane!ops");
		this.clock.advance(Duration.ofHours(23));
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofHours(1));
		HttpResponse<String> response = this.client.user(key);
		TestClient.assertRefused(response, 401, "The simple key has expired.");
		assertThat(TestClient.json(response).path("error").path("user_message").stringValue())
			.isEqualTo("Please sign in again.");
		TestClient.assertRefused(this.client.revoke(key), 401, "The simple key has expired.");
		assertThat(this.simulator.liveKeys()).isZero();
	}

	@Test
	void revokeWhenKeyLiveThenThatKeyDies() {
		String key = this.client.signIn("Jane!ops");
		String other = this.client.signIn("Jane!ops");
		HttpResponse<String> response = this.client.revoke(key);
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		TestClient.assertRefused(this.client.user(key), 401, "Invalid credentials supplied.");
		TestClient.assertRefused(this.client.revoke(key), 401, "Invalid credentials supplied.");
		assertThat(this.client.user(other).statusCode()).isEqualTo(200);
		assertThat(this.simulator.liveKeys()).isOne();
	}

}
