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

package io.github.ultracartsso.test.simulator.rest;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserDocument}.
 */
class UserDocumentTests {

	private static final SimulatedUser JANE = SimulatedUser.withLogin("Jane!ops")
		.userId(7)
		.fullName("Jane Exämple")
		.email("jane@merchant.example")
		.permissions("View Items", "Back End Order Entry (Customer Profiles)")
		.group("Warehouse")
		.build();

	private static final SimulatedUser JOE = SimulatedUser.withLogin("joe")
		.permission("Fly Drones")
		.group("Finance")
		.build();

	private final UltraCartSimulator simulator = UltraCartSimulator.builder()
		.clock(new MutableClock("2026-11-21T16:16:50Z"))
		.start()
		.addUser(JANE)
		.addUser(JOE);

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void sessionUserWhenReadThenBareDocumentOfTheUser() {
		HttpResponse<String> response = this.client.user(this.client.signIn("Jane!ops"));
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode user = TestClient.json(response);
		assertThat(user.propertyNames()).containsExactlyInAnyOrder("user_id", "login", "email", "full_name", "phone",
				"otp_serial_number", "api_ip_address_masks", "groups", "linked_accounts", "login_histories",
				"notifications", "permissions");
		assertThat(user.path("user_id").isInt()).isTrue();
		assertThat(user.path("user_id").intValue()).isEqualTo(7);
		assertThat(user.path("login").stringValue()).isEqualTo("Jane!ops");
		assertThat(user.path("full_name").stringValue()).isEqualTo("Jane Exämple");
		assertThat(user.path("email").stringValue()).isEqualTo("jane@merchant.example");
	}

	@Test
	void sessionUserWhenReadThenWholeCatalogueWithGrantedOnesSelected() {
		JsonNode user = TestClient.json(this.client.user(this.client.signIn("Jane!ops")));
		List<JsonNode> permissions = elements(user, "permissions");
		assertThat(permissions).hasSizeGreaterThan(15)
			.allSatisfy((permission) -> assertThat(permission.propertyNames()).containsExactly("permission_group",
					"permission_Name", "selected"));
		assertThat(names(permissions, "permission_Name", (permission) -> true)).doesNotHaveDuplicates()
			.contains("Edit Users", "Back End Order Entry", "Access Reports", "Access Reports without PII",
					"Fly Drones");
		assertThat(names(permissions, "permission_Name", (permission) -> permission.path("selected").booleanValue()))
			.containsExactlyInAnyOrder("View Items", "Back End Order Entry (Customer Profiles)");
		assertThat(names(permissions, "permission_group",
				(permission) -> permission.path("permission_Name").stringValue().equals("View Items")))
			.containsExactly("Items");
		assertThat(names(permissions, "permission_group",
				(permission) -> permission.path("permission_Name").stringValue().equals("Fly Drones")))
			.containsExactly("Advanced");
	}

	@Test
	void sessionUserWhenReadThenAllGroupsWithMembershipsFlagged() {
		List<JsonNode> groups = elements(TestClient.json(this.client.user(this.client.signIn("Jane!ops"))), "groups");
		assertThat(names(groups, "name", (group) -> group.path("member").booleanValue())).containsExactly("Warehouse");
		assertThat(names(groups, "name", (group) -> !group.path("member").booleanValue()))
			.containsExactlyInAnyOrder("Finance", "Nobody's Group");
		assertThat(groups.stream().map((group) -> group.path("group_oid").intValue())).doesNotHaveDuplicates()
			.allMatch((number) -> number > 0);
	}

	@Test
	void sessionUserWhenReadThenPersonalExtrasArePresent() {
		JsonNode user = TestClient.json(this.client.user(this.client.signIn("Jane!ops")));
		assertThat(user.path("phone").stringValue()).isNotEmpty();
		assertThat(user.path("otp_serial_number").stringValue()).isNotEmpty();
		assertThat(user.path("linked_accounts").path(0).path("selected").booleanValue()).isTrue();
		assertThat(user.path("notifications").path(0).path("selected").isBoolean()).isTrue();
		JsonNode history = user.path("login_histories").path(0);
		assertThat(history.path("ip_address").stringValue()).isEqualTo("127.0.0.1");
		assertThat(history.path("login").stringValue()).isEqualTo("Jane!ops");
		assertThat(history.path("login_dts").stringValue()).isEqualTo("2026-11-21T11:16:50-05:00");
	}

	@Test
	void sessionUserWhenUpdatedWhileSignedInThenShowsNewState() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.updateUser(JANE.toBuilder()
			.withoutPermission("View Items")
			.permission("Delete Order")
			.withoutGroup("Warehouse")
			.group("Finance")
			.build());
		JsonNode user = TestClient.json(this.client.user(key));
		assertThat(names(elements(user, "permissions"), "permission_Name",
				(permission) -> permission.path("selected").booleanValue()))
			.containsExactlyInAnyOrder("Delete Order", "Back End Order Entry (Customer Profiles)");
		assertThat(names(elements(user, "groups"), "name", (group) -> group.path("member").booleanValue()))
			.containsExactly("Finance");
	}

	@Test
	void sessionUserWhenSeveralSignedInThenEachKeyReadsItsOwnUser() {
		String jane = this.client.signIn("Jane!ops");
		String joe = this.client.signIn("joe");
		assertThat(TestClient.json(this.client.user(jane)).path("login").stringValue()).isEqualTo("Jane!ops");
		assertThat(TestClient.json(this.client.user(joe)).path("login").stringValue()).isEqualTo("joe");
	}

	private static List<JsonNode> elements(JsonNode user, String member) {
		return StreamSupport.stream(user.path(member).spliterator(), false).toList();
	}

	private static List<String> names(List<JsonNode> elements, String member, Predicate<JsonNode> which) {
		return elements.stream().filter(which).map((element) -> element.path(member).stringValue()).toList();
	}

}
