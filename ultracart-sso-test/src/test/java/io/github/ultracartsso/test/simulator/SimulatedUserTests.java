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

package io.github.ultracartsso.test.simulator;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SimulatedUser}.
 */
class SimulatedUserTests {

	@Test
	void buildWhenOnlyLoginThenDefaults() {
		SimulatedUser user = SimulatedUser.withLogin("Jane!ops").build();
		assertThat(user.login()).isEqualTo("Jane!ops");
		assertThat(user.userId()).isNull();
		assertThat(user.fullName()).isEqualTo("Jane!ops");
		assertThat(user.email()).isEqualTo("janeops@merchant.example");
		assertThat(user.permissions()).isEmpty();
		assertThat(user.groups()).isEmpty();
	}

	@Test
	void buildWhenLoginHasNoLettersThenEmailStillValid() {
		assertThat(SimulatedUser.withLogin("!@#").build().email()).isEqualTo("user@merchant.example");
	}

	@Test
	void buildWhenEverythingGivenThenKept() {
		SimulatedUser user = SimulatedUser.withLogin("jane")
			.userId(7)
			.fullName("Jane")
			.email("jane@example.com")
			.permission("View Items")
			.permissions("Edit Items", "View Items")
			.group("Warehouse")
			.groups("Finance")
			.build();
		assertThat(user.userId()).isEqualTo(7);
		assertThat(user.fullName()).isEqualTo("Jane");
		assertThat(user.email()).isEqualTo("jane@example.com");
		assertThat(user.permissions()).containsExactly("View Items", "Edit Items");
		assertThat(user.groups()).containsExactly("Warehouse", "Finance");
	}

	@Test
	void toBuilderWhenChangedThenOriginalStays() {
		SimulatedUser user = SimulatedUser.withLogin("jane").userId(7).email("a@b.example").permission("A").build();
		SimulatedUser changed = user.toBuilder().withoutPermission("A").permission("B").group("G").build();
		assertThat(changed.login()).isEqualTo("jane");
		assertThat(changed.userId()).isEqualTo(7);
		assertThat(changed.email()).isEqualTo("a@b.example");
		assertThat(changed.permissions()).containsExactly("B");
		assertThat(user.permissions()).containsExactly("A");
		assertThat(user.groups()).isEmpty();
	}

	@Test
	void permissionsWhenModifiedThenUnsupported() {
		SimulatedUser user = SimulatedUser.withLogin("jane").build();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> user.permissions().add("A"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> user.groups().add("A"));
	}

	@Test
	void withLoginWhenEmptyThenIllegalArgument() {
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedUser.withLogin(" "))
			.withMessage("login must not be empty");
	}

	@Test
	void builderWhenNameEmptyThenIllegalArgument() {
		SimulatedUser.Builder builder = SimulatedUser.withLogin("jane");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.permissions("A", ""))
			.withMessage("permission must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.groups("A", ""))
			.withMessage("group must not be empty");
	}

	@Test
	void readWhenPlainNamesThenUsers() {
		assertThat(read("""
				[{"login": "Jane!ops", "user_id": 7, "full_name": "Jane", "email": "jane@example.com",
				  "permissions": ["View Items", "Edit Items"], "groups": ["Warehouse"]},
				 {"login": "joe", "userId": 8, "fullName": "Joe"}]""")).satisfiesExactly((jane) -> {
			assertThat(jane.login()).isEqualTo("Jane!ops");
			assertThat(jane.userId()).isEqualTo(7);
			assertThat(jane.fullName()).isEqualTo("Jane");
			assertThat(jane.email()).isEqualTo("jane@example.com");
			assertThat(jane.permissions()).containsExactly("View Items", "Edit Items");
			assertThat(jane.groups()).containsExactly("Warehouse");
		}, (joe) -> {
			assertThat(joe.login()).isEqualTo("joe");
			assertThat(joe.userId()).isEqualTo(8);
			assertThat(joe.fullName()).isEqualTo("Joe");
			assertThat(joe.permissions()).isEmpty();
		});
	}

	@Test
	void readWhenDocumentOfUltraCartThenWhatIsGranted() {
		assertThat(read("""
				{"login": "Jane!ops", "phone": "555-0100", "permissions": [
				  {"permission_group": "Items", "permission_Name": "View Items", "selected": true},
				  {"permission_group": "Items", "permission_Name": "Edit Items", "selected": false}],
				 "groups": [{"group_oid": 41, "name": "Warehouse", "member": true},
				  {"group_oid": 42, "name": "Finance"}]}""")).singleElement().satisfies((jane) -> {
			assertThat(jane.permissions()).containsExactly("View Items");
			assertThat(jane.groups()).containsExactly("Warehouse");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[1]", "\"jane\"", "{}", "{\"login\": \"\"}",
			"{\"login\": \"jane\", \"permission\": [\"View Items\"]}",
			"{\"login\": \"jane\", \"permissions\": \"View Items\"}", "{\"login\": \"jane\", \"permissions\": [1]}",
			"{\"login\": \"jane\", \"permissions\": [{\"selected\": true}]}" })
	void readWhenNotUsersThenIllegalArgument(String json) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(json));
	}

	@Test
	void readWhenMemberMisspeltThenSaysWhichThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> read("{\"login\": \"jane\", \"permission\": []}"))
			.withMessageContaining("\"permission\"")
			.withMessageContaining("permissions");
	}

	private static List<SimulatedUser> read(String json) {
		return SimulatedUser.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
	}

}
