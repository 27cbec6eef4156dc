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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ultracartsso.GeneratedInputs;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However permissions and groups are named: each authority stands for one name of its
 * kind that was granted, and none for what names may not give.
 * <p>
 * An input has a name on each line. The character before it says what it names: {@code P}
 * a permission and {@code G} a group that is granted, {@code p} and {@code g} one that is
 * only listed.
 */
class PermissionAuthoritiesMapperFuzzTests {

	private static final Map<String, List<String>> ROLES = Map.of("ADMIN", List.of("Edit Users"), "BUYER",
			List.of("group:Buyers"), "FACTOR", List.of());

	private static final List<Prefixes> PREFIXES = List.of(new Prefixes("ROLE_", "GROUP_"),
			new Prefixes("PERM_", "PERM_GROUP_"), new Prefixes("", "GROUP_"), new Prefixes("ROLE_", ""),
			new Prefixes("FACTOR_X_", "SCOPE_"));

	@FuzzTest // E1, E2, E3
	void mapAuthorities(byte[] input) {
		User user = read(new String(input, StandardCharsets.UTF_8));
		PREFIXES.forEach((prefixes) -> check(user, prefixes));
	}

	@Test // E1, E2, E3
	void mapAuthoritiesWhenNamesAreGeneratedThenEachStandsForOne() {
		GeneratedInputs.check(PermissionAuthoritiesMapperFuzzTests.class, "mapAuthorities", this::mapAuthorities);
	}

	private static User read(String text) {
		List<Permission> permissions = new ArrayList<>();
		List<UserGroupMembership> groups = new ArrayList<>();
		text.lines().filter((line) -> !line.isEmpty()).forEach((line) -> {
			String name = line.substring(1);
			switch (line.charAt(0)) {
				case 'P' -> permissions.add(new Permission("Items", name, true));
				case 'p' -> permissions.add(new Permission("Items", name, false));
				case 'G' -> groups.add(new UserGroupMembership(1, name, true));
				case 'g' -> groups.add(new UserGroupMembership(null, name, null));
				default -> permissions.add(new Permission(null, line, null));
			}
		});
		return new User(42, "Jane!ops", null, null, permissions, groups);
	}

	private static void check(User user, Prefixes prefixes) {
		PermissionAuthoritiesMapper mapper = new PermissionAuthoritiesMapper();
		mapper.setPermissionPrefix(prefixes.permission());
		mapper.setGroupPrefix(prefixes.group());
		mapper.setRoles(ROLES);
		Names permissions = Names.ofPermissions(user);
		Names groups = Names.ofGroups(user);
		Set<String> authorities = mapper.mapAuthorities(user)
			.stream()
			.map((authority) -> Objects.requireNonNull(authority.getAuthority()))
			.collect(Collectors.toSet());
		assertThat(authorities.remove("ROLE_ADMIN")).isEqualTo(permissions.isGranted("Edit Users"));
		assertThat(authorities.remove("ROLE_BUYER")).isEqualTo(groups.isGranted("Buyers"));
		for (String authority : authorities) {
			assertThat(authority).doesNotStartWith("FACTOR_").isNotIn("ROLE_FACTOR", "ROLE_ULTRACART_USER");
			assertThat(prefixes.isPermission(authority, permissions) || prefixes.isGroup(authority, groups))
				.as("%s of %s", authority, user)
				.isTrue();
		}
	}

	/**
	 * What the authorities of one kind begin with.
	 */
	private record Prefixes(String permission, String group) {

		private static final List<String> RESERVED = List.of("ROLE_", "SCOPE_");

		boolean isPermission(String authority, Names permissions) {
			return isOf(authority, this.permission, this.group) && permissions.contains(authority, this.permission);
		}

		boolean isGroup(String authority, Names groups) {
			return isOf(authority, this.group, this.permission) && groups.contains(authority, this.group);
		}

		private static boolean isOf(String authority, String prefix, String other) {
			return authority.startsWith(prefix)
					&& RESERVED.stream()
						.noneMatch((reserved) -> authority.startsWith(reserved) && !prefix.startsWith(reserved))
					&& (prefix.startsWith(other) || !authority.startsWith(other));
		}

	}

	/**
	 * Names of one kind.
	 */
	private record Names(Set<String> listed, Set<String> granted) {

		static Names ofPermissions(User user) {
			return new Names(
					user.listedPermissions()
						.stream()
						.map((permission) -> String.valueOf(permission.permissionName()).strip())
						.collect(Collectors.toSet()),
					user.listedPermissions()
						.stream()
						.filter(Permission::granted)
						.map((permission) -> String.valueOf(permission.permissionName()).strip())
						.collect(Collectors.toSet()));
		}

		static Names ofGroups(User user) {
			return new Names(
					user.listedGroups()
						.stream()
						.map((group) -> String.valueOf(group.name()).strip())
						.collect(Collectors.toSet()),
					user.listedGroups()
						.stream()
						.filter(UserGroupMembership::granted)
						.map((group) -> String.valueOf(group.name()).strip())
						.collect(Collectors.toSet()));
		}

		boolean isGranted(String name) {
			return this.granted.contains(name);
		}

		/**
		 * Returns whether exactly one name becomes the authority, and is granted.
		 */
		boolean contains(String authority, String prefix) {
			String form = authority.substring(prefix.length());
			List<String> originals = this.listed.stream().filter((name) -> words(name).equals(form)).toList();
			return form.matches("[A-Z0-9]+(_[A-Z0-9]+)*") && originals.size() == 1
					&& this.granted.contains(originals.get(0));
		}

		private static String words(String name) {
			return List.of(name.split("[^A-Za-z0-9]"))
				.stream()
				.filter((word) -> !word.isEmpty())
				.map((word) -> word.toUpperCase(Locale.ROOT))
				.collect(Collectors.joining("_"));
		}

	}

}
