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

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MissingGrants}.
 */
class MissingGrantsTests {

	private final MissingGrants missingGrants = new MissingGrants(MissingGrantsTests::grantsOf, "ROLE_");

	private final Authentication jane = new UltraCartAuthenticationToken(
			UltraCartUser.with(42, "jane").permissions(List.of("View Items")).groups(List.of("Office")).build(),
			AuthorityUtils.createAuthorityList("ROLE_VIEW_ITEMS"));

	private static List<String> grantsOf(String authority) {
		return switch (authority) {
			case "ROLE_SHIPPER" -> List.of("Ship", "group:Warehouse");
			case "OTHER" -> List.of();
			default -> List.of("name of " + authority);
		};
	}

	@Test
	void findWhenDecisionOfOursThenItself() {
		UltraCartAuthorizationDecision decision = new UltraCartAuthorizationDecision(false, List.of("A"), false);
		assertThat(this.missingGrants.find(decision, this.jane)).isSameAs(decision);
	}

	@Test
	void findWhenResultTellsNothingThenEmpty() {
		assertThat(this.missingGrants.find(new AuthorizationDecision(false), this.jane).getMissing()).isEmpty();
		assertThat(this.missingGrants.find(null, this.jane).getMissing()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "ROLE_A, name of ROLE_A, false", "ROLE_SHIPPER, Ship|group:Warehouse, true", "OTHER, '', false",
			"ROLE_A|ROLE_VIEW_ITEMS, name of ROLE_A, false", "ROLE_A|ROLE_B, name of ROLE_A|name of ROLE_B, false" })
	void findWhenAuthoritiesRequiredThenWhatGrantsThoseThatAreMissing(String authorities, String missing,
			boolean anyEnough) {
		UltraCartAuthorizationDecision found = this.missingGrants.find(
				new AuthorityAuthorizationDecision(false, AuthorityUtils.createAuthorityList(authorities.split("\\|"))),
				this.jane);
		assertThat(String.join("|", found.getMissing())).isEqualTo(missing);
		assertThat(found.isAnyEnough()).isEqualTo(anyEnough);
	}

	// hasAnyRole and hasAllRoles of requests have the same result
	@Test
	void findWhenSeveralAuthoritiesRequiredThenNeitherAnyNorAll() {
		UltraCartAuthorizationDecision found = this.missingGrants.find(
				new AuthorityAuthorizationDecision(false, AuthorityUtils.createAuthorityList("ROLE_A", "ROLE_B")),
				this.jane);
		assertThat(found.isAnyEnough()).isFalse();
		assertThat(found.isAllRequired()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "hasRole('A') and hasRole('B'), true", "hasAllRoles({'A' 'B'}), true", "hasRole('A'), true",
			"hasAnyRole('A') or hasRole('B'), false", "hasRole('SHIPPER') and hasRole('A'), false",
			"hasRole('A') and (hasRole('B') or hasRole('C')), false" })
	void findWhenExpressionThenWhetherAllIsRequired(String expression, boolean allRequired) {
		UltraCartAuthorizationDecision found = this.missingGrants.find(new ExpressionAuthorizationDecision(false,
				new SpelExpressionParser().parseExpression(expression.replace("' '", "', '"))), this.jane);
		assertThat(found.isAllRequired()).isEqualTo(allRequired);
	}

	@Test
	void findWhenRoleHierarchyGrantsThenNotMissing() {
		this.missingGrants
			.setRoleHierarchy(RoleHierarchyImpl.withDefaultRolePrefix().role("VIEW_ITEMS").implies("READ").build());
		UltraCartAuthorizationDecision found = this.missingGrants.find(
				new AuthorityAuthorizationDecision(false, AuthorityUtils.createAuthorityList("ROLE_READ", "ROLE_B")),
				this.jane);
		assertThat(found.getMissing()).containsExactly("name of ROLE_B");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			hasRole('A'); name of ROLE_A; false
			hasRole('ROLE_A'); name of ROLE_A; false
			hasRole("SHIPPER"); Ship|group:Warehouse; true
			hasAnyRole('A', 'B'); name of ROLE_A|name of ROLE_B; true
			hasAllRoles('A', 'B'); name of ROLE_A|name of ROLE_B; false
			hasAnyRole({'A', 'B'}); name of ROLE_A|name of ROLE_B; true
			hasAuthority('A') and hasAuthority('B'); name of A|name of B; false
			hasAuthority('A') or @ultraCart.hasGroup('X'); group:X|name of A; true
			hasRole('VIEW_ITEMS') and #id == 'secret'; ''; false
			!hasRole('A') and not hasRole('B'); ''; false
			@ultraCart.hasPermission('View Items') and @ultraCart.hasPermission('Edit Items'); Edit Items; false
			@ultraCart.hasAllPermissions('A', 'B'); A|B; false
			@ultraCart.hasAnyGroup('Office', 'B'); group:B; false
			@other.hasPermission('A'); ''; false
			hasPermission('A', 'read'); ''; false
			hasRole(#role); ''; false
			hasRole('A' + #role); ''; false
			hasRole(@roles.of('A')); ''; false
			@own.hasRole('A'); ''; false
			hasRole('B') and !(hasRole('C') or hasRole('D')); name of ROLE_B; false
			#id.equals('A'); ''; false
			""")
	void findWhenExpressionThenWhatItsChecksMiss(String expression, String missing, boolean anyEnough) {
		UltraCartAuthorizationDecision found = this.missingGrants.find(
				new ExpressionAuthorizationDecision(false, new SpelExpressionParser().parseExpression(expression)),
				this.jane);
		assertThat(String.join("|", found.getMissing())).isEqualTo(missing);
		assertThat(found.isAnyEnough()).isEqualTo(anyEnough);
	}

}
