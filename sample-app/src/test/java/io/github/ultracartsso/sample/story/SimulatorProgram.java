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

package io.github.ultracartsso.sample.story;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.ultracartsso.sample.cluster.ChildProcess;

/**
 * The simulator as a program in its own process.
 */
final class SimulatorProgram implements AutoCloseable {

	private static final Pattern BASE_URL = Pattern.compile("base URL +(\\S+)");

	private final ChildProcess process;

	SimulatorProgram(String... arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of("--port", "0"));
		all.addAll(List.of(arguments));
		this.process = ChildProcess.start(
				ChildProcess.java(io.github.ultracartsso.test.simulator.program.SimulatorProgram.class, all), BASE_URL);
	}

	String baseUrl() {
		return this.process.ready().group(1);
	}

	String consoleUrl() {
		return baseUrl().replace("/rest/v2", "/console");
	}

	@Override
	public void close() {
		this.process.close();
	}

}
