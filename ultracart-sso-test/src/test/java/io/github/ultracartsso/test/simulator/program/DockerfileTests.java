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

package io.github.ultracartsso.test.simulator.program;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.test.UltraCartSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the health check of the image with simulators that run without one.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the image has bash")
class DockerfileTests {

	private static final Pattern HEALTH_CHECK = Pattern.compile("(?m)^HEALTHCHECK.*\\\\\n\\s*CMD (\\[.*])$");

	private static final PrintStream SILENT = new PrintStream(PrintStream.nullOutputStream());

	@Test
	void healthCheckWhenHttpThenHealthy() throws Exception {
		try (UltraCartSimulator simulator = start(Map.of())) {
			assertThat(healthCheck(simulator, Map.of())).isZero();
		}
	}

	@Test
	void healthCheckWhenTlsThenHealthy() throws Exception {
		try (UltraCartSimulator simulator = start(Map.of("ULTRACART_TLS", "true"))) {
			assertThat(simulator.baseUrl()).hasScheme("https");
			assertThat(healthCheck(simulator, Map.of("ULTRACART_TLS", "True"))).isZero();
		}
		finally {
			Files.delete(Path.of("ultracart-simulator.pem"));
		}
	}

	@Test
	void healthCheckWhenStoppedThenUnhealthy() throws Exception {
		UltraCartSimulator simulator = start(Map.of());
		simulator.close();
		assertThat(healthCheck(simulator, Map.of())).isNotZero();
	}

	private static UltraCartSimulator start(Map<String, String> environment) {
		ProgramOptions options = ProgramOptions.parse(new String[] { "--port", "0" }, environment);
		return Objects.requireNonNull(SimulatorProgram.start(options, SILENT));
	}

	private static int healthCheck(UltraCartSimulator simulator, Map<String, String> environment)
			throws IOException, InterruptedException {
		Matcher dockerfile = HEALTH_CHECK.matcher(Files.readString(Path.of("Dockerfile")));
		assertThat(dockerfile.find()).isTrue();
		List<String> command = JsonMapper.shared()
			.readTree(dockerfile.group(1))
			.valueStream()
			.map((part) -> part.stringValue())
			.toList();
		ProcessBuilder check = new ProcessBuilder(command).redirectErrorStream(true);
		check.environment().put("ULTRACART_SERVER_PORT", String.valueOf(simulator.baseUrl().getPort()));
		check.environment().putAll(environment);
		Process process = check.start();
		process.getInputStream().readAllBytes();
		return process.waitFor();
	}

}
