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

package io.github.ultracartsso.sample;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Runs the back office with the simulator in place of UltraCart.
 */
public final class SampleApplicationWithSimulator {

	private static final Log logger = LogFactory.getLog(SampleApplicationWithSimulator.class);

	private SampleApplicationWithSimulator() {
	}

	/**
	 * Starts the application.
	 * @param args arguments of the application
	 */
	public static void main(String[] args) {
		SpringApplication.from(SampleApplication::main).with(SimulatedStaff.class, Invitation.class).run(args);
	}

	/**
	 * Logs the URL once the application is ready.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Invitation {

		@Bean
		ApplicationListener<ApplicationReadyEvent> invitation(Environment environment) {
			return (event) -> logger.info("Open http://localhost:" + environment.getProperty("local.server.port")
					+ environment.getProperty("server.servlet.context-path", "") + "/ and pick a user to sign in as");
		}

	}

}
