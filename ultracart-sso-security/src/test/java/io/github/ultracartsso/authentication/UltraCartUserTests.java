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

import io.github.ultracartsso.Serialization;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartUser}.
 */
class UltraCartUserTests {

	private final UltraCartUser user = UltraCartUser.with(184223, "Jane!ops")
		.registrationId("outlet")
		.fullName("Jane Example")
		.email("jane@merchant.example")
		.permissions(List.of("View Items", "Edit Items", "View Items"))
		.groups(List.of("Warehouse"))
		.authorities(AuthorityUtils.createAuthorityList("ROLE_VIEW_ITEMS", "GROUP_WAREHOUSE"))
		.build();

	@Test
	void buildThenAsGiven() {
		assertThat(this.user.registrationId()).isEqualTo("outlet");
		assertThat(this.user.userId()).isEqualTo(184223);
		assertThat(this.user.login()).isEqualTo("Jane!ops");
		assertThat(this.user.fullName()).isEqualTo("Jane Example");
		assertThat(this.user.email()).isEqualTo("jane@merchant.example");
		assertThat(this.user.permissions()).containsExactly("View Items", "Edit Items");
		assertThat(this.user.groups()).containsExactly("Warehouse");
		assertThat(this.user.getAuthorities()).extracting(Object::toString)
			.containsExactly("ROLE_VIEW_ITEMS", "GROUP_WAREHOUSE");
	}

	@Test
	void buildWhenNothingElseGivenThenDefaults() {
		UltraCartUser plain = UltraCartUser.with(7, "x").build();
		assertThat(plain.registrationId()).isEqualTo("ultracart").isEqualTo(UltraCartUser.DEFAULT_REGISTRATION_ID);
		assertThat(plain.fullName()).isNull();
		assertThat(plain.email()).isNull();
		assertThat(plain.permissions()).isEmpty();
		assertThat(plain.groups()).isEmpty();
		assertThat(plain.getAuthorities()).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway")
	void withWhenLoginEmptyThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> UltraCartUser.with(7, " "))
			.withMessage("login cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> UltraCartUser.with(7, null))
			.withMessage("login cannot be empty");
	}

	@Test
	@SuppressWarnings("NullAway")
	void builderWhenArgumentNullThenThrowIllegalArgumentException() {
		UltraCartUser.Builder builder = UltraCartUser.with(7, "x");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.registrationId(""))
			.withMessage("registrationId cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.permissions(null))
			.withMessage("permissions cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.groups(null))
			.withMessage("groups cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.authorities(null))
			.withMessage("authorities cannot be null");
	}

	@Test
	void asUserDetailsThenLoginAndNoPassword() {
		assertThat(this.user.getUsername()).isEqualTo("Jane!ops");
		assertThat(this.user.getPassword()).isNull();
		assertThat(this.user.isEnabled()).isTrue();
		assertThat(this.user.isAccountNonExpired()).isTrue();
		assertThat(this.user.isAccountNonLocked()).isTrue();
		assertThat(this.user.isCredentialsNonExpired()).isTrue();
	}

	@Test
	void collectionsThenImmutable() {
		assertThat(this.user.permissions()).isUnmodifiable();
		assertThat(this.user.groups()).isUnmodifiable();
		assertThat(new ArrayList<GrantedAuthority>(this.user.getAuthorities())).hasSize(2);
		assertThat(this.user.getAuthorities()).isUnmodifiable();
	}

	@Test
	void buildWhenCollectionsChangeLaterThenUnchanged() {
		List<String> names = new ArrayList<>(List.of("View Items"));
		UltraCartUser built = UltraCartUser.with(7, "x").permissions(names).groups(names).build();
		names.add("Edit Users");
		assertThat(built.permissions()).containsExactly("View Items");
		assertThat(built.groups()).containsExactly("View Items");
	}

	// D3
	@Test
	void equalsWhenSameIdAndRegistrationThenEqualWhateverElseChanged() {
		UltraCartUser renamed = UltraCartUser.with(184223, "jane.new").registrationId("outlet").build();
		assertThat(this.user).isEqualTo(renamed).hasSameHashCodeAs(renamed);
	}

	// D3
	@Test
	void equalsWhenOtherIdOrRegistrationThenNotEqual() {
		assertThat(this.user).isNotEqualTo(UltraCartUser.with(184224, "Jane!ops").registrationId("outlet").build())
			.isNotEqualTo(UltraCartUser.with(184223, "Jane!ops").build())
			.isNotEqualTo("Jane!ops")
			.isNotEqualTo(null);
	}

	@Test
	void toStringThenNoPersonalDetails() {
		assertThat(this.user).hasToString("UltraCartUser[registrationId=outlet, userId=184223, login=Jane!ops]");
	}

	// H2
	@Test
	void toStringWhenLoginHasControlCharactersThenOneLine() {
		assertThat(UltraCartUser.with(7, "x\r\nforged").build())
			.hasToString("UltraCartUser[registrationId=ultracart, userId=7, login=x forged]");
	}

	// I2
	@Test
	void serializationThenTheSame() {
		assertThat(Serialization.roundTrip(this.user, UltraCartUser.class)).isEqualTo(this.user)
			.usingRecursiveComparison()
			.isEqualTo(this.user);
	}

}
