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

package io.github.ultracartsso.authentication;

import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.jspecify.annotations.Nullable;

/**
 * Users as UltraCart describes them.
 */
final class TestUsers {

	private TestUsers() {
	}

	static User jane() {
		return new User(184223, "Jane!ops", "Jane Example", "jane@merchant.example",
				List.of(granted("View Items"), listed("Edit Users"), granted(null), granted(" ")),
				List.of(member("Warehouse"), stranger("Finance"), member(null), member("")));
	}

	static User withPermissions(Permission... permissions) {
		return new User(7, "x", null, null, List.of(permissions), null);
	}

	static User withPermissions(String... granted) {
		return withPermissions(Stream.of(granted).map(TestUsers::granted).toArray(Permission[]::new));
	}

	static User withGroups(UserGroupMembership... groups) {
		return new User(7, "x", null, null, null, List.of(groups));
	}

	static User withGroups(String... memberOf) {
		return withGroups(Stream.of(memberOf).map(TestUsers::member).toArray(UserGroupMembership[]::new));
	}

	static Permission granted(@Nullable String name) {
		return new Permission("Operations", name, true);
	}

	static Permission listed(String name) {
		return new Permission("Operations", name, false);
	}

	static UserGroupMembership member(@Nullable String name) {
		return new UserGroupMembership(41, name, true);
	}

	static UserGroupMembership stranger(String name) {
		return new UserGroupMembership(42, name, false);
	}

}
