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

package io.github.ultracartsso.authorization;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartAuthorizationManager}.
 */
class UltraCartAuthorizationManagerTests {

	private static final Authentication JANE = new UltraCartAuthenticationToken(UltraCartUser.with(42, "jane")
		.permissions(List.of("Edit Items", "View Items"))
		.groups(List.of("Warehouse"))
		.build(), AuthorityUtils.createAuthorityList("ROLE_EDIT_USERS"));

	@ParameterizedTest
	@MethodSource
	void authorizeThenMissingNames(UltraCartAuthorizationManager<Object> manager, List<String> missing) {
		UltraCartAuthorizationDecision decision = manager.authorize(() -> JANE, "");
		assertThat(decision.getMissing()).isEqualTo(missing);
		assertThat(decision.isGranted()).isEqualTo(missing.isEmpty());
	}

	static Stream<Arguments> authorizeThenMissingNames() {
		return Stream.of(Arguments.of(UltraCartAuthorizationManager.hasPermission("Edit Items"), List.of()),
				Arguments.of(UltraCartAuthorizationManager.hasPermission("Edit Users"), List.of("Edit Users")),
				Arguments.of(UltraCartAuthorizationManager.hasPermission("edit items"), List.of("edit items")),
				Arguments.of(UltraCartAuthorizationManager.hasPermission("EDIT_ITEMS"), List.of("EDIT_ITEMS")),
				Arguments.of(UltraCartAuthorizationManager.hasPermission("Warehouse"), List.of("Warehouse")),
				Arguments.of(UltraCartAuthorizationManager.hasAnyPermission("A", "View Items"), List.of()),
				Arguments.of(UltraCartAuthorizationManager.hasAnyPermission("A", "B"), List.of("A", "B")),
				Arguments.of(UltraCartAuthorizationManager.hasAllPermissions("View Items", "Edit Items"), List.of()),
				Arguments.of(UltraCartAuthorizationManager.hasAllPermissions("View Items", "B"), List.of("B")),
				Arguments.of(UltraCartAuthorizationManager.hasGroup("Warehouse"), List.of()),
				Arguments.of(UltraCartAuthorizationManager.hasGroup("Edit Items"), List.of("group:Edit Items")),
				Arguments.of(UltraCartAuthorizationManager.hasAnyGroup("A", "Warehouse"), List.of()),
				Arguments.of(UltraCartAuthorizationManager.hasAllGroups("Warehouse", "B"), List.of("group:B")));
	}

	@Test
	void authorizeWhenAnyIsEnoughThenDecisionTellsIt() {
		assertThat(UltraCartAuthorizationManager.hasAnyPermission("A", "B").authorize(() -> JANE, "").isAnyEnough())
			.isTrue();
		assertThat(UltraCartAuthorizationManager.hasAllPermissions("A", "B").authorize(() -> JANE, "").isAnyEnough())
			.isFalse();
	}

	@ParameterizedTest
	@MethodSource
	void authorizeWhenNotSignedInWithUltraCartThenDenied(Supplier<@Nullable Authentication> authentication) {
		UltraCartAuthorizationDecision decision = UltraCartAuthorizationManager.hasPermission("Edit Items")
			.authorize(authentication, "");
		assertThat(decision.isGranted()).isFalse();
	}

	static Stream<Supplier<@Nullable Authentication>> authorizeWhenNotSignedInWithUltraCartThenDenied() {
		TestingAuthenticationToken joe = new TestingAuthenticationToken("joe", null, "ROLE_EDIT_ITEMS", "Edit Items");
		AnonymousAuthenticationToken anonymous = new AnonymousAuthenticationToken("key", "anonymous",
				AuthorityUtils.createAuthorityList("ROLE_EDIT_ITEMS"));
		Authentication withdrawn = ((UltraCartAuthenticationToken) JANE).toBuilder().build();
		withdrawn.setAuthenticated(false);
		return Stream.of(() -> null, () -> joe, () -> anonymous, () -> withdrawn);
	}

	@Test
	@SuppressWarnings("NullAway")
	void hasWhenNameEmptyThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> UltraCartAuthorizationManager.hasPermission(" "))
			.withMessage("a name cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(UltraCartAuthorizationManager::hasAnyPermission)
			.withMessage("names cannot be empty");
	}

}
