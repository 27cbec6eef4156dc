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

import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration that connects an application in development to a simulator in place
 * of UltraCart, if {@code ultracart.simulator.enabled} is {@code true}.
 *
 * @since 0.1
 * @see UltraCartSimulatorConfiguration
 */
@AutoConfiguration(before = UltraCartSsoPropertiesAutoConfiguration.class)
// binds them even if the simulator is off, so that a misspelt property is reported
@EnableConfigurationProperties(UltraCartSimulatorProperties.class)
public final class UltraCartSimulatorAutoConfiguration {

	/**
	 * Imports the simulator.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("ultracart.simulator.enabled")
	@Import(UltraCartSimulatorConfiguration.class)
	static class Enabled {

	}

}
