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

package io.github.ultracartsso.sample.home;

import java.util.List;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.sample.home.Right.Kind;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.GrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link Right} without Spring and without UltraCart.
 */
class RightTests {

	@Test
	void ofWhenPermissionIsGrantedThenHasItsExpression() {
		User user = new User(42, "alice", "Alice Archer", null, List.of(new Permission("Items", "View Items", true)),
				List.of());
		UltraCartUser principal = UltraCartUser.with(42, "alice").permissions(List.of("View Items")).build();
		List<? extends GrantedAuthority> authorities = List
			.copyOf(new PermissionAuthoritiesMapper().mapAuthorities(user));
		assertThat(Right.of(principal, new UltraCartAuthenticationToken(principal, authorities)))
			.containsExactly(new Right(Kind.PERMISSION, "View Items", "hasRole('VIEW_ITEMS')"));
	}

}
