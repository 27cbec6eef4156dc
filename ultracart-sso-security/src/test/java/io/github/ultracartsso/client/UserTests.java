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

package io.github.ultracartsso.client;

import java.util.Arrays;
import java.util.List;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.client.http.TestUltraCart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link User}, {@link Permission} and {@link UserGroupMembership}, read from
 * answers to {@code getSsoSessionUser}.
 */
class UserTests {

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final UltraCartSsoClient client = TestUltraCart.client(ultraCart);

	@Test
	void readWhenDocumentedThenWhoTheUserIs() {
		User user = read(TestAnswers.USER);
		assertThat(user.userId()).isEqualTo(184223);
		assertThat(user.login()).isEqualTo("Jane!ops");
		assertThat(user.fullName()).isEqualTo("Jane Example");
		assertThat(user.email()).isEqualTo("jane@merchant.example");
	}

	// E1
	@Test
	void readWhenDocumentedThenPermissionsListedWithWhetherTheyAreGranted() {
		User user = read(TestAnswers.USER);
		assertThat(user.listedPermissions()).hasSize(8)
			.contains(new Permission("Admin", "Edit Users", false), new Permission("Items", "View Items", true));
		assertThat(grantedPermissions(user)).containsExactly("View Items", "Access Reports without PII",
				"Back End Order Entry (Customer Profiles)", "SMS/Web Chat User",
				"Level 1 - Standard Access (No PII) (Owner Managed)");
	}

	// E2
	@Test
	void readWhenDocumentedThenGroupsListedWithWhetherTheUserIsAMember() {
		User user = read(TestAnswers.USER);
		assertThat(user.listedGroups()).containsExactly(new UserGroupMembership(41, "Warehouse", true),
				new UserGroupMembership(42, "Finance", false));
		assertThat(user.listedGroups()).filteredOn(UserGroupMembership::granted)
			.extracting(UserGroupMembership::name)
			.containsExactly("Warehouse");
	}

	@Test
	void permissionsAndGroupsThenOnlyGrantedOnes() {
		User user = read(TestAnswers.USER);
		assertThat(user.permissions()).hasSize(5)
			.allMatch(Permission::granted)
			.contains(new Permission("Items", "View Items", true));
		assertThat(user.groups()).containsExactly(new UserGroupMembership(41, "Warehouse", true));
	}

	@Test
	void readWhenEdgeCasesThenAccepted() {
		User user = read(TestAnswers.USER_WITH_EDGE_CASES);
		assertThat(user.listedPermissions()).containsExactly(new Permission("Items", "Edit Items", true),
				new Permission("Operations", "Edit Items", true), new Permission(null, "Delete Order", null),
				new Permission("Future Group", "Future / Permission", true));
		assertThat(user.listedGroups()).isEmpty();
		assertThat(user.fullName()).isNull();
		assertThat(user.email()).isNull();
	}

	@Test
	void readWhenEitherSpellingOfThePermissionNameThenRead() {
		User user = read("""
				{"permissions": [{"permission_Name": "Edit Items"}, {"permission_name": "View Items"},
				  {"Permission_Name": "Not a spelling"}, {"permissionName": "Nor this"}]}
				""");
		assertThat(user.listedPermissions()).extracting(Permission::permissionName)
			.containsExactly("Edit Items", "View Items", null, null);
	}

	// E1: only an outright true grants
	@ParameterizedTest
	@ValueSource(strings = { "", ", \"selected\": null", ", \"selected\": false", ", \"selected\": \"\"",
			", \"selected\": \"true\"", ", \"selected\": \"false\"", ", \"selected\": \"yes\"", ", \"selected\": 1",
			", \"selected\": 0", ", \"Selected\": true" })
	void readWhenPermissionNotOutrightSelectedThenNotGranted(String selected) {
		User user = read("""
				{"user_id": 7, "login": "x", "permissions": [{"permission_Name": "Edit Users"%s}]}
				""".formatted(selected));
		assertThat(user.listedPermissions()).hasSize(1).noneMatch(Permission::granted);
	}

	// E2
	@ParameterizedTest
	@ValueSource(strings = { "", ", \"member\": null", ", \"member\": false", ", \"member\": \"true\"",
			", \"member\": 1", ", \"selected\": true" })
	void readWhenNotOutrightAMemberThenNotGranted(String member) {
		User user = read("""
				{"user_id": 7, "login": "x", "groups": [{"group_oid": 41, "name": "Warehouse"%s}]}
				""".formatted(member));
		assertThat(user.listedGroups()).hasSize(1).noneMatch(UserGroupMembership::granted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"permissions\": null, \"groups\": null}", "{\"permissions\": [], \"groups\": []}",
			"{\"permissions\": [null], \"groups\": [null, null]}" })
	void readWhenListsOrEntriesNullThenEmpty(String answer) {
		User user = read(answer);
		assertThat(user.listedPermissions()).isEmpty();
		assertThat(user.listedGroups()).isEmpty();
		assertThat(user.userId()).isNull();
		assertThat(user.login()).isNull();
	}

	@Test
	void readWhenOneEntryNullThenTheOthersKept() {
		User user = read("""
				{"permissions": [null, {"permission_Name": "View Items", "selected": true}, null]}
				""");
		assertThat(grantedPermissions(user)).containsExactly("View Items");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"user_id\": {}}", "{\"user_id\": \"jane\"}", "{\"user_id\": 1.5}",
			"{\"user_id\": 99999999999}", "{\"user_id\": true}", "{\"login\": {\"a\": 1}}", "{\"login\": [\"x\"]}",
			"{\"permissions\": \"all\"}",
			"{\"permissions\": {\"permission_Name\": \"Edit Users\", \"selected\": true}}",
			"{\"permissions\": [\"Edit Users\"]}", "{\"permissions\": [{\"selected\": {}}]}", "{\"groups\": [[1]]}" })
	void readWhenOfWrongTypeThenInvalidAnswer(String answer) {
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> read(answer))
			.withMessage("The response to getSsoSessionUser is not the documented JSON")
			.withNoCause()
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure);
	}

	@Test
	void listsWhenReadThenImmutable() {
		User user = read(TestAnswers.USER);
		assertThat(user.listedPermissions()).isUnmodifiable();
		assertThat(user.listedGroups()).isUnmodifiable();
	}

	@Test
	void constructorWhenListsChangedLaterThenUnchanged() {
		List<Permission> permissions = Arrays.asList(new Permission("Items", "View Items", true));
		User user = new User(7, "x", null, null, permissions, null);
		permissions.set(0, new Permission("Admin", "Edit Users", true));
		assertThat(grantedPermissions(user)).containsExactly("View Items");
	}

	@Test
	void toStringThenNoPersonalDetails() {
		assertThat(read(TestAnswers.USER)).hasToString("User[userId=184223, login=Jane!ops]");
	}

	// H2
	@Test
	void toStringWhenLoginHasControlCharactersThenOneLine() {
		User user = new User(7, "x\r\n2026-01-01 INFO forged\u2028", null, null, null, null);
		assertThat(user).hasToString("User[userId=7, login=x 2026-01-01 INFO forged]");
		assertThat(new User(null, null, null, null, null, null)).hasToString("User[userId=null, login=null]");
	}

	private static List<String> grantedPermissions(User user) {
		return user.listedPermissions().stream().filter(Permission::granted).map(Permission::permissionName).toList();
	}

	private User read(String answer) {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 200, answer);
		return this.client.sessionUser(TestSecrets.USER_KEY);
	}

}
