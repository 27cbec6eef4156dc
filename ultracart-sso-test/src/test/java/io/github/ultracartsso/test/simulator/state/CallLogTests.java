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

import java.time.Instant;

import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedCall.Credential;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallLog}.
 */
class CallLogTests {

	private final CallLog log = new CallLog();

	@Test
	void addWhenFullThenOldestForgotten() {
		for (int i = 0; i <= CallLog.CAPACITY; i++) {
			this.log.add(call("/" + i));
		}
		assertThat(this.log.all()).hasSize(CallLog.CAPACITY);
		assertThat(this.log.all()).first().extracting(SimulatedCall::path).isEqualTo("/1");
		assertThat(this.log.all()).last().extracting(SimulatedCall::path).isEqualTo("/" + CallLog.CAPACITY);
	}

	@Test
	void latestWhenSeveralThenNewestFirst() {
		this.log.add(call("/1"));
		this.log.add(call("/2"));
		this.log.add(call("/3"));
		assertThat(this.log.latest(2)).extracting((logged) -> logged.call().path()).containsExactly("/3", "/2");
	}

	private static LoggedCall call(String path) {
		return new LoggedCall(Instant.EPOCH, new SimulatedCall(null, "GET", path, Credential.NONE, true, 404),
				"No credential", "127.0.0.1");
	}

}
