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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Properties of the simulator of UltraCart. They have an effect while the test kit is on
 * the class path. An unknown property below the prefix stops the start.
 *
 * @param enabled Whether the application uses a simulator in place of UltraCart, for
 * development. Anyone who can open its login page signs in as any of its users.
 * @param allowPackaged Whether a packaged application, such as one that is run with java
 * -jar, may start with the simulator. Otherwise it does not start, because it may run in
 * production.
 * @param port Port of the simulator. By default a free one is chosen.
 * @param users Users with a button on the simulator's login page.
 * @param usersFile JSON file of further users, as a path on the class path or another
 * location such as file:users.json.
 */
@ConfigurationProperties(prefix = "ultracart.simulator", ignoreUnknownFields = false)
record UltraCartSimulatorProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("false") boolean allowPackaged, @Nullable Integer port, @DefaultValue List<User> users,
		@Nullable String usersFile) {

	/**
	 * Returns all users, those of the file first.
	 */
	List<SimulatedUser> simulatedUsers() {
		List<SimulatedUser> all = new ArrayList<>(readFile());
		this.users.forEach((user) -> all.add(user.toSimulatedUser()));
		return all;
	}

	private List<SimulatedUser> readFile() {
		if (!StringUtils.hasText(this.usersFile)) {
			return List.of();
		}
		// without a scheme it is on the class path, also in a web application
		try (InputStream json = new DefaultResourceLoader().getResource(this.usersFile).getInputStream()) {
			return SimulatedUser.read(json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("ultracart.simulator.users-file cannot be read: " + ex.getMessage(), ex);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("ultracart.simulator.users-file: " + ex.getMessage(), ex);
		}
	}

	/**
	 * A user.
	 *
	 * @param login Login of the user.
	 * @param userId User id. By default the simulator assigns one.
	 * @param fullName Full name of the user. By default the login.
	 * @param email Email address of the user. By default one is derived from the login.
	 * @param permissions Permissions of the user, as UltraCart spells them.
	 * @param groups Groups that the user is a member of.
	 */
	record User(String login, @Nullable Integer userId, @Nullable String fullName, @Nullable String email,
			@DefaultValue List<String> permissions, @DefaultValue List<String> groups) {

		private SimulatedUser toSimulatedUser() {
			Assert.hasText(this.login, "Each of ultracart.simulator.users must have a login");
			SimulatedUser.Builder user = SimulatedUser.withLogin(this.login)
				.permissions(this.permissions.toArray(String[]::new))
				.groups(this.groups.toArray(String[]::new));
			if (this.userId != null) {
				user.userId(this.userId);
			}
			if (this.fullName != null) {
				user.fullName(this.fullName);
			}
			if (this.email != null) {
				user.email(this.email);
			}
			return user.build();
		}

	}

}
