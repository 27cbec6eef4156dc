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

package io.github.ultracartsso.sample;

import java.util.List;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;

import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;

/**
 * Users for requests of tests.
 */
public final class TestUsers {

	private TestUsers() {
	}

	/**
	 * Performs the request as a user with the permissions.
	 * @param permissions the permissions, as UltraCart spells them
	 * @return the post-processor for the request
	 */
	public static RequestPostProcessor userWith(String... permissions) {
		return user("Alice Archer", List.of(permissions), List.of());
	}

	/**
	 * Performs the request as a user.
	 * @param fullName the name, or {@code null}
	 * @param permissions the permissions, as UltraCart spells them
	 * @param groups the groups, as UltraCart spells them
	 * @return what signs the request in
	 */
	public static RequestPostProcessor user(@Nullable String fullName, List<String> permissions, List<String> groups) {
		SimulatedUser.Builder user = SimulatedUser.withLogin("alice")
			.permissions(permissions.toArray(String[]::new))
			.groups(groups.toArray(String[]::new));
		if (fullName != null) {
			user.fullName(fullName);
		}
		return ultraCartLogin().user(user.build());
	}

}
