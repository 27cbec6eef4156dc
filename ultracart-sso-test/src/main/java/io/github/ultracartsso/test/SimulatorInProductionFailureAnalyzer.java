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

import java.util.Objects;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a {@link SimulatorInProductionException}.
 */
final class SimulatorInProductionFailureAnalyzer extends AbstractFailureAnalyzer<SimulatorInProductionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SimulatorInProductionException cause) {
		return new FailureAnalysis(Objects.requireNonNull(cause.getMessage()) + ".",
				"Remove UltraCartSimulatorConfiguration from what this application imports or scans, and"
						+ " ultracart.simulator.enabled from its properties. Remove the test kit"
						+ " (ultracart-sso-spring-boot-starter-test, ultracart-sso-test) from its class path: give it"
						+ " the scope test. Then set ultracart.sso.simple-key. " + cause.remedy(),
				cause);
	}

}
