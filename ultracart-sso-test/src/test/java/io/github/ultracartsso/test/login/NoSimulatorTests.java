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

package io.github.ultracartsso.test.login;

import java.time.Duration;
import java.time.Instant;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests that a test without the simulator does not call UltraCart by mistake.
 */
@WebMvcTest(properties = "ultracart.sso.simple-key=0123456789abcdef0123456789abcdef")
class NoSimulatorTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void baseUrlWhenNothingConfiguredThenNothingListensThere(@Autowired UltraCartSsoConnectionDetails connection) {
		assertThat(connection.getBaseUrl()).hasHost("localhost").hasPort(1);
	}

	@Test
	void loginWhenStartedThenUnavailableAtOnce() {
		Instant start = Instant.now();
		assertThat(this.mvc.get().uri("/ultracart/authorize").accept(MediaType.TEXT_HTML)).hasStatus(302)
			.hasRedirectedUrl("/login?error=unavailable");
		assertThat(start).isCloseTo(Instant.now(), within(Duration.ofSeconds(5)));
	}

	@Nested
	@ContextConfiguration(classes = Application.class)
	@TestPropertySource(properties = "ultracart.sso.base-url=https://ultracart.example.com/rest/v2")
	class Configured {

		@Test
		void baseUrlWhenConfiguredThenThatIsUsed(@Autowired UltraCartSsoConnectionDetails connection) {
			assertThat(connection.getBaseUrl()).hasHost("ultracart.example.com");
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
