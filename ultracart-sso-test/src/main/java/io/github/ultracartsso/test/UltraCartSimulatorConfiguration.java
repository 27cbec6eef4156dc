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

package io.github.ultracartsso.test;

import java.net.URI;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration that connects the application to a simulator in place of UltraCart. It
 * overrides the connection in the application's properties: <pre class="code">
 * SpringApplication.from(BackofficeApplication::main)
 *     .with(UltraCartSimulatorConfiguration.class)
 *     .run(args);
 * </pre> or, in a test, {@code @Import(UltraCartSimulatorConfiguration.class)}.
 * <p>
 * Every {@link SimulatedUser} bean has a button on the login page, and every
 * {@link SimulatedResource} bean responds to calls on behalf of signed-in users.
 *
 * @since 0.1
 */
@Configuration(proxyBeanMethods = false)
public class UltraCartSimulatorConfiguration {

	@Bean
	UltraCartSimulator ultraCartSimulator(ObjectProvider<SimulatedUser> users,
			ObjectProvider<SimulatedResource> resources) {
		UltraCartSimulator simulator = UltraCartSimulator.start();
		users.orderedStream().forEach(simulator::addUser);
		resources.orderedStream().forEach(simulator::addResource);
		return simulator;
	}

	@Bean
	UltraCartSsoConnectionDetails ultraCartSimulatorConnectionDetails(UltraCartSimulator simulator) {
		return new UltraCartSsoConnectionDetails() {

			@Override
			public URI getBaseUrl() {
				return simulator.baseUrl();
			}

			@Override
			public ApplicationCredential getApplicationCredential() {
				return new SimpleKeyCredential(SimpleKey.of(simulator.applicationKey()));
			}

		};
	}

}
