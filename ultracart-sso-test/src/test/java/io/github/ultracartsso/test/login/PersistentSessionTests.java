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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.web.api.UltraCartApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that users stay signed in when an application restarts whose server persists
 * sessions, as it does by default with Spring Boot's devtools.
 */
@ExtendWith(OutputCaptureExtension.class)
@EnabledOnOs({ OS.LINUX, OS.MAC })
class PersistentSessionTests {

	private static final String KEY_FILE = "ultracart-sso.key";

	private final UltraCartSimulator ultraCart = UltraCartSimulator.start()
		.addUser(SimulatedUser.withLogin("Jane!ops").build())
		.addResource(SimulatedResource.get("/order/orders").json("{\"orders\":[]}"));

	@TempDir
	private Path sessions;

	@AfterEach
	void stopUltraCart() {
		this.ultraCart.close();
	}

	@Test
	void restartWhenSessionsArePersistedThenUserStaysSignedInWithTheirKey() throws IOException {
		Browser browser;
		int port;
		try (ConfigurableApplicationContext application = start(0)) {
			port = port(application);
			browser = new Browser("http://localhost:" + port);
			assertThat(browser.signIn(this.ultraCart, "Jane!ops", "/orders").body()).isEqualTo("{\"orders\":[]}");
		}
		assertThat(this.ultraCart.liveKeys()).isOne();
		assertThat(Files.getPosixFilePermissions(this.sessions.resolve(KEY_FILE)))
			.isEqualTo(PosixFilePermissions.fromString("rw-------"));
		try (ConfigurableApplicationContext application = start(port)) {
			assertThat(application.isRunning()).isTrue();
			assertThat(browser.navigate("/orders").body()).isEqualTo("{\"orders\":[]}");
			assertThat(this.ultraCart.liveKeys()).isOne();
		}
	}

	@Test
	void restartWhenLoginIsUnderWayThenItCanBeCompleted() {
		Browser browser;
		int port;
		String callback;
		try (ConfigurableApplicationContext application = start(0)) {
			port = port(application);
			browser = new Browser("http://localhost:" + port);
			callback = this.ultraCart.approve(browser.startLogin("/orders"), "Jane!ops").toString();
		}
		try (ConfigurableApplicationContext application = start(port)) {
			assertThat(application.isRunning()).isTrue();
			assertThat(Browser.location(browser.navigate(callback))).endsWith("/orders");
		}
	}

	@Test
	void startWhenKeyIsKeptWithTheSessionsThenOneWarningWithRemedy(CapturedOutput output) {
		start(0).close();
		assertThat(output.toString().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains(this.sessions.resolve(KEY_FILE).toString(), "ultracart.sso.session.encryption-keys",
					"openssl rand -base64 32");
	}

	@Test
	void startWhenKeyIsConfiguredThenNoFile(CapturedOutput output) {
		start(0, "--ultracart.sso.session.encryption-keys=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=").close();
		assertThat(this.sessions.resolve(KEY_FILE)).doesNotExist();
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void startWhenSessionsAreNotPersistedThenNoFile() {
		SpringApplication
			.run(Application.class, "--server.port=0", "--server.servlet.session.store-dir=" + this.sessions,
					"--ultracart.sso.simple-key=" + this.ultraCart.applicationKey())
			.close();
		assertThat(this.sessions.resolve(KEY_FILE)).doesNotExist();
	}

	@Test
	void startWhenKeyCanBeReadByOthersThenNotUsedAndWarned(CapturedOutput output) throws IOException {
		Path file = Files.write(this.sessions.resolve(KEY_FILE), new byte[32]);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		start(0).close();
		assertThat(output).contains("can be read by others", "each restart signs all users out",
				"ultracart.sso.session.encryption-keys");
		assertThat(file).hasBinaryContent(new byte[32]);
	}

	@Test
	void startWhenFileIsNoKeyThenNotUsedAndWarned(CapturedOutput output) throws IOException {
		Files.writeString(this.sessions.resolve(KEY_FILE), "half");
		start(0).close();
		assertThat(output).contains("is not a key of 32 bytes; delete it", "each restart signs all users out");
	}

	@Test
	void restartWhenKeyIsLostThenSignedOutWithOneWarning(CapturedOutput output) {
		Browser browser;
		int port;
		try (ConfigurableApplicationContext application = start(RandomKey.class, 0)) {
			port = port(application);
			browser = new Browser("http://localhost:" + port);
			browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		}
		try (ConfigurableApplicationContext application = start(RandomKey.class, port)) {
			assertThat(application.isRunning()).isTrue();
			assertThat(Browser.location(browser.navigate("/orders"))).contains("/ultracart/authorize");
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("A user is signed out"))).singleElement()
			.asString()
			.contains("WARN", "restart", "ultracart.sso.session.encryption-keys");
	}

	private ConfigurableApplicationContext start(int port, String... arguments) {
		return start(Application.class, port, arguments);
	}

	private ConfigurableApplicationContext start(Class<?> application, int port, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--server.port=" + port, "--server.servlet.session.persistent=true",
				"--server.servlet.session.store-dir=" + this.sessions,
				"--ultracart.sso.base-url=" + this.ultraCart.baseUrl(),
				"--ultracart.sso.simple-key=" + this.ultraCart.applicationKey()));
		all.addAll(List.of(arguments));
		return SpringApplication.run(application, all.toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext application) {
		return application.getEnvironment().getRequiredProperty("local.server.port", int.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class RandomKey extends Application {

		@Bean
		EncryptionKeys encryptionKeys() {
			return EncryptionKeys.random();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			private final RestClient ultraCart;

			Pages(@UltraCartApi RestClient ultraCart) {
				this.ultraCart = ultraCart;
			}

			@GetMapping("/orders")
			String orders() {
				return String.valueOf(this.ultraCart.get().uri("/order/orders").retrieve().body(String.class));
			}

		}

	}

}
