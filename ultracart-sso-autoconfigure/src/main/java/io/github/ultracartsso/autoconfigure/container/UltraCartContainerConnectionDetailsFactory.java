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

import java.net.URI;
import java.util.List;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.client.ApplicationCredential;
import org.testcontainers.containers.Container;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/**
 * Connects the application to the simulator in a container of a test that is annotated
 * with {@code @ServiceConnection}: one with the image {@code ultracart-sso-simulator}, or
 * with {@code @ServiceConnection(name = "ultracart")}.
 */
final class UltraCartContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, UltraCartSsoConnectionDetails> {

	UltraCartContainerConnectionDetailsFactory() {
		super(List.of(SimulatorContainer.CONNECTION_NAMES));
	}

	@Override
	protected UltraCartSsoConnectionDetails getContainerConnectionDetails(
			ContainerConnectionSource<Container<?>> source) {
		return new RunningContainerConnectionDetails(source);
	}

	/**
	 * The connection to a container, which runs once the first value is asked for.
	 */
	private static final class RunningContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
			implements UltraCartSsoConnectionDetails {

		RunningContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public URI getBaseUrl() {
			return simulator().baseUrl(getContainer().getHost(), getContainer()::getMappedPort);
		}

		@Override
		public ApplicationCredential getApplicationCredential() {
			return simulator().credential();
		}

		private SimulatorContainer simulator() {
			return SimulatorContainer.of(getContainer().getEnvMap(), List.of(getContainer().getCommandParts()));
		}

	}

}
