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

package io.github.ultracartsso.test.docs;

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorBuilder;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedLimits;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Starts an application with the simulator.
 */
final class BackofficeWithSimulator {

	private BackofficeWithSimulator() {
	}

	public static void main(String[] args) {
		SpringApplication.from(BackofficeApplication::main).with(UltraCartSimulatorConfiguration.class).run(args);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class BackofficeApplication {

		public static void main(String[] args) {
			SpringApplication.run(BackofficeApplication.class, args);
		}

	}

	/**
	 * Gives the simulator limits.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Limits {

		@Bean
		UltraCartSimulatorBuilder simulator() {
			return UltraCartSimulator.builder().limits(SimulatedLimits.ultraCart());
		}

	}

}
