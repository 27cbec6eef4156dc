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

import java.io.Serial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ultracartsso.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link StoredUser}.
 */
class StoredUserTests {

	private static final List<String> PERMISSIONS = List.of("View Items", "Edit Users", "10%");

	@ParameterizedTest
	@MethodSource
	void roundTripThenSamePermissionsGroupsAndAuthoritiesInOrder(List<String> permissions,
			List<? extends GrantedAuthority> authorities) {
		UltraCartUser user = UltraCartUser.with(184223, "Jane!ops")
			.registrationId("shop")
			.fullName("Jane Example")
			.permissions(permissions)
			.groups(List.of("Warehouse", "B"))
			.authorities(authorities)
			.build();
		UltraCartUser read = Serialization.roundTrip(user, UltraCartUser.class);
		assertThat(read).usingRecursiveComparison().isEqualTo(user);
		assertThat(read.getAuthorities()).hasSameSizeAs(user.getAuthorities())
			.extracting((authority) -> authority.getClass() + ":" + authority)
			.containsExactlyElementsOf(
					user.getAuthorities().stream().map((authority) -> authority.getClass() + ":" + authority).toList());
	}

	static List<Arguments> roundTripThenSamePermissionsGroupsAndAuthoritiesInOrder() {
		List<GrantedAuthority> mixed = new ArrayList<>(authorities("ROLE_VIEW_ITEMS"));
		mixed.add(new CustomAuthority("ROLE_EDIT_USERS"));
		mixed.add(FactorGrantedAuthority.withAuthority("FACTOR_X")
			.issuedAt(Instant.parse("2026-11-21T16:16:50.123456789Z"))
			.build());
		mixed.addAll(authorities("ROLE_10"));
		List<GrantedAuthority> customFirst = new ArrayList<>(mixed);
		Collections.reverse(customFirst);
		return List.of(
				argumentSet("all with a prefix", PERMISSIONS,
						authorities("ROLE_VIEW_ITEMS", "ROLE_EDIT_USERS", "ROLE_10")),
				argumentSet("some with a prefix", PERMISSIONS, authorities("ROLE_VIEW_ITEMS", "ROLE_10")),
				argumentSet("and groups and roles", PERMISSIONS,
						authorities("ROLE_EDIT_USERS", "GROUP_WAREHOUSE", "ROLE_CLERK")),
				argumentSet("no prefix", PERMISSIONS, authorities("VIEW_ITEMS", "EDIT_USERS", "10")),
				argumentSet("spelled as in UltraCart", PERMISSIONS, authorities("View Items", "Edit Users", "10%")),
				argumentSet("not derived", PERMISSIONS, authorities("clerk", "admin")),
				argumentSet("only the first not derived", PERMISSIONS, authorities("clerk", "ROLE_VIEW_ITEMS")),
				argumentSet("other order", PERMISSIONS, authorities("ROLE_10", "ROLE_EDIT_USERS", "ROLE_VIEW_ITEMS")),
				argumentSet("two prefixes", PERMISSIONS, authorities("ROLE_VIEW_ITEMS", "SCOPE_EDIT_USERS", "ROLE_10")),
				argumentSet("custom class", PERMISSIONS, mixed),
				argumentSet("custom class first", PERMISSIONS, customFirst),
				argumentSet("one name ends with another", List.of("Items", "View Items"),
						authorities("ROLE_VIEW_ITEMS")),
				argumentSet("two names of one authority", List.of("view-items", "View Items"),
						authorities("ROLE_VIEW_ITEMS")),
				argumentSet("two names of one authority, other order",
						List.of("View Items", "view-items", "Edit Users"),
						authorities("ROLE_VIEW_ITEMS", "ROLE_EDIT_USERS", "ROLE_OTHER")),
				argumentSet("name of which nothing is left", List.of("\u00e4\u00f6", "View Items"),
						authorities("ROLE_", "ROLE_VIEW_ITEMS")),
				argumentSet("repeated authority", PERMISSIONS, authorities("ROLE_VIEW_ITEMS", "ROLE_VIEW_ITEMS")),
				argumentSet("repeated permission", List.of("View Items", "View Items", "Edit Users"),
						authorities("ROLE_VIEW_ITEMS", "ROLE_EDIT_USERS")),
				argumentSet("no permissions", List.of(), authorities("ROLE_CLERK")),
				argumentSet("no authorities", PERMISSIONS, List.of()),
				argumentSet("longer than 64 KB", List.of("x".repeat(70_000), "y\u00e4".repeat(40_000)),
						authorities("ROLE_" + "X".repeat(70_000), "z".repeat(70_000))));
	}

	@Test
	void roundTripWhenNameAndAddressMissingThenNull() {
		UltraCartUser read = Serialization.roundTrip(UltraCartUser.with(7, "x").build(), UltraCartUser.class);
		assertThat(read.fullName()).isNull();
		assertThat(read.email()).isNull();
		assertThat(read.permissions()).isEmpty();
	}

	@Test
	void storedFormWhenPermissionsWithRolesThenNamesAreStoredOnce() {
		List<String> permissions = IntStream.range(0, 40).mapToObj((i) -> "Permission Number " + i).toList();
		UltraCartUser bare = user(permissions, Stream.of());
		UltraCartUser withRoles = user(permissions,
				permissions.stream().map((name) -> "ROLE_" + name.replace(' ', '_').toUpperCase(Locale.ROOT)));
		assertThat(withRoles.getAuthorities()).hasSize(40);
		assertThat(Serialization.storedForm(withRoles)).doesNotContain("PERMISSION_NUMBER");
		assertThat(Serialization.serialize(withRoles).length - Serialization.serialize(bare).length).isLessThan(32);
	}

	@Test
	void storedFormThenNoClassesOfSpringSecurityAndNoCollections() {
		assertThat(Serialization.storedClasses(user(PERMISSIONS, Stream.of("ROLE_VIEW_ITEMS", "GROUP_WAREHOUSE"))))
			.containsExactlyInAnyOrder(StoredUser.class.getName(), String[].class.getName(), byte[].class.getName());
	}

	private static UltraCartUser user(List<String> permissions, Stream<String> authorities) {
		return UltraCartUser.with(184223, "Jane!ops")
			.permissions(permissions)
			.authorities(authorities(authorities.toArray(String[]::new)))
			.build();
	}

	private static List<GrantedAuthority> authorities(String... names) {
		return AuthorityUtils.createAuthorityList(names);
	}

	/**
	 * Authority of an application's own class.
	 */
	record CustomAuthority(String name) implements GrantedAuthority {

		@Serial
		private static final long serialVersionUID = 1L;

		@Override
		public String getAuthority() {
			return this.name;
		}

	}

}
