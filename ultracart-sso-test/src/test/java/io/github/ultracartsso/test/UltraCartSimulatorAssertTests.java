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

import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UltraCartSimulatorAssert}.
 */
class UltraCartSimulatorAssertTests {

	private final UltraCartSimulator ultraCart = UltraCartSimulator.start();

	private final TestClient client = new TestClient(this.ultraCart);

	@AfterEach
	void stop() {
		this.ultraCart.close();
	}

	@Test
	void receivedWhenAsOftenThenPasses() {
		assertThat(this.ultraCart).received(SimulatedOperation.AUTHORIZE, 0).receivedExactly();
		this.client.authorize("http://localhost:8080/callback", "state");
		assertThat(this.ultraCart).received(SimulatedOperation.AUTHORIZE, 1)
			.received(SimulatedOperation.TOKEN, 0)
			.receivedExactly(SimulatedOperation.AUTHORIZE)
			.neverReceivedTwoCallsAtOnce();
	}

	@Test
	void receivedWhenNotAsOftenThenSaysWhatWasReceived() {
		this.client.authorize("http://localhost:8080/callback", "state");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.ultraCart).received(SimulatedOperation.TOKEN, 2))
			.withMessageContaining("2 TOKEN")
			.withMessageContaining("received 0")
			.withMessageContaining("/sso/authorize")
			.withMessageNotContaining(this.ultraCart.applicationKey());
	}

	@Test
	void receivedExactlyWhenOthersThenSaysWhatWasReceived() {
		this.client.authorize("http://localhost:8080/callback", "state");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.ultraCart).receivedExactly())
			.withMessageContaining("/sso/authorize");
	}

	@Test
	void hasLiveKeysOfWhenOthersThenSaysWhoseThereAre() {
		assertThat(this.ultraCart).hasNoLiveKeys();
		this.ultraCart.signIn(SimulatedUser.withLogin("Jane!ops").build());
		assertThat(this.ultraCart).hasLiveKeysOf("Jane!ops");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.ultraCart).hasNoLiveKeys())
			.withMessageContaining("[Jane!ops]");
		this.ultraCart.revokeAll();
		assertThat(this.ultraCart).hasNoLiveKeys();
		assertThat(this.ultraCart.liveKeys()).isZero();
	}

}
