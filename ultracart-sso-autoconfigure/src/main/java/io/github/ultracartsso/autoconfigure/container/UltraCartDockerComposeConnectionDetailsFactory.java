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

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Connects the application to the simulator in a service of Docker Compose: one with the
 * image {@code ultracart-sso-simulator}, or with the label
 * {@code org.springframework.boot.service-connection=ultracart}.
 */
final class UltraCartDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<UltraCartSsoConnectionDetails> {

	UltraCartDockerComposeConnectionDetailsFactory() {
		super(SimulatorContainer.CONNECTION_NAMES);
	}

	@Override
	protected UltraCartSsoConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new ServiceConnectionDetails(source.getRunningService());
	}

	/**
	 * The connection to a service.
	 */
	static final class ServiceConnectionDetails extends DockerComposeConnectionDetails
			implements UltraCartSsoConnectionDetails {

		private final RunningService service;

		ServiceConnectionDetails(RunningService service) {
			super(service);
			this.service = service;
		}

		@Override
		public URI getBaseUrl() {
			return simulator().baseUrl(this.service.host(), this.service.ports()::get);
		}

		@Override
		public ApplicationCredential getApplicationCredential() {
			return simulator().credential();
		}

		/**
		 * Docker Compose does not tell the command of a service.
		 */
		private SimulatorContainer simulator() {
			return SimulatorContainer.of(this.service.env(), List.of());
		}

	}

}
