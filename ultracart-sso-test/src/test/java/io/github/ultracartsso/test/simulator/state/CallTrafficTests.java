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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallTraffic}.
 */
class CallTrafficTests {

	private final CallTraffic traffic = new CallTraffic();

	@Test
	void beginWhenAnotherIsPendingThenNotAlone() {
		assertThat(this.traffic.begin(SimulatedOperation.TOKEN, () -> false)).isTrue();
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, () -> false)).isFalse();
		assertThat(this.traffic.snapshot().simultaneous()).containsExactlyInAnyOrder(List.of(SimulatedOperation.TOKEN),
				List.of(SimulatedOperation.AUTHORIZE, SimulatedOperation.TOKEN));
	}

	@Test
	void beginWhenAnotherIsOverThenAlone() {
		AtomicBoolean over = new AtomicBoolean();
		this.traffic.begin(SimulatedOperation.TOKEN, over::get);
		over.set(true);
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, () -> false)).isTrue();
		assertThat(this.traffic.snapshot().mostConcurrentCalls()).isOne();
	}

	@Test
	void beginWhenOverItselfThenCountsAsAlone() {
		this.traffic.begin(SimulatedOperation.TOKEN, () -> false);
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, () -> true)).isTrue();
		assertThat(this.traffic.snapshot().mostConcurrentCalls()).isOne();
	}

}
