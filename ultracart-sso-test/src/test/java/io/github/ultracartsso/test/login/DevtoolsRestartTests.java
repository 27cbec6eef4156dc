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

package io.github.ultracartsso.test.login;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.test.restart.RestartedApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests an application with Spring Boot's devtools and the simulator: users who are
 * signed in stay so when the application restarts.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DevtoolsRestartTests {

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	private Process process;

	private BufferedReader output;

	private int port;

	@BeforeEach
	void startApplication(@TempDir Path temporary) throws IOException {
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path"),
				RestartedApplication.class.getName(), "--server.port=0", "--spring.devtools.livereload.enabled=false")
			.redirectErrorStream(true)
			.start();
		this.output = this.process.inputReader();
		this.port = awaitStart();
	}

	@AfterEach
	void stopApplication() {
		this.process.destroyForcibly().onExit().join();
	}

	@Test
	void restartWhenSignedInThenStaysSoWithUsersAsTheyNowAre() throws IOException {
		Browser browser = new Browser("http://localhost:" + this.port);
		URI loginUrl = browser.startLogin("/orders");
		HttpResponse<String> approved = browser.post(loginUrl.toString(), "login=Jane%21ops");
		assertThat(browser.navigate(Browser.location(browser.navigate(Browser.location(approved)))).body())
			.isEqualTo("Jane!ops: orders of the application started 1 times");
		browser.navigate("/restart");
		Browser restarted = browser.at("http://localhost:" + awaitStart());
		// the key is valid at the simulator, which responds as the new application says
		assertThat(restarted.navigate("/orders").body())
			.isEqualTo("Jane!ops: orders of the application started 2 times");
		// the settings of the builder too
		assertThat(restarted.navigate("/items").body()).contains("items of the builder");
		assertThat(restarted.navigate("/users").body()).contains("of-the-builder", "Jane!ops");
		assertThat(restarted.navigate(restarted.navigate("/console").body() + "/DEMO").body())
			.contains("200 calls in 3600 seconds");
		// no login was needed
		assertThat(restarted.navigate("/logins").body()).isEqualTo("0");
	}

	private int awaitStart() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			lines.append(line).append('\n');
			Matcher matcher = STARTED.matcher(line);
			if (matcher.find()) {
				return Integer.parseInt(matcher.group(1));
			}
		}
		throw new AssertionError("The application did not start:\n" + lines);
	}

}
