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

package io.github.ultracartsso.client.http;

import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartHttpSettings}.
 */
class UltraCartHttpSettingsTests {

	private final UltraCartHttpSettings settings = UltraCartHttpSettings.defaults();

	@Test
	void defaultsThenAsDocumented() {
		assertThat(this.settings.apiVersion()).isEqualTo("2017-03-01");
		assertThat(this.settings.timeLimit().timeout()).hasSeconds(10);
		assertThat(this.settings.maxRetries()).isEqualTo(2);
	}

	@Test
	void withThenThatSettingAlone() {
		CallGate gate = new CallGate(1, Duration.ZERO);
		CallTimeLimit timeLimit = new CallTimeLimit(Duration.ofSeconds(1));
		PlainHttpHosts hosts = new PlainHttpHosts(List.of("backoffice"));
		assertThat(this.settings.withApiVersion("2027-01-01")
			.withCallGate(gate)
			.withTimeLimit(timeLimit)
			.withMaxRetries(7)
			.withPlainHttpHosts(hosts)).isEqualTo(new UltraCartHttpSettings("2027-01-01", gate, timeLimit, 7, hosts));
	}

	@Test
	@SuppressWarnings("NullAway")
	void withWhenSenselessThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withApiVersion(null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withApiVersion(" "))
			.withMessage("apiVersion cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withCallGate(null))
			.withMessage("callGate cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withTimeLimit(null))
			.withMessage("timeLimit cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withMaxRetries(-1))
			.withMessage("maxRetries cannot be negative");
	}

}
