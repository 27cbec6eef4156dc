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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PermissionAuthoritiesMapper}.
 */
class PermissionAuthoritiesMapperTests {

	private final PermissionAuthoritiesMapper mapper = new PermissionAuthoritiesMapper();

	private final CapturedLog log = CapturedLog.of("io.github.ultracartsso.authentication");

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	@Test
	@SuppressWarnings("NullAway")
	void setPermissionPrefixWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mapper.setPermissionPrefix(null))
			.withMessage("permissionPrefix cannot be null");
	}

	@Test
	@SuppressWarnings("NullAway")
	void setRolePrefixWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mapper.setRolePrefix(null))
			.withMessage("rolePrefix cannot be null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "MAY_" })
	void mapAuthoritiesWhenRolePrefixSetThenRolesAndPermissionsHaveIt(String prefix) {
		this.mapper.setRoles(Map.of("Clerk", List.of("View Items")));
		this.mapper.setRolePrefix(prefix);
		assertThat(authorities(TestUsers.withPermissions("View Items"))).containsExactly(prefix + "VIEW_ITEMS",
				prefix + "CLERK");
	}

	@Test
	void mapAuthoritiesWhenBothPrefixesSetThenOnlyRolesHaveThatOfRoles() {
		this.mapper.setRoles(Map.of("Clerk", List.of("View Items")));
		this.mapper.setRolePrefix("MAY_");
		this.mapper.setPermissionPrefix("PERM_");
		assertThat(authorities(TestUsers.withPermissions("View Items"))).containsExactly("PERM_VIEW_ITEMS",
				"MAY_CLERK");
	}

	// E3
	@ParameterizedTest
	@CsvSource({ "MAY_, MAY_, Clerk", "'', '', Clerk", "MAY_, '', May Clerk", "MAY_, '', May Anything",
			"'', '', UltraCart User" })
	void mapAuthoritiesWhenPermissionWouldForgeARoleWithAnotherPrefixThenNone(String rolePrefix,
			String permissionPrefix, String name) {
		this.mapper.setRoles(Map.of("Clerk", List.of("View Items")));
		this.mapper.setRolePrefix(rolePrefix);
		this.mapper.setPermissionPrefix(permissionPrefix);
		assertThat(authorities(TestUsers.withPermissions(name))).isEmpty();
	}

	@Test
	void plusThenAuthoritiesOfBothOnce() {
		UltraCartAuthoritiesMapper both = this.mapper
			.plus((user) -> AuthorityUtils.createAuthorityList("ROLE_VIEW_ITEMS", "ROLE_OF_" + user.userId()));
		User user = TestUsers.withPermissions("View Items");
		assertThat(both.mapAuthorities(user)).extracting(GrantedAuthority::getAuthority)
			.containsExactly("ROLE_VIEW_ITEMS", "ROLE_OF_" + user.userId());
	}

	@Test
	void permissionAuthorityThenWhatTheNameBecomes() {
		assertThat(this.mapper.permissionAuthority("SMS/Web Chat User")).isEqualTo("ROLE_SMS_WEB_CHAT_USER");
		assertThat(this.mapper.groupAuthority("Warehouse")).isEqualTo("GROUP_WAREHOUSE");
		assertThat(this.mapper.permissionAuthority("?!")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "ROLE_EDIT_ITEMS, EDIT_ITEMS", "GROUP_WAREHOUSE, group:WAREHOUSE", "ROLE_SHIPPER, Ship|group:Night",
			"VIEW_ITEMS, ''", "ROLE_, ''", "ROLE_edit_items, ''", "FACTOR_PASSWORD, ''", "ROLE_ULTRACART_USER, ''",
			"SCOPE_READ, ''" })
	void grantsOfThenNamesThatGrantTheAuthority(String authority, String expected) {
		this.mapper.setRoles(Map.of("shipper", List.of("Ship", "group:Night")));
		assertThat(String.join("|", this.mapper.grantsOf(authority))).isEqualTo(expected);
	}

	@Test
	@SuppressWarnings("NullAway")
	void setGroupPrefixWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mapper.setGroupPrefix(null))
			.withMessage("groupPrefix cannot be null");
	}

	@Test
	@SuppressWarnings("NullAway")
	void setRolesWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mapper.setRoles(null))
			.withMessage("roles cannot be null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ROLE_", "UC_" })
	void mapAuthoritiesWhenBothPrefixesTheSameThenThrowIllegalStateException(String prefix) {
		this.mapper.setPermissionPrefix(prefix);
		this.mapper.setGroupPrefix(prefix);
		assertThatIllegalStateException().isThrownBy(() -> authorities(TestUsers.jane()))
			.withMessage(
					"The prefixes of permissions and groups must differ, so that no group can imitate a permission");
	}

	@Test
	void mapAuthoritiesWhenNothingListedThenNone() {
		assertThat(authorities(TestUsers.withPermissions(new Permission[0]))).isEmpty();
	}

	@Test
	void mapAuthoritiesWhenPermissionAndGroupThenOneAuthorityEach() {
		assertThat(authorities(TestUsers.jane())).containsExactly("ROLE_VIEW_ITEMS", "GROUP_WAREHOUSE");
	}

	// E1
	@Test
	void mapAuthoritiesWhenPermissionNotSelectedThenNone() {
		assertThat(authorities(TestUsers.withPermissions(new Permission("Admin", "Edit Users", false),
				new Permission("Admin", "Edit Groups", null))))
			.isEmpty();
	}

	// E2
	@Test
	void mapAuthoritiesWhenNotAMemberThenNone() {
		assertThat(authorities(TestUsers.withGroups(new UserGroupMembership(41, "Warehouse", false),
				new UserGroupMembership(42, "Finance", null))))
			.isEmpty();
	}

	// E3
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "View Items | VIEW_ITEMS", "Edit Users | EDIT_USERS", "edit_users | EDIT_USERS",
					"EDIT_USERS | EDIT_USERS", "SMS/Web Chat Administrator | SMS_WEB_CHAT_ADMINISTRATOR",
					"Operations - Bulk | OPERATIONS_BULK", "Access Reports without PII | ACCESS_REPORTS_WITHOUT_PII",
					"Level 1 - Standard Access (No PII) (Owner Managed) | LEVEL_1_STANDARD_ACCESS_NO_PII_OWNER_MANAGED",
					"2 Factor | 2_FACTOR", "___a___b___ | A_B", "(x) | X", "' a ' | A", "a.b:c;d,e | A_B_C_D_E",
					"az AZ 09 | AZ_AZ_09", "`a@Z[{/: | A_Z" })
	void mapAuthoritiesWhenNamedThenUpperCaseAndUnderscores(String name, String expected) {
		assertThat(authorities(TestUsers.withPermissions(name))).containsExactly("ROLE_" + expected);
		assertThat(authorities(TestUsers.withGroups(name))).containsExactly("GROUP_" + expected);
	}

	// E3
	@Test
	void mapAuthoritiesWhenWordsInBracketsThenKept() {
		assertThat(authorities(TestUsers.withPermissions(TestUsers.granted("Back End Order Entry (Customer Profiles)"),
				TestUsers.listed("Back End Order Entry"))))
			.containsExactly("ROLE_BACK_END_ORDER_ENTRY_CUSTOMER_PROFILES");
	}

	// E3
	@Test
	void mapAuthoritiesWhenCamelCaseThenNotSplit() {
		assertThat(authorities(TestUsers.withPermissions("editUsers"))).containsExactly("ROLE_EDITUSERS");
	}

	// E3: only ASCII letters are letters, whatever they look like or turn into
	@ParameterizedTest
	@CsvSource({ "Größe, GR_E", "acce\u017fs, ACCE_S", "\u212aelvin, ELVIN", "ed\u0131t, ED_T", "Ed\u0456t, ED_T",
			"\uff21bc, BC", "caf\u00e9\u00a05, CAF_5", "a\u0301b, A_B", "\ud83d\ude00 fun, FUN" })
	void mapAuthoritiesWhenOtherLettersThenUnderscores(String name, String expected) {
		assertThat(authorities(TestUsers.withPermissions(name))).containsExactly("ROLE_" + expected);
	}

	@Test
	void mapAuthoritiesWhenTurkishLocaleThenTheSame() {
		Locale locale = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("tr"));
			assertThat(authorities(TestUsers.withPermissions("edit items"))).containsExactly("ROLE_EDIT_ITEMS");
		}
		finally {
			Locale.setDefault(locale);
		}
	}

	// E3
	@ParameterizedTest
	@ValueSource(strings = { "", " ", "_", "()", "!@#$%^&*", "日本語", "é", "\u0000" })
	void mapAuthoritiesWhenNothingIsLeftOfTheNameThenNone(String name) {
		assertThat(authorities(TestUsers.withPermissions(name))).isEmpty();
		assertThat(authorities(TestUsers.withGroups(name))).isEmpty();
	}

	@Test
	void mapAuthoritiesWhenNoNameThenNone() {
		assertThat(authorities(TestUsers.withPermissions(TestUsers.granted(null)))).isEmpty();
		assertThat(authorities(TestUsers.withGroups(TestUsers.member(null)))).isEmpty();
	}

	@Test
	void mapAuthoritiesWhenOneNameTwiceThenOneAuthority() {
		assertThat(authorities(TestUsers.withPermissions(new Permission("Items", "Edit Items", true),
				new Permission("Operations", "Edit Items", true), new Permission("Bulk", "Edit Items", false),
				new Permission("Bulk", " Edit Items ", null))))
			.containsExactly("ROLE_EDIT_ITEMS");
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	// E3
	@Test
	void mapAuthoritiesWhenTwoNamesEndInOneAuthorityThenNeitherAndWarning() {
		assertThat(authorities(TestUsers.withPermissions("Edit Users", "Edit-Users", "View Items")))
			.containsExactly("ROLE_VIEW_ITEMS");
		assertThat(this.log.messages(Level.WARN)).containsExactly(
				"The different UltraCart names [Edit Users, Edit-Users] would all become 'EDIT_USERS', so none of them"
						+ " grants anything; rename them in UltraCart, or grant by their exact names with a configured"
						+ " role");
	}

	// E3
	@Test
	void mapAuthoritiesWhenLookAlikeIsListedOnlyThenNeither() {
		assertThat(authorities(TestUsers.withGroups(TestUsers.member("ware house"), TestUsers.stranger("Ware House"))))
			.isEmpty();
		assertThat(this.log.messages(Level.WARN)).hasSize(1).first().asString().contains("[Ware House, ware house]");
	}

	@Test
	void mapAuthoritiesWhenTwoLookAlikesAreListedOnlyThenNoWarning() {
		assertThat(
				authorities(TestUsers.withPermissions(TestUsers.listed("Edit Users"), TestUsers.listed("Edit-Users"))))
			.isEmpty();
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	@Test
	void mapAuthoritiesWhenPermissionAndGroupOfOneNameThenBoth() {
		User user = new User(7, "x", null, null, List.of(TestUsers.granted("Shipping")),
				List.of(TestUsers.member("shipping")));
		assertThat(authorities(user)).containsExactly("ROLE_SHIPPING", "GROUP_SHIPPING");
	}

	// H2
	@Test
	void mapAuthoritiesWhenCollidingNamesHaveControlCharactersThenOneLine() {
		authorities(TestUsers.withGroups("a\r\n2026 ERROR forged", "a 2026 error forged"));
		assertThat(this.log.messages(Level.WARN)).hasSize(1)
			.first()
			.asString()
			.startsWith("The different UltraCart names [a 2026 ERROR forged, a 2026 error forged] would")
			.doesNotContain("\r", "\n");
	}

	@ParameterizedTest
	@CsvSource({ "PERM_, PERM_VIEW_ITEMS", "'', VIEW_ITEMS", "uc:, uc:VIEW_ITEMS" })
	void mapAuthoritiesWhenPermissionPrefixThenUsed(String prefix, String expected) {
		this.mapper.setPermissionPrefix(prefix);
		assertThat(authorities(TestUsers.withPermissions("View Items"))).containsExactly(expected);
	}

	@ParameterizedTest
	@CsvSource({ "TEAM_, TEAM_WAREHOUSE", "'', WAREHOUSE", "ROLE_GROUP_, ROLE_GROUP_WAREHOUSE" })
	void mapAuthoritiesWhenGroupPrefixThenUsed(String prefix, String expected) {
		this.mapper.setGroupPrefix(prefix);
		assertThat(authorities(TestUsers.withGroups("Warehouse"))).containsExactly(expected);
	}

	// E3
	@ParameterizedTest
	@CsvSource({ "ROLE_, GROUP_, UltraCart User, ROLE_ULTRACART_USER", "ROLE_, GROUP_, Admin, ROLE_ADMIN",
			"'', GROUP_, Factor Password, FACTOR_PASSWORD", "'', GROUP_, FACTOR_ULTRACART_SSO, FACTOR_ULTRACART_SSO",
			"'', GROUP_, Role Admin, ROLE_ADMIN", "'', GROUP_, role_anything, ROLE_ANYTHING",
			"'', GROUP_, Scope Write, SCOPE_WRITE", "'', GROUP_, Group Warehouse, GROUP_WAREHOUSE",
			"ROLE_, ROLE_GROUP_, Group Warehouse, ROLE_GROUP_WAREHOUSE", "FACTOR_, GROUP_, Password, FACTOR_PASSWORD",
			"FACT, GROUP_, or password, FACTOR_PASSWORD", "ROL, GROUP_, e Anything, ROLE_ANYTHING" })
	void mapAuthoritiesWhenPermissionWouldForgeThenNoneAndWarning(String permissionPrefix, String groupPrefix,
			String name, String forged) {
		configure(permissionPrefix, groupPrefix);
		assertThat(authorities(TestUsers.withPermissions(name))).isEmpty();
		assertThat(this.log.messages(Level.WARN)).containsExactly("The UltraCart name that would become the authority '"
				+ forged + "' grants nothing, because that authority is reserved");
	}

	// E3
	@ParameterizedTest
	@CsvSource({ "ROLE_, '', Role View Items, ROLE_VIEW_ITEMS", "ROLE_, '', Role Admin, ROLE_ADMIN",
			"PERM_, '', Perm View Items, PERM_VIEW_ITEMS", "PERM_, '', Factor Password, FACTOR_PASSWORD",
			"PERM_, '', Role Anything, ROLE_ANYTHING", "PERM_, '', Scope Write, SCOPE_WRITE",
			"PERM_, ROLE_, Admin, ROLE_ADMIN", "PERM_, ROLE_, UltraCart User, ROLE_ULTRACART_USER",
			"PERM_, FACTOR_, Password, FACTOR_PASSWORD", "PERM_, PER, M View Items, PERM_VIEW_ITEMS" })
	void mapAuthoritiesWhenGroupWouldForgeThenNoneAndWarning(String permissionPrefix, String groupPrefix, String name,
			String forged) {
		configure(permissionPrefix, groupPrefix);
		assertThat(authorities(TestUsers.withGroups(name))).isEmpty();
		assertThat(this.log.messages(Level.WARN)).hasSize(1).first().asString().contains("'" + forged + "'");
	}

	// E3
	@ParameterizedTest
	@CsvSource({ "ROLE_, GROUP_", "'', GROUP_", "ROLE_, ''", "PERM_, GROUP_", "ROLE_, ROLE_GROUP_", "GROUP_, ROLE_",
			"ROL, FACT", "FACTOR_, SCOPE_", "R, GROUP_" })
	void mapAuthoritiesWhenAnyNameThenNothingReserved(String permissionPrefix, String groupPrefix) {
		configure(permissionPrefix, groupPrefix);
		Random random = new Random(20261121);
		int granted = 0;
		for (int i = 0; i < 3000; i++) {
			String name = randomName(random);
			for (String authority : authorities(TestUsers.withPermissions(name))) {
				assertNotReserved(name, authority, permissionPrefix, groupPrefix);
				granted++;
			}
			for (String authority : authorities(TestUsers.withGroups(name))) {
				assertNotReserved(name, authority, groupPrefix, permissionPrefix);
				granted++;
			}
		}
		assertThat(granted).isGreaterThan(1000);
	}

	private static void assertNotReserved(String name, String authority, String prefix, String otherPrefix) {
		List<String> reserved = new ArrayList<>(List.of("FACTOR_"));
		for (String candidate : List.of("ROLE_", "SCOPE_", otherPrefix)) {
			if (!prefix.startsWith(candidate)) {
				reserved.add(candidate);
			}
		}
		assertThat(authority).as("authority of '%s'", name)
			.isNotIn("ROLE_ADMIN", "ROLE_ULTRACART_USER")
			.matches("\\Q" + prefix + "\\E[A-Z0-9]+(_[A-Z0-9]+)*")
			.satisfies((text) -> assertThat(reserved).noneMatch(text::startsWith));
	}

	private static String randomName(Random random) {
		List<String> pieces = List.of("Role", "ROLE_", "ole_", "Factor", "FACTOR_", "or ", "Scope", "SCOPE_", "Group",
				"GROUP_", "Perm_", "e_", "Admin", "ultracart user", "Password", "a", "Z", "7", " ", "_", "-", "(", ")",
				"\u017f", "\u0131", "\u00a0", "\n", "é");
		return random.ints(1 + random.nextInt(4), 0, pieces.size())
			.mapToObj(pieces::get)
			.collect(Collectors.joining(random.nextBoolean() ? " " : ""));
	}

	@ParameterizedTest
	@CsvSource({ "CLERK, ROLE_CLERK", "clerk, ROLE_CLERK", "Clerk, ROLE_CLERK", "shipping.clerk, ROLE_SHIPPING_CLERK",
			"shipping-clerk, ROLE_SHIPPING_CLERK", "Shipping Clerk, ROLE_SHIPPING_CLERK",
			"shippingClerk, ROLE_SHIPPINGCLERK", "tier2, ROLE_TIER2" })
	void mapAuthoritiesWhenRoleSpelledInAnyWayThenItHasTheFormOfPermissions(String role, String expected) {
		this.mapper.setRoles(Map.of(role, List.of("View Items")));
		assertThat(authorities(TestUsers.withPermissions("View Items"))).containsExactly("ROLE_VIEW_ITEMS", expected);
	}

	@Test
	// E3
	void mapAuthoritiesWhenRoleInSmallLettersThenNoPermissionImitatesIt() {
		this.mapper.setRoles(Map.of("admin", List.of("group:Owners")));
		assertThat(authorities(TestUsers.withPermissions("Admin"))).isEmpty();
	}

	@Test
	void setRolesWhenTwoSpellingsWithTheSameGrantsThenOneRole() {
		this.mapper.setRoles(Map.of("clerk", List.of("View Items"), "CLERK", List.of("View Items")));
		assertThat(authorities(TestUsers.withPermissions("View Items"))).containsExactly("ROLE_VIEW_ITEMS",
				"ROLE_CLERK");
	}

	@Test
	void setRolesWhenTwoSpellingsWithDifferentGrantsThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> this.mapper.setRoles(Map.of("clerk", List.of("View Items"), "CLERK", List.of("Edit Items"))))
			.withMessage("Several roles are CLERK, but are granted by different entries");
	}

	@ParameterizedTest
	@CsvSource({ "View Items, true", "VIEW_ITEMS, true", "' View Items ', true", "view items, false",
			"View  Items, false", "Edit Items, false", "ROLE_VIEW_ITEMS, false", "group:View Items, false",
			"'', false" })
	void mapAuthoritiesWhenRoleForPermissionThenByExactNameOrAuthorityForm(String grant, boolean expected) {
		this.mapper.setRoles(Map.of("CLERK", List.of(grant)));
		assertThat(
				authorities(TestUsers.withPermissions(TestUsers.granted("View Items"), TestUsers.listed("Edit Items")))
					.contains("ROLE_CLERK"))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "group:Night Shift, true", "group:NIGHT_SHIFT, true", "group: Night Shift, true",
			"group:night shift, false", "group:Day Shift, false", "group:, false", "Night Shift, false",
			"GROUP:Night Shift, false" })
	void mapAuthoritiesWhenRoleForGroupThenByExactNameOrAuthorityForm(String grant, boolean expected) {
		this.mapper.setRoles(Map.of("CLERK", List.of(grant)));
		assertThat(authorities(TestUsers.withGroups(TestUsers.member("Night Shift"), TestUsers.stranger("Day Shift")))
			.contains("ROLE_CLERK")).isEqualTo(expected);
	}

	@Test
	void mapAuthoritiesWhenRoleForSeveralThenAnyOneGrants() {
		this.mapper.setRoles(Map.of("CLERK", List.of("Edit Items", "View Items"), "NOBODY", List.of()));
		assertThat(authorities(TestUsers.withPermissions("View Items"))).containsExactly("ROLE_VIEW_ITEMS",
				"ROLE_CLERK");
	}

	@Test
	void mapAuthoritiesWhenRoleAndOtherPrefixThenRolePrefixAllTheSame() {
		configure("PERM_", "GROUP_");
		this.mapper.setRoles(Map.of("CLERK", List.of("View Items")));
		assertThat(authorities(TestUsers.withPermissions("View Items"))).containsExactly("PERM_VIEW_ITEMS",
				"ROLE_CLERK");
	}

	// E3
	@Test
	void mapAuthoritiesWhenRoleBearsTheNameOfAPermissionThenByItsGrantsOnly() {
		this.mapper.setRoles(Map.of("VIEW_ITEMS", List.of("View Items")));
		assertThat(authorities(TestUsers.withPermissions("View Items"))).containsExactly("ROLE_VIEW_ITEMS");
		assertThat(authorities(TestUsers.withPermissions("View-Items"))).isEmpty();
	}

	@Test
	void mapAuthoritiesWhenNamesCollideThenRoleByExactNameOnly() {
		User user = TestUsers.withPermissions(TestUsers.granted("Edit Users"), TestUsers.listed("Edit-Users"));
		this.mapper.setRoles(Map.of("BY_NAME", List.of("Edit Users"), "BY_OTHER_NAME", List.of("Edit-Users"), "BY_FORM",
				List.of("EDIT_USERS")));
		assertThat(authorities(user)).containsExactly("ROLE_BY_NAME");
		assertThat(this.log.messages(Level.WARN)).hasSize(1);
	}

	@Test
	void mapAuthoritiesWhenNameWithoutAsciiThenRoleByExactName() {
		this.mapper.setRoles(Map.of("CLERK", List.of("group:倉庫")));
		assertThat(authorities(TestUsers.withGroups("倉庫"))).containsExactly("ROLE_CLERK");
		assertThat(authorities(TestUsers.withGroups("倉"))).isEmpty();
	}

	private void configure(String permissionPrefix, String groupPrefix) {
		this.mapper.setPermissionPrefix(permissionPrefix);
		this.mapper.setGroupPrefix(groupPrefix);
		this.mapper.setRoles(Map.of("ADMIN", List.of("group:Owners")));
	}

	private List<String> authorities(User user) {
		return this.mapper.mapAuthorities(user).stream().<String>map(GrantedAuthority::getAuthority).toList();
	}

}
