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

package io.github.ultracartsso.test.simulator;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatedAlternative}.
 */
class SimulatedAlternativeTests {

	private final MutableClock clock = new MutableClock("2026-11-21T16:16:50Z");

	private final UltraCartSimulator simulator = UltraCartSimulator.builder()
		.clock(this.clock)
		.start()
		.addUser(SimulatedUser.withLogin("jane").permission("View Items").group("Warehouse").build());

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void permissionNameInLowerCaseThenOtherMember() {
		this.simulator.show(SimulatedAlternative.PERMISSION_NAME_IN_LOWER_CASE);
		assertThat(user().path("permissions").toString()).contains("\"permission_name\":\"View Items\"")
			.doesNotContain("permission_Name");
	}

	@Test
	void permissionCodesThenCodes() {
		this.simulator.show(SimulatedAlternative.PERMISSION_CODES);
		assertThat(user().path("permissions").toString()).contains("\"permission_Name\":\"view_items\"",
				"\"back_end_order_entry_customer_profiles\"");
	}

	@Test
	void grantedOnlyThenNothingElseListed() {
		this.simulator.show(SimulatedAlternative.GRANTED_ONLY);
		assertThat(user().path("permissions")).singleElement()
			.satisfies((permission) -> assertThat(permission.path("selected").booleanValue()).isTrue());
		assertThat(user().path("groups")).hasSize(1);
	}

	@Test
	void revokedWithBodyThen200() {
		this.simulator.show(SimulatedAlternative.REVOKED_WITH_BODY);
		HttpResponse<String> revoked = this.client.revoke(this.client.signIn("jane"));
		assertThat(revoked.statusCode()).isEqualTo(200);
		assertThat(TestClient.json(revoked).path("success").booleanValue()).isTrue();
		assertThat(this.simulator.liveKeys()).isZero();
	}

	@Test
	void slidingKeysThenACallExtendsTheKey() {
		String key = this.client.signIn("jane");
		this.simulator.show(SimulatedAlternative.SLIDING_KEYS);
		for (int i = 0; i < 3; i++) {
			this.clock.advance(Duration.ofHours(23));
			assertThat(this.client.user(key).statusCode()).isEqualTo(200);
		}
		this.clock.advance(Duration.ofHours(24));
		assertThat(this.client.user(key).statusCode()).isEqualTo(401);
	}

	@Test
	void registeredRedirectUriThenOthersRefused() {
		this.simulator.show(SimulatedAlternative.REGISTERED_REDIRECT_URI);
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
		TestClient.assertRefused(this.client.authorize("https://other.example.com/", "state"), 400,
				"redirect_uri is not registered.");
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void silentCancelThenNoRedirectAndLoginOver() {
		this.simulator.show(SimulatedAlternative.SILENT_CANCEL);
		URI page = this.client.startLogin();
		HttpResponse<String> cancelled = this.client.submit(page, "cancel=cancel");
		assertThat(cancelled.statusCode()).isEqualTo(200);
		assertThat(cancelled.body()).contains("The login is cancelled");
		assertThat(this.client.open(page).statusCode()).isEqualTo(404);
	}

	@Test
	void unauthorizedCodeThen401() {
		this.simulator.show(SimulatedAlternative.UNAUTHORIZED_CODE);
		String code = this.client.code("jane");
		this.client.token(code);
		TestClient.assertRefused(this.client.token(code), 401, "The code is invalid or has expired.");
	}

	@Test
	void otherLoginHostThenPageThere() {
		this.simulator.show(SimulatedAlternative.OTHER_LOGIN_HOST);
		URI page = this.client.startLogin();
		assertThat(page).hasHost("127.0.0.1").hasPort(this.simulator.baseUrl().getPort());
		assertThat(this.client.open(page).statusCode()).isEqualTo(200);
	}

	@Test
	void noRetryAfterThen429WithoutIt() {
		this.simulator.show(SimulatedAlternative.NO_RETRY_AFTER);
		this.simulator.enforce(SimulatedLimits.none().rate(1, Duration.ofHours(1)));
		this.client.authorize();
		HttpResponse<String> limited = this.client.authorize();
		assertThat(limited.statusCode()).isEqualTo(429);
		assertThat(limited.headers().firstValue("Retry-After")).isEmpty();
	}

	@Test
	void uncountedUserCallsThenLimitsDoNotApply() {
		String key = this.client.signIn("jane");
		this.simulator.show(SimulatedAlternative.UNCOUNTED_USER_CALLS);
		this.simulator.enforce(SimulatedLimits.none().rate(1, Duration.ofHours(1)));
		for (int i = 0; i < 5; i++) {
			assertThat(this.client.user(key).statusCode()).isEqualTo(200);
		}
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
		assertThat(this.client.authorize().statusCode()).isEqualTo(429);
	}

	@Test
	void oauthWithoutSsoThenAccessTokenRefusedAndSimpleKeyNot() {
		this.simulator.show(SimulatedAlternative.OAUTH_WITHOUT_SSO);
		HttpResponse<String> issued = this.client.send(this.client.call("/oauth/token", null)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("grant_type=refresh_token&client_id=" + this.simulator.oauthClientId()
					+ "&refresh_token=" + this.simulator.oauthRefreshToken())));
		assertThat(TestClient.json(issued).path("scope").stringValue()).isEqualTo("user_read");
		HttpRequest.Builder call = this.client.call("/sso/authorize", null)
			.header("Authorization", "Bearer " + TestClient.json(issued).path("access_token").stringValue())
			.PUT(BodyPublishers.ofString("{\"redirect_uri\":\"" + TestClient.REDIRECT_URI + "\"}"));
		assertThat(this.client.send(call).statusCode()).isEqualTo(401);
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void unauthorizedWithoutVersionThen401() {
		this.simulator.show(SimulatedAlternative.UNAUTHORIZED_WITHOUT_VERSION);
		assertThat(
				this.client.send(this.client.request("/sso/session/user").header("x-ultracart-simple-key", "any").GET())
					.statusCode())
			.isEqualTo(401);
	}

	@Test
	void showWhenNoneThenDefaultAgain() {
		this.simulator.show(SimulatedAlternative.REVOKED_WITH_BODY).show();
		assertThat(this.client.revoke(this.client.signIn("jane")).statusCode()).isEqualTo(204);
	}

	private JsonNode user() {
		return TestClient.json(this.client.user(this.client.signIn("jane")));
	}

}
