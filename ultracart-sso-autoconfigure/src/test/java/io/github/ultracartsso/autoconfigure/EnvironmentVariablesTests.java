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

package io.github.ultracartsso.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is configured by environment variables, in a process of its own.
 */
class EnvironmentVariablesTests {

	private static final String ROLES = "ULTRACART_SSO_AUTHORITIES_ROLES_";

	private static final Map<String, String> KEY = Map.of("ULTRACART_SSO_SIMPLE_KEY", TestApplication.KEY);

	@Test
	void rolesWhenFromEnvironmentThenNamedInCapitalLetters() throws Exception {
		Map<String, String> variables = new HashMap<>(KEY);
		variables.put(ROLES + "CLERK", "View Items");
		variables.put(ROLES + "SHIPPING_CLERK", "Edit Items,group:Warehouse");
		variables.put(ROLES + "PACKER_0", "Edit Items");
		variables.put(ROLES + "PACKER_1", "View Items");
		variables.put(ROLES + "ADMIN", "Edit Users");
		assertThat(ChildProcess.run(EnvironmentApplication.class, variables)).contains(EnvironmentApplication.GRANTED
				+ "[GROUP_WAREHOUSE, ROLE_CLERK, ROLE_PACKER, ROLE_SHIPPING_CLERK, ROLE_VIEW_ITEMS]");
	}

	@Test
	void rolesWhenEnvironmentOverridesFileThenOneRoleWithTheGrantsOfTheEnvironment(@TempDir Path directory)
			throws Exception {
		Path file = Files.writeString(directory.resolve("application.yml"), """
				ultracart.sso.authorities.roles:
				  CLERK: [View Items]
				  SHIPPING_CLERK: [Edit Items, "group:Other"]
				  Loader: [View Items]
				""");
		Map<String, String> variables = new HashMap<>(KEY);
		variables.put(ROLES + "CLERK", "Edit Items");
		variables.put(ROLES + "SHIPPING_CLERK", "View Items");
		assertThat(ChildProcess.run(EnvironmentApplication.class, variables, "--spring.config.location=" + file))
			.contains(EnvironmentApplication.GRANTED
					+ "[GROUP_WAREHOUSE, ROLE_LOADER, ROLE_SHIPPING_CLERK, ROLE_VIEW_ITEMS]");
	}

	@Test
	void variablesWhenMisspelledThenWarningWithTheNearest() throws Exception {
		Map<String, String> variables = new HashMap<>(KEY);
		variables.put("ULTRACART_SSO_REDIRECT_URL", "https://backoffice.example.com/login/ultracart");
		variables.put("ULTRACART_SSO_LOGIN_MAX_STARTS_PER_HOUR", "100");
		assertThat(ChildProcess.run(EnvironmentApplication.class, variables)).containsOnlyOnce(
				"there are none of these names: ULTRACART_SSO_REDIRECT_URL (did you mean ULTRACART_SSO_REDIRECT_URI?)\n");
	}

	@Test
	void keyWhenVariableHasAnotherNameThenReportSaysSo() throws Exception {
		assertThat(ChildProcess.run(EnvironmentApplication.class, Map.of("ULTRACART_SSO_API_KEY", "hush-1234")))
			.contains("APPLICATION FAILED TO START", "1. ultracart.sso.simple-key is not set",
					"2. ULTRACART_SSO_API_KEY has no effect", "(did you mean ULTRACART_SSO_SIMPLE_KEY?)")
			.doesNotContain("hush");
	}

	@Test
	void loginWhenSwitchedOffByVariableThenStartsWithoutIt() throws Exception {
		assertThat(ChildProcess.run(EnvironmentApplication.class, Map.of("ULTRACART_SSO_ENABLED", "false")))
			.contains("Started EnvironmentApplication")
			.doesNotContain(EnvironmentApplication.GRANTED);
	}

}
