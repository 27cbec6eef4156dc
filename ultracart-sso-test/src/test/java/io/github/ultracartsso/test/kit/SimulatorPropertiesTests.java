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

package io.github.ultracartsso.test.kit;

import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the properties {@code ultracart.simulator.*}, in an application that is
 * developed with them and nothing else.
 */
@ExtendWith(OutputCaptureExtension.class)
class SimulatorPropertiesTests {

	private static final String KEY = "ultracart.sso.simple-key=0123456789abcdef0123456789abcdef";

	@Test
	void startWhenEnabledThenUsersOfPropertiesAndFile(CapturedOutput output) {
		try (ConfigurableApplicationContext application = start("ultracart.simulator.enabled=true",
				"ultracart.simulator.users-file=users/staff.json", "ultracart.simulator.users[0].login=sam",
				"ultracart.simulator.users[0].full-name=Sam Service", "ultracart.simulator.users[0].user-id=42",
				"ultracart.simulator.users[0].email=sam@example.com",
				"ultracart.simulator.users[0].permissions=View Items,Edit Items",
				"ultracart.simulator.users[0].groups[0]=Finance, Books")) {
			UltraCartSimulator ultraCart = application.getBean(UltraCartSimulator.class);
			assertThat(ultraCart.users()).extracting(SimulatedUser::login).containsExactly("Jane!ops", "joe", "sam");
			assertThat(ultraCart.users()).last().satisfies((sam) -> {
				assertThat(sam.fullName()).isEqualTo("Sam Service");
				assertThat(sam.userId()).isEqualTo(42);
				assertThat(sam.email()).isEqualTo("sam@example.com");
				assertThat(sam.permissions()).containsExactly("View Items", "Edit Items");
				assertThat(sam.groups()).containsExactly("Finance, Books");
			});
			assertThat(application.getBean(UltraCartSsoConnectionDetails.class).getBaseUrl())
				.isEqualTo(ultraCart.baseUrl());
			assertThat(output).contains("The UltraCart simulator at " + ultraCart.baseUrl())
				.doesNotContain("There are no users yet");
		}
	}

	@Test
	void startWhenEnabledAndNoUsersThenSaysHowToAddSome(CapturedOutput output) {
		try (ConfigurableApplicationContext application = start("ultracart.simulator.enabled=true")) {
			assertThat(application.getBean(UltraCartSimulator.class).users()).isEmpty();
			assertThat(output).contains("There are no users yet: set ultracart.simulator.users");
		}
	}

	@Test
	void startWhenPortGivenThenListensThere() throws Exception {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		try (ConfigurableApplicationContext application = start("ultracart.simulator.enabled=true",
				"ultracart.simulator.port=" + port)) {
			assertThat(application.getBean(UltraCartSimulator.class).baseUrl()).hasPort(port);
		}
	}

	@Test
	void startWhenNotEnabledThenNoSimulator() {
		try (ConfigurableApplicationContext application = start(KEY, "ultracart.simulator.users[0].login=sam")) {
			assertThat(application.getBeanProvider(UltraCartSimulator.class).stream()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "ultracart.simulator.enable=true, simulator.enable",
			"ultracart.simulator.users[0].permission=View Items, permission",
			"ultracart.simulator.user-file=users.json, simulator.user-file" })
	void startWhenPropertyIsMisspeltThenFailsAndNamesIt(String property, String name, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(KEY, "ultracart.simulator.users[0].login=sam", property));
		assertThat(output).contains("APPLICATION FAILED TO START", name);
	}

	@ParameterizedTest
	@CsvSource({ "ultracart.simulator.users[0].permissions=View Items, must have a login",
			"ultracart.simulator.users-file=users/nobody.json, users-file cannot be read",
			"ultracart.simulator.users-file=META-INF/spring-devtools.properties, users-file: The users are not valid JSON" })
	void startWhenUsersCannotBeReadThenSaysWhy(String property, String reason, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("ultracart.simulator.enabled=true", property));
		assertThat(output).contains(reason);
	}

	@Test
	void startWhenProfileOfProductionThenRefusedWithRemedy(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> start("ultracart.simulator.enabled=true", "spring.profiles.active=prod"));
		assertThat(output).contains("the application has the UltraCart simulator", "ultracart.simulator.enabled");
	}

	private static ConfigurableApplicationContext start(String... properties) {
		String[] arguments = List.of(properties).stream().map((property) -> "--" + property).toArray(String[]::new);
		SpringApplication application = new SpringApplication(OfficeApplication.class);
		application.setDefaultProperties(Map.of("server.port", "0"));
		return application.run(arguments);
	}

}
