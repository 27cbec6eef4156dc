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

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The simulator as an application declares it with beans and properties.
 */
final class DeclaredSimulator {

	private final ListableBeanFactory beans;

	private final UltraCartSimulatorProperties properties;

	DeclaredSimulator(ListableBeanFactory beans, UltraCartSimulatorProperties properties) {
		this.beans = beans;
		this.properties = properties;
	}

	/**
	 * Returns the settings of the simulator, which browsers reach under the same names as
	 * the application. Users who are beans take precedence over those of properties, and
	 * both over those of the builder.
	 */
	UltraCartSimulatorBuilder settings() {
		UltraCartSimulatorBuilder builder = this.beans.getBeanProvider(UltraCartSimulatorBuilder.class)
			.getIfUnique(UltraCartSimulator::builder);
		if (this.properties.port() != null) {
			builder.port(this.properties.port());
		}
		this.beans.getBeanProvider(UltraCartSsoProperties.class)
			.ifUnique((properties) -> builder.hosts(properties.development().plainHttpHosts()));
		return builder.users(this.properties.simulatedUsers())
			.users(this.beans.getBeanProvider(SimulatedUser.class).orderedStream().toList())
			.resources(this.beans.getBeanProvider(SimulatedResource.class).orderedStream().toList());
	}

}
