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

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for simulators of several merchants.
 */
class MerchantTests {

	private final UltraCartSimulator demo = UltraCartSimulator.start()
		.addUser(SimulatedUser.withLogin("jane").fullName("Jane of Demo").permission("View Items").build())
		.addUser(SimulatedUser.withLogin("joe").build());

	private final UltraCartSimulator acme = this.demo
		.addMerchant(UltraCartSimulator.builder().merchantId("ACME").applicationKey("acme-key"))
		.addUser(SimulatedUser.withLogin("amy").build())
		.addUser(SimulatedUser.withLogin("jane").fullName("Jane of Acme").build());

	private final TestClient demoClient = new TestClient(this.demo);

	private final TestClient acmeClient = new TestClient(this.acme);

	@AfterEach
	void close() {
		this.demo.close();
	}

	@Test
	void loginWhenMerchantsHaveTheSameLoginThenEachItsOwnUser() {
		assertThat(this.acme.baseUrl()).isEqualTo(this.demo.baseUrl());
		String demoKey = this.demoClient.signIn("jane");
		String acmeKey = this.acmeClient.signIn("jane");
		assertThat(TestClient.json(this.demoClient.user(demoKey)).path("full_name").stringValue())
			.isEqualTo("Jane of Demo");
		assertThat(TestClient.json(this.acmeClient.user(acmeKey)).path("full_name").stringValue())
			.isEqualTo("Jane of Acme");
		this.acme.revokeAll();
		assertThat(this.acmeClient.user(acmeKey).statusCode()).isEqualTo(401);
		assertThat(this.demoClient.user(demoKey).statusCode()).isEqualTo(200);
		assertThat(this.acme.calls(SimulatedOperation.TOKEN)).hasSize(1);
	}

	@Test
	void loginPageWhenOpenedThenUsersOfTheMerchant() {
		assertThat(this.acmeClient.open(this.acmeClient.startLogin()).body()).contains("Jane of Acme", "amy")
			.doesNotContain("Jane of Demo", "joe");
	}

	@Test
	void codeWhenOfAnotherMerchantThenRefused() {
		assertThat(this.demoClient.token(this.acmeClient.code("amy")).statusCode()).isEqualTo(400);
	}

	@Test
	void faultWhenOfAMerchantThenTheOtherHasNone() {
		this.acme.answerAlways(SimulatedOperation.AUTHORIZE, SimulatedFault.status(503));
		assertThat(this.acmeClient.authorize().statusCode()).isEqualTo(503);
		assertThat(this.demoClient.authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void userIdWhenLinkedThenTheSameUnlessAlternative() {
		String demoKey = this.demoClient.signIn("jane");
		String acmeKey = this.acmeClient.signIn("jane");
		assertThat(userId(this.acmeClient, acmeKey)).isEqualTo(userId(this.demoClient, demoKey));
		assertThat(userId(this.acmeClient, this.acmeClient.signIn("amy")))
			.isNotEqualTo(userId(this.demoClient, this.demoClient.signIn("joe")));
		this.demo.show(SimulatedAlternative.USER_ID_PER_MERCHANT);
		this.acme.show(SimulatedAlternative.USER_ID_PER_MERCHANT);
		assertThat(userId(this.acmeClient, acmeKey)).isNotEqualTo(userId(this.demoClient, demoKey));
	}

	@ParameterizedTest
	@ValueSource(strings = { "DEMO", "demo" })
	void addMerchantWhenIdTakenThenIllegalArgument(String id) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.demo.addMerchant(UltraCartSimulator.builder().merchantId(id)))
			.withMessageContaining("merchantId");
	}

	@Test
	void addMerchantWhenKeyTakenThenIllegalArgumentWithoutTheKey() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.demo
				.addMerchant(UltraCartSimulator.builder().merchantId("OTHER").applicationKey("acme-key")))
			.withMessageContaining("ACME")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("acme-key"));
	}

	private static int userId(TestClient client, String key) {
		return TestClient.json(client.user(key)).path("user_id").intValue();
	}

}
