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

import java.util.List;
import java.util.stream.IntStream;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.authority.SimpleGrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PermissionCatalogue}.
 */
class PermissionCatalogueTests {

	private static final UltraCartUser JANE = UltraCartUser.with(17, "jane")
		.authorities(List.of(new SimpleGrantedAuthority("ROLE_VIEW_ITEMS")))
		.build();

	private final PermissionCatalogue catalogue = new PermissionCatalogue();

	@Test
	void learnThenKnowsAllThatUltraCartListsGrantedOrNot() {
		assertThat(this.catalogue.isEmpty()).isTrue();
		this.catalogue.learn(user(
				List.of(new Permission("Items", " View Items ", true), new Permission(null, "Edit Items", false),
						new Permission("Items", " ", true), new Permission("Items", null, true)),
				List.of(new UserGroupMembership(1, "Warehouse", false))), JANE);
		assertThat(this.catalogue.isEmpty()).isFalse();
		assertThat(this.catalogue.permissions()).containsExactlyInAnyOrder("View Items", "Edit Items");
		assertThat(this.catalogue.permissions("ultracart")).containsEntry("View Items", "Items")
			.containsEntry("Edit Items", "");
		assertThat(this.catalogue.groups()).containsExactly("Warehouse");
		assertThat(this.catalogue.authorities()).containsExactly("ROLE_VIEW_ITEMS");
	}

	@Test
	void learnWhenOtherRegistrationThenKeptApart() {
		this.catalogue.learn(user(List.of(new Permission("Items", "View Items", true)), List.of()), JANE);
		this.catalogue.learn(user(List.of(), List.of(new UserGroupMembership(1, "Warehouse", true))),
				UltraCartUser.with(17, "jane").registrationId("outlet").build());
		assertThat(this.catalogue.registrations()).containsExactlyInAnyOrder("ultracart", "outlet");
		assertThat(this.catalogue.permissions("outlet")).isEmpty();
		assertThat(this.catalogue.groups("outlet")).containsExactly("Warehouse");
		assertThat(this.catalogue.groups("ultracart")).isEmpty();
		assertThat(this.catalogue.permissions("unknown")).isEmpty();
	}

	@Test
	void learnWhenListsGrowWithoutEndThenBounded() {
		for (int round = 0; round < 5; round++) {
			int from = round * 1000;
			this.catalogue.learn(user(IntStream.range(from, from + 1000)
				.mapToObj((i) -> new Permission("S", "Name " + i, false))
				.toList(), List.of(new UserGroupMembership(1, "x".repeat(5000), true))), JANE);
		}
		assertThat(this.catalogue.permissions()).hasSizeLessThanOrEqualTo(2000);
		assertThat(this.catalogue.groups()).isEmpty();
		for (int i = 0; i < 1000; i++) {
			this.catalogue.learn(user(List.of(), List.of()),
					UltraCartUser.with(17, "jane").registrationId("registration-" + i).build());
		}
		assertThat(this.catalogue.registrations()).hasSizeLessThanOrEqualTo(64);
	}

	@Test
	void spelledThenAsUltraCartListsOrDocuments() {
		this.catalogue.learn(user(
				List.of(new Permission("Items", "Sell things", true), new Permission("Items", "A b", true),
						new Permission("Items", "A-b", false)),
				List.of(new UserGroupMembership(1, "Ware house", false))), JANE);
		assertThat(this.catalogue.spelled("SELL_THINGS")).contains("Sell things");
		assertThat(this.catalogue.spelled("A-b")).contains("A-b");
		assertThat(this.catalogue.spelled("A_B")).isEmpty();
		assertThat(this.catalogue.spelled("EDIT_ITEMS")).contains("Edit Items");
		assertThat(this.catalogue.spelled("ADMIN")).isEmpty();
		assertThat(this.catalogue.spelled("group:WARE_HOUSE")).contains("group:Ware house");
		assertThat(this.catalogue.spelled("group:Night")).contains("group:Night");
	}

	@Test
	void mapUserThenCatalogueLearns() {
		UltraCartUserReader reader = new UltraCartUserReader(new StubClient(TestUsers::jane), (user) -> JANE);
		reader.setPermissionCatalogue(this.catalogue);
		reader.mapUser(user(List.of(new Permission("Items", "View Items", false)), List.of()));
		assertThat(this.catalogue.permissions()).containsExactly("View Items");
		assertThat(this.catalogue.authorities()).containsExactly("ROLE_VIEW_ITEMS");
	}

	@Test
	void learnWhenAuthorityIsOfOnePersonThenNotRemembered() {
		this.catalogue.learn(user(List.of(new Permission("Items", "View Items", true)), List.of()),
				UltraCartUser.with(17, "jane")
					.authorities(List.of(new SimpleGrantedAuthority("MAY_VIEW_ITEMS"),
							new SimpleGrantedAuthority("DESK_OF_jane@example.com")))
					.build());
		assertThat(this.catalogue.authorities()).containsExactly("MAY_VIEW_ITEMS");
	}

	private static User user(List<Permission> permissions, List<UserGroupMembership> groups) {
		return new User(17, "jane", null, null, List.<@Nullable Permission>copyOf(permissions),
				List.<@Nullable UserGroupMembership>copyOf(groups));
	}

}
