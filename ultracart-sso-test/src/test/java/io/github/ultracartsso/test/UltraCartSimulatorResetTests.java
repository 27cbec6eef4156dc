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

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartSimulator#reset()}: everything is as at the start.
 */
class UltraCartSimulatorResetTests {

	private static final SimulatedUser JANE = SimulatedUser.withLogin("jane").permission("View Items").build();

	private final UltraCartSimulator simulator = UltraCartSimulator.builder()
		.users(List.of(JANE, SimulatedUser.withLogin("joe").build()))
		.start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void resetWhenUsersWereAddedThenUserIdsBeginAnew() {
		Integer first = addUser("of-one-test").userId();
		this.simulator.signIn(SimulatedUser.withLogin("of-no-account").build());
		this.simulator.updateUser(JANE.toBuilder().userId(99).build());
		this.simulator.reset();
		assertThat(this.simulator.users()).extracting(SimulatedUser::userId).containsExactly(184_223, 184_224);
		assertThat(addUser("of-the-next-test").userId()).isEqualTo(first);
	}

	@Test
	void resetWhenGroupsAndPermissionsWereAddedThenDocumentsAreAsAtTheStart() {
		JsonNode before = documentOfJane();
		this.simulator.addUser(SimulatedUser.withLogin("bob").permission("Rare Permission").group("Rare").build());
		this.simulator.reset();
		JsonNode after = documentOfJane();
		assertThat(after.path("groups")).isEqualTo(before.path("groups"));
		assertThat(after.path("permissions")).isEqualTo(before.path("permissions"));
	}

	@Test
	void resetWhenMerchantWasAddedThenGoneAndCanBeAddedAgain() {
		UltraCartSimulator acme = addMerchant();
		String key = new TestClient(acme).signIn("amy");
		this.simulator.reset();
		TestClient.assertRefused(new TestClient(acme).authorize(), 401, "Invalid credentials supplied.");
		TestClient.assertRefused(this.client.revoke(key), 401, "Invalid credentials supplied.");
		assertThat(this.simulator.calls()).isEmpty();
		UltraCartSimulator again = addMerchant();
		assertThat(new TestClient(again).signIn("amy")).isNotEmpty();
		assertThat(again.calls()).hasSize(2);
	}

	@Test
	void resetWhenMerchantIsOfTheStartThenItIsResetToo() {
		UltraCartSimulator acme = addMerchant();
		this.simulator.settle();
		acme.addUser(SimulatedUser.withLogin("bob").build());
		new TestClient(acme).signIn("bob");
		this.simulator.reset();
		assertThat(acme.users()).extracting(SimulatedUser::login).containsExactly("amy");
		assertThat(acme.calls()).isEmpty();
		assertThat(acme.liveKeys()).isZero();
		assertThat(new TestClient(acme).authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void resetWhenApplicationWasAddedThenItsKeyIsRefusedAndNotCounted() {
		String key = this.simulator.addApplication();
		this.simulator.reset();
		assertThat(this.client.user(key).statusCode()).isEqualTo(401);
		assertThat(this.simulator.calls()).isEmpty();
	}

	@Test
	void resetWhenLoginIsPendingThenUnknown() {
		URI loginUrl = this.client.startLogin();
		String code = this.client.code("jane");
		this.simulator.reset();
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.approve(loginUrl, "jane"))
			.withMessageContaining("unknown or finished already");
		assertThat(this.client.token(code).statusCode()).isEqualTo(400);
	}

	@Test
	void resetWhenRedirectUriIsRegisteredThenTheNextOneIsTheFirst() {
		this.client.authorize("https://one.example.com/login/ultracart", null);
		this.simulator.reset();
		this.simulator.show(SimulatedAlternative.REGISTERED_REDIRECT_URI);
		assertThat(this.client.authorize("https://two.example.com/login/ultracart", null).statusCode()).isEqualTo(200);
	}

	@Test
	void resetWhenKeyIsRevokedLateThenNotSeenByTheNextTest() {
		String key = this.client.signIn("jane");
		this.simulator.reset();
		this.simulator.answerNext(SimulatedOperation.SESSION_REVOKE, SimulatedFault.status(500));
		TestClient.assertRefused(this.client.revoke(key), 401, "Invalid credentials supplied.");
		assertThat(this.simulator.calls()).isEmpty();
		assertThat(this.simulator.traffic().calls()).isZero();
		// the fault is for the next test's own call
		assertThat(this.client.revoke(this.client.signIn("jane")).statusCode()).isEqualTo(500);
	}

	@Test
	void resetWhenRepeatedThenKeyOfLongAgoStillDoesNotCount() {
		String key = this.client.signIn("jane");
		this.simulator.reset();
		this.client.signIn("joe");
		this.simulator.reset();
		this.client.revoke(key);
		assertThat(this.simulator.calls()).isEmpty();
	}

	@Test
	void resetWhenCallIsInProgressThenTheNextTestsCallIsAlone() throws Exception {
		this.simulator.answerNext(SimulatedOperation.SESSION_USER, SimulatedFault.silence());
		String key = this.client.signIn("jane");
		Thread late = new Thread(() -> this.client.user(key));
		late.setDaemon(true);
		late.start();
		while (this.simulator.calls(SimulatedOperation.SESSION_USER).isEmpty()) {
			Thread.onSpinWait();
		}
		this.simulator.reset();
		this.client.authorize();
		assertThat(this.simulator.traffic().mostConcurrentCalls()).isOne();
	}

	@Test
	void resetWhenClockWasMovedThenKeysLastAsLongAsAtTheStart() {
		this.simulator.moveClock(Duration.ofHours(20)).moveClock(Duration.ofHours(3));
		String key = this.client.signIn("jane");
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
		this.simulator.moveClock(Duration.ofHours(25));
		TestClient.assertRefused(this.client.user(key), 401, "The simple key has expired.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.moveClock(Duration.ofMinutes(-1)));
		this.simulator.reset();
		assertThat(this.simulator.signIn(JANE).expiresAt()).isBefore(Instant.now().plus(Duration.ofHours(25)));
	}

	@Test
	void resetWhenOAuthThenTheCredentialOfTheApplicationStays() {
		String refreshToken = this.simulator.oauthRefreshToken();
		String accessToken = TestClient
			.json(this.client.send(
					this.client.call("/oauth/token", null)
						.header("Content-Type", "application/x-www-form-urlencoded")
						.POST(BodyPublishers.ofString("grant_type=refresh_token&client_id="
								+ this.simulator.oauthClientId() + "&refresh_token=" + refreshToken))))
			.path("access_token")
			.stringValue();
		this.simulator.revokeAccessTokens();
		assertThat(authorizeWith(accessToken)).isEqualTo(401);
		this.simulator.reset();
		// the application still holds both
		assertThat(this.simulator.oauthRefreshToken()).isEqualTo(refreshToken);
		assertThat(authorizeWith(accessToken)).isEqualTo(200);
	}

	private int authorizeWith(String accessToken) {
		return this.client
			.send(this.client.call("/sso/authorize", null)
				.header("Authorization", "Bearer " + accessToken)
				.header("Content-Type", "application/json; charset=UTF-8")
				.PUT(BodyPublishers.ofString("{\"redirect_uri\":\"" + TestClient.REDIRECT_URI + "\"}")))
			.statusCode();
	}

	private UltraCartSimulator addMerchant() {
		return this.simulator.addMerchant(UltraCartSimulator.builder()
			.merchantId("ACME")
			.applicationKey("acme-key")
			.users(List.of(SimulatedUser.withLogin("amy").build())));
	}

	private SimulatedUser addUser(String login) {
		this.simulator.addUser(SimulatedUser.withLogin(login).build());
		return this.simulator.users().get(this.simulator.users().size() - 1);
	}

	private JsonNode documentOfJane() {
		return TestClient.json(this.client.user(this.client.signIn("jane")));
	}

}
