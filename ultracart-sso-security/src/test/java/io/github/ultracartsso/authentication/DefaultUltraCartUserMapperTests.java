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

import java.util.Collection;
import java.util.List;

import io.github.ultracartsso.client.User;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.authority.SimpleGrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DefaultUltraCartUserMapper}.
 */
class DefaultUltraCartUserMapperTests {

	private final DefaultUltraCartUserMapper mapper = new DefaultUltraCartUserMapper(
			(user) -> List.of(new SimpleGrantedAuthority("PERM_OF_" + user.userId())));

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenAuthoritiesMapperNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new DefaultUltraCartUserMapper(null))
			.withMessage("authoritiesMapper cannot be null");
	}

	@Test
	void mapUserThenWhoTheUserIs() {
		UltraCartUser user = this.mapper.mapUser(TestUsers.jane());
		assertThat(user.registrationId()).isEqualTo("ultracart");
		assertThat(user.userId()).isEqualTo(184223);
		assertThat(user.login()).isEqualTo("Jane!ops");
		assertThat(user.fullName()).isEqualTo("Jane Example");
		assertThat(user.email()).isEqualTo("jane@merchant.example");
	}

	// E1, E2
	@Test
	void mapUserThenGrantedPermissionsAndGroupsWithANameOnly() {
		UltraCartUser user = this.mapper.mapUser(TestUsers.jane());
		assertThat(user.permissions()).containsExactly("View Items");
		assertThat(user.groups()).containsExactly("Warehouse");
	}

	@Test
	void mapUserWhenSpacesAroundNamesThenNamesWithout() {
		UltraCartUser user = this.mapper.mapUser(userWith(" View Items ", "Warehouse\t"));
		assertThat(user.permissions()).containsExactly("View Items");
		assertThat(user.groups()).containsExactly("Warehouse");
	}

	@Test
	void mapUserThenAuthoritiesOfTheAuthoritiesMapper() {
		assertThat(this.mapper.mapUser(TestUsers.jane()).getAuthorities()).extracting(Object::toString)
			.containsExactly("PERM_OF_184223");
	}

	@Test
	void mapUserWhenOptionalDetailsMissingThenNull() {
		UltraCartUser user = this.mapper.mapUser(new User(7, "x", null, null, null, null));
		assertThat(user.fullName()).isNull();
		assertThat(user.email()).isNull();
		assertThat(user.permissions()).isEmpty();
		assertThat(user.groups()).isEmpty();
	}

	// E4
	@Test
	void mapUserWhenNoIdOrLoginThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.mapper.mapUser(new User(null, "x", null, null, null, null)))
			.withMessage("user must have a userId");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.mapper.mapUser(new User(7, null, null, null, null, null)))
			.withMessage("user must have a login");
	}

	@Test
	void mapUserWhenTwoUsersHaveEqualNamesThenTheyShareInstances() {
		DefaultUltraCartUserMapper mapper = new DefaultUltraCartUserMapper(new PermissionAuthoritiesMapper());
		UltraCartUser one = mapper.mapUser(userWith(copyOf("View Items"), copyOf("Warehouse")));
		UltraCartUser other = mapper.mapUser(userWith(copyOf("View Items"), copyOf("Warehouse")));
		assertThat(onlyOf(one.permissions())).isSameAs(onlyOf(other.permissions()));
		assertThat(onlyOf(one.groups())).isSameAs(onlyOf(other.groups()));
		assertThat(List.copyOf(one.getAuthorities())).hasSize(2)
			.zipSatisfy(List.copyOf(other.getAuthorities()),
					(first, second) -> assertThat((Object) first).isSameAs(second));
	}

	private static User userWith(String permission, String group) {
		return new User(7, "x", null, null, List.of(TestUsers.granted(permission)), List.of(TestUsers.member(group)));
	}

	private static String copyOf(String text) {
		return String.valueOf(text.toCharArray());
	}

	private static <T> T onlyOf(Collection<T> elements) {
		return elements.iterator().next();
	}

}
