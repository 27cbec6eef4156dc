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
package io.github.ultracartsso.test.simulator.state;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallTraffic}.
 */
class CallTrafficTests {

	private static final Caller CALLER = new Caller("key", "127.0.0.1");

	private final CallTraffic traffic = new CallTraffic();

	@Test
	void beginWhenAnotherIsPendingThenNotAlone() {
		assertThat(this.traffic.begin(SimulatedOperation.TOKEN, CALLER, () -> false)).isTrue();
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, CALLER, () -> false)).isFalse();
		assertThat(this.traffic.snapshot().simultaneous()).containsExactlyInAnyOrder(List.of(SimulatedOperation.TOKEN),
				List.of(SimulatedOperation.AUTHORIZE, SimulatedOperation.TOKEN));
	}

	@Test
	void beginWhenAnotherIsOverThenAlone() {
		AtomicBoolean over = new AtomicBoolean();
		this.traffic.begin(SimulatedOperation.TOKEN, CALLER, over::get);
		over.set(true);
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, CALLER, () -> false)).isTrue();
		assertThat(this.traffic.snapshot().mostConcurrentCalls()).isOne();
	}

	@Test
	void beginWhenOverItselfThenCountsAsAlone() {
		this.traffic.begin(SimulatedOperation.TOKEN, CALLER, () -> false);
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, CALLER, () -> true)).isTrue();
		assertThat(this.traffic.snapshot().mostConcurrentCalls()).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "other, 127.0.0.1", "key, 127.0.0.2" })
	void beginWhenAnotherCallersIsPendingThenAlone(String application, String address) {
		this.traffic.begin(SimulatedOperation.TOKEN, CALLER, () -> false);
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, new Caller(application, address), () -> false))
			.isTrue();
		assertThat(this.traffic.snapshot().mostConcurrentCalls()).isEqualTo(2);
	}

	@Test
	void callerWhenPrintedThenKeyIsNot() {
		assertThat(CALLER).hasToString("Caller[127.0.0.1]");
	}

}
