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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.github.ultracartsso.sample.InstalledProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script in the documentation that signs in with nothing but curl.
 */
class SignInScriptTests {

	private static final Path SCRIPT = Path.of("..", "docs", "examples", "sign-in.sh");

	@RegisterExtension
	static final InstalledProgram curl = new InstalledProgram("ULTRACART_TEST_CURL",
			"curl is not installed, with which the script signs in", "curl");

	@Test
	void scriptWhenRunThenSignsInAndOut() throws IOException, InterruptedException {
		try (SimulatorProgram simulator = new SimulatorProgram("--application-key", "key-of-the-script")) {
			ProcessBuilder script = new ProcessBuilder("bash", SCRIPT.toString()).redirectErrorStream(true);
			script.environment().put("ULTRACART_BASE_URL", simulator.baseUrl());
			script.environment().put("ULTRACART_APPLICATION_KEY", "key-of-the-script");
			script.environment().put("ULTRACART_USER", "wanda");
			Process process = script.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor()).as(output).isZero();
			assertThat(output).contains("Signed in: wanda", "Signed out: wanda");
		}
	}

}
