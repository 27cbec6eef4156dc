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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.ultracartsso.Serialization;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartAuthenticationToken}.
 */
class UltraCartAuthenticationTokenTests {

	private final UltraCartUser user = UltraCartUser.with(184223, "Jane!ops")
		.fullName("Jane Example")
		.email("jane@merchant.example")
		.permissions(Set.of("View Items"))
		.authorities(AuthorityUtils.createAuthorityList("ROLE_VIEW_ITEMS"))
		.build();

	private final GrantedAuthority factor = FactorGrantedAuthority.withAuthority("FACTOR_ULTRACART_SSO")
		.issuedAt(Instant.parse("2026-11-21T16:16:50Z"))
		.build();

	private final UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(this.user,
			List.of(new SimpleGrantedAuthority("ROLE_VIEW_ITEMS"), this.factor));

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenPrincipalNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartAuthenticationToken(null, List.of()))
			.withMessage("principal cannot be null");
	}

	@Test
	void constructorThenAuthenticatedWithoutCredentials() {
		assertThat(this.token.isAuthenticated()).isTrue();
		assertThat(this.token.getPrincipal()).isSameAs(this.user);
		assertThat(this.token.getName()).isEqualTo("Jane!ops");
		assertThat(this.token.getCredentials()).isNull();
	}

	@Test
	void setAuthenticatedWhenTrueThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.token.setAuthenticated(true))
			.withMessage("Cannot set this token to trusted; use the constructor instead");
	}

	@Test
	void setAuthenticatedWhenFalseThenNotAuthenticated() {
		this.token.setAuthenticated(false);
		assertThat(this.token.isAuthenticated()).isFalse();
	}

	@Test
	void toBuilderWhenUnchangedThenEqual() {
		this.token.setDetails("details");
		UltraCartAuthenticationToken copy = this.token.toBuilder().build();
		assertThat(copy).isEqualTo(this.token).isNotSameAs(this.token);
		assertThat(copy.getDetails()).isEqualTo("details");
		assertThat(copy.isAuthenticated()).isTrue();
	}

	@Test
	void toBuilderWhenChangedThenChanged() {
		UltraCartUser other = UltraCartUser.with(7, "x").build();
		UltraCartAuthenticationToken copy = this.token.toBuilder()
			.principal(other)
			.details("other details")
			.authorities((authorities) -> authorities.clear())
			.authenticated(false)
			.build();
		assertThat(copy.getPrincipal()).isEqualTo(other);
		assertThat(copy.getDetails()).isEqualTo("other details");
		assertThat(copy.getAuthorities()).isEmpty();
		assertThat(copy.isAuthenticated()).isFalse();
	}

	// I6
	@Test
	void toBuilderWhenFactorsOfAnotherLoginAddedThenBoth() {
		FactorGrantedAuthority password = FactorGrantedAuthority.fromAuthority("FACTOR_PASSWORD");
		Authentication current = new TestingAuthenticationToken("Jane!ops", null, List.of(password));
		UltraCartAuthenticationToken merged = this.token.toBuilder()
			.authorities((authorities) -> authorities.addAll(current.getAuthorities()))
			.build();
		assertThat(merged.getAuthorities()).extracting(GrantedAuthority::getAuthority)
			.containsExactlyInAnyOrder("ROLE_VIEW_ITEMS", "FACTOR_ULTRACART_SSO", "FACTOR_PASSWORD");
		assertThat(merged.getPrincipal()).isSameAs(this.user);
	}

	// I6: Spring Security looks for the method in the class of the token itself
	@Test
	void classThenFinalAndDeclaresToBuilder() {
		assertThat(UltraCartAuthenticationToken.class).isFinal();
		assertThat(UltraCartAuthenticationToken.class.getDeclaredMethods())
			.filteredOn((method) -> method.getName().equals("toBuilder") && Modifier.isPublic(method.getModifiers()))
			.extracting(Method::getParameterCount)
			.contains(0);
	}

	@Test
	@SuppressWarnings("NullAway")
	void toBuilderWhenPrincipalOfAnotherKindThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.token.toBuilder().principal("Jane!ops"))
			.withMessageStartingWith("principal must be an UltraCartUser");
		assertThatIllegalArgumentException().isThrownBy(() -> this.token.toBuilder().principal(null))
			.withMessageStartingWith("principal must be an UltraCartUser");
	}

	// F1
	@Test
	void toBuilderWhenCredentialsGivenThenRefused() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.token.toBuilder().credentials("a key"));
	}

	@Test
	void equalsWhenSameUserAuthoritiesAndDetailsThenEqual() {
		UltraCartAuthenticationToken same = new UltraCartAuthenticationToken(this.user, this.token.getAuthorities());
		assertThat(this.token).isEqualTo(same).hasSameHashCodeAs(same);
	}

	@Test
	void equalsWhenAnythingDiffersThenNotEqual() {
		UltraCartAuthenticationToken withDetails = this.token.toBuilder().details("details").build();
		assertThat(this.token).isNotEqualTo(withDetails)
			.isNotEqualTo(new UltraCartAuthenticationToken(this.user, List.of()))
			.isNotEqualTo(
					new UltraCartAuthenticationToken(UltraCartUser.with(7, "x").build(), this.token.getAuthorities()))
			.isNotEqualTo(new TestingAuthenticationToken(this.user, null, List.copyOf(this.token.getAuthorities())))
			.isNotEqualTo(null);
	}

	// F1, H2
	@Test
	void toStringThenNoPersonalDetails() {
		assertThat(this.token.toString()).contains("Jane!ops", "FACTOR_ULTRACART_SSO")
			.doesNotContain("jane@merchant.example", "Jane Example");
	}

	// I2
	@Test
	void serializationThenEqual() {
		this.token.setDetails("details");
		UltraCartAuthenticationToken stored = Serialization.roundTrip(this.token, UltraCartAuthenticationToken.class);
		assertThat(stored).isEqualTo(this.token);
		assertThat(stored.isAuthenticated()).isTrue();
		assertThat(stored.getPrincipal()).usingRecursiveComparison().isEqualTo(this.user);
		assertThat(stored.getAuthorities()).extracting(Object::toString)
			.containsExactlyElementsOf(this.token.getAuthorities().stream().map(Object::toString).toList());
	}

}
