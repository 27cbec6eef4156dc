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

package io.github.ultracartsso.sample.shipping;

import java.util.List;
import java.util.Map;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.GrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests who is a shipper, with the mapper alone: without Spring and without UltraCart.
 */
class ShipperAuthoritiesTests {

	private final PermissionAuthoritiesMapper mapper = new PermissionAuthoritiesMapper();

	@BeforeEach
	void setRoles() {
		// as in application.yml
		this.mapper.setRoles(Map.of("SHIPPER", List.of("Access Shipping Department", "group:Warehouse")));
	}

	@Test
	void mapAuthoritiesWhenPermittedThenShipper() {
		assertThat(authorities(List.of(new Permission("Shipping", "Access Shipping Department", true)), List.of()))
			.containsExactlyInAnyOrder("ROLE_ACCESS_SHIPPING_DEPARTMENT", "ROLE_SHIPPER");
	}

	@Test
	void mapAuthoritiesWhenMemberOfTheGroupThenShipper() {
		assertThat(authorities(List.of(), List.of(new UserGroupMembership(41, "Warehouse", true))))
			.containsExactlyInAnyOrder("GROUP_WAREHOUSE", "ROLE_SHIPPER");
	}

	@Test
	void mapAuthoritiesWhenListedButNotGrantedThenNone() {
		assertThat(authorities(List.of(new Permission("Shipping", "Access Shipping Department", false)),
				List.of(new UserGroupMembership(41, "Warehouse", false))))
			.isEmpty();
	}

	private List<String> authorities(List<Permission> permissions, List<UserGroupMembership> groups) {
		User user = new User(42, "sam", "Sam Shipper", null, permissions, groups);
		return this.mapper.mapAuthorities(user).stream().map(GrantedAuthority::getAuthority).toList();
	}

}
