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

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKeyCredential;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartDockerComposeConnectionDetailsFactory}, as Spring Boot finds
 * it.
 */
class UltraCartDockerComposeConnectionDetailsFactoryTests {

	private static final String LABEL = "org.springframework.boot.service-connection";

	@Test
	void detailsWhenLabelThenMappedPortAndDefaultKey() throws Exception {
		UltraCartSsoConnectionDetails details = details("registry.example/sim:1", Map.of(LABEL, "ultracart"), Map.of())
			.orElseThrow();
		assertThat(details.getBaseUrl()).hasToString("http://127.0.0.1:32768/rest/v2");
		assertThat(key(details.getApplicationCredential())).isEqualTo("ultracart-simulator");
	}

	@Test
	void detailsWhenImageThenKeyOfItsEnvironment() throws Exception {
		UltraCartSsoConnectionDetails details = details("ultracart-sso-simulator", Map.of(),
				Map.of("ULTRACART_APPLICATION_KEY", "key-of-compose"))
			.orElseThrow();
		assertThat(key(details.getApplicationCredential())).isEqualTo("key-of-compose");
	}

	@Test
	void detailsWhenEnvironmentSetsPortAndTlsThenUsed() throws Exception {
		UltraCartSsoConnectionDetails details = details("ultracart-sso-simulator", Map.of(),
				Map.of("ULTRACART_SERVER_PORT", "9000", "ULTRACART_TLS", "true"))
			.orElseThrow();
		assertThat(details.getBaseUrl()).hasToString("https://127.0.0.1:32769/rest/v2");
	}

	@Test
	void detailsWhenAnotherServiceThenNone() throws Exception {
		assertThat(details("redis", Map.of(), Map.of())).isEmpty();
	}

	private static @Nullable String key(ApplicationCredential credential) {
		HttpHeaders headers = new HttpHeaders();
		credential.authenticate(headers);
		return headers.getFirst(SimpleKeyCredential.SIMPLE_KEY_HEADER);
	}

	private static Optional<UltraCartSsoConnectionDetails> details(String image, Map<String, String> labels,
			Map<String, String> environment) throws Exception {
		Constructor<DockerComposeConnectionSource> constructor = DockerComposeConnectionSource.class
			.getDeclaredConstructor(RunningService.class, Environment.class);
		constructor.setAccessible(true);
		DockerComposeConnectionSource source = constructor
			.newInstance(new Service(ImageReference.of(image), labels, environment), new MockEnvironment());
		Map<Class<?>, ConnectionDetails> details = new ConnectionDetailsFactories((ClassLoader) null)
			.getConnectionDetails(source, false);
		return Optional.ofNullable(details.get(UltraCartSsoConnectionDetails.class))
			.map(UltraCartSsoConnectionDetails.class::cast);
	}

	private record Service(ImageReference image, Map<String, String> labels,
			Map<String, String> env) implements RunningService {

		@Override
		public String name() {
			return "simulator";
		}

		@Override
		public String host() {
			return "127.0.0.1";
		}

		@Override
		public ConnectionPorts ports() {
			return new ConnectionPorts() {

				@Override
				public int get(int containerPort) {
					return Map.of(8089, 32_768, 9000, 32_769).getOrDefault(containerPort, -1);
				}

				@Override
				public List<Integer> getAll() {
					return List.of(32_768);
				}

				@Override
				public List<Integer> getAll(@Nullable String protocol) {
					return getAll();
				}

			};
		}

	}

}
