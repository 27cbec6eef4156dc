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

package io.github.ultracartsso.test.simulator.console;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsoleGuard}.
 */
class ConsoleGuardTests {

	private final ConsoleGuard guard = new ConsoleGuard(URI.create("http://localhost:8089"), Set.of("backoffice"));

	@ParameterizedTest
	@ValueSource(strings = { "localhost:8089", "LOCALHOST:8089", "localhost", "127.0.0.1:8089", "[::1]:8089",
			"192.168.1.5:8089", "backoffice:8089" })
	void isForThisHostWhenKnownOrAnAddressThenTrue(String host) {
		assertThat(this.guard.isForThisHost(request("Host", host))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example:8089", "localhost.evil.example", "127.0.0.1.evil.example", "", "other" })
	void isForThisHostWhenANameThatIsNotKnownThenFalse(String host) {
		assertThat(this.guard.isForThisHost(request("Host", host))).isFalse();
	}

	@Test
	void isSameOriginWhenOriginHasAnotherSchemeThenFalse() {
		assertThat(this.guard.isSameOrigin(request("Host", "localhost:8089", "Origin", "https://localhost:8089")))
			.isFalse();
		assertThat(this.guard.isSameOrigin(request("Host", "localhost:8089", "Origin", "http://localhost:8089")))
			.isTrue();
	}

	private static SimulatorRequest request(String... headers) {
		Map<String, List<String>> all = (headers.length == 2) ? Map.of("host", List.of(headers[1]))
				: Map.of("host", List.of(headers[1]), "origin", List.of(headers[3]));
		return new SimulatorRequest("POST", "/console/DEMO", all, "", "127.0.0.1");
	}

}
