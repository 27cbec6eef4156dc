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

package io.github.ultracartsso.autoconfigure.container;

import java.util.Map;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.client.SimpleKeyCredential;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartContainerConnectionDetailsFactory}, as Spring Boot finds it
 * for a bean of a test.
 */
class UltraCartContainerConnectionDetailsFactoryTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner();

	@Test
	void detailsWhenNameOfTheConnectionThenThoseOfTheContainer() {
		this.contextRunner.withUserConfiguration(NamedConnection.class).run((context) -> {
			UltraCartSsoConnectionDetails details = context.getBean(UltraCartSsoConnectionDetails.class);
			assertThat(details.getBaseUrl()).hasToString("http://localhost:32769/rest/v2");
			HttpHeaders headers = new HttpHeaders();
			details.getApplicationCredential().authenticate(headers);
			assertThat(headers.getFirst(SimpleKeyCredential.SIMPLE_KEY_HEADER)).isEqualTo("key-of-the-test");
		});
	}

	@Test
	void detailsWhenOptionsThenThoseOfTheCommand() {
		this.contextRunner.withUserConfiguration(ConnectionWithOptions.class).run((context) -> {
			UltraCartSsoConnectionDetails details = context.getBean(UltraCartSsoConnectionDetails.class);
			assertThat(details.getBaseUrl()).hasToString("https://localhost:32770/rest/v2");
			HttpHeaders headers = new HttpHeaders();
			details.getApplicationCredential().authenticate(headers);
			assertThat(headers.getFirst(SimpleKeyCredential.SIMPLE_KEY_HEADER)).isEqualTo("key-of-the-command");
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ServiceConnectionAutoConfiguration.class)
	static class ConnectionWithOptions {

		@Bean
		@ServiceConnection(name = "ultracart")
		GenericContainer<?> simulator() {
			return new RunningContainer("registry.example/simulator:1").withCommand("--tls", "--port=9000",
					"--application-key", "key-of-the-command", "--users", "/users.json");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ServiceConnectionAutoConfiguration.class)
	static class NamedConnection {

		@Bean
		@ServiceConnection(name = "ultracart")
		GenericContainer<?> simulator() {
			return new RunningContainer("registry.example/simulator:1");
		}

	}

	/**
	 * A container that needs no Docker.
	 */
	private static final class RunningContainer extends GenericContainer<RunningContainer> {

		RunningContainer(String image) {
			super(image);
			withEnv("ULTRACART_APPLICATION_KEY", "key-of-the-test");
			withExposedPorts(8089);
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public String getHost() {
			return "localhost";
		}

		@Override
		public Integer getMappedPort(int originalPort) {
			return Map.of(8089, 32_769, 9000, 32_770).getOrDefault(originalPort, -1);
		}

	}

}
