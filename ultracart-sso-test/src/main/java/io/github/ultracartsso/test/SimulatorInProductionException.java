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

/**
 * Thrown at start if an application with the simulator may run in production.
 */
final class SimulatorInProductionException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	private SimulatorInProductionException(String reason, String remedy) {
		super(reason + ", but the application has the UltraCart simulator, with which anybody can sign in as any user");
		this.remedy = remedy;
	}

	/**
	 * The application has a profile of production.
	 */
	static SimulatorInProductionException profile(String profile) {
		return new SimulatorInProductionException("The profile '" + profile + "' is active",
				"To use the simulator, run the application without that profile.");
	}

	/**
	 * The application is packaged, so that it may run in production.
	 */
	static SimulatorInProductionException packaged() {
		return new SimulatorInProductionException("The application is packaged",
				"To run the packaged application with the simulator, such as a demonstration, set"
						+ " ultracart.simulator.allow-packaged=true.");
	}

	/**
	 * Returns how to run with the simulator nevertheless.
	 */
	String remedy() {
		return this.remedy;
	}

}
