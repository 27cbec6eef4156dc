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

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartFactor}.
 */
class UltraCartFactorTests {

	private static final String FACTOR = UltraCartAuthenticationProvider.FACTOR_AUTHORITY;

	private static final String EVERY_USER = "ROLE_" + UltraCartAuthenticationProvider.USER_ROLE;

	private final UltraCartUser before = user("ROLE_A", "ROLE_B");

	private final Authentication behindAnother = new TestingAuthenticationToken("jane", null,
			AuthorityUtils.createAuthorityList("ROLE_A", "ROLE_B", EVERY_USER, FACTOR, "FACTOR_PASSWORD", "ROLE_JANE"));

	@Test
	void isInWhenUltraCartAloneThenTrue() {
		assertThat(UltraCartFactor.isIn(new UltraCartAuthenticationToken(this.before, List.of()))).isTrue();
	}

	@Test
	void isInWhenBehindAnotherFactorThenTrue() {
		assertThat(UltraCartFactor.isIn(this.behindAnother)).isTrue();
	}

	@Test
	void isInWhenAnotherLoginThenFalse() {
		assertThat(UltraCartFactor.isIn(new TestingAuthenticationToken("joe", null, EVERY_USER, "ROLE_A"))).isFalse();
	}

	@Test
	void replaceUserThenAuthoritiesAndPrincipalOfNow() {
		Authentication token = new UltraCartAuthenticationToken(this.before,
				AuthorityUtils.createAuthorityList("ROLE_A", "ROLE_B", EVERY_USER, FACTOR));
		UltraCartUser now = user("ROLE_B", "ROLE_C");
		Authentication replaced = UltraCartFactor.replaceUser(token, this.before, now);
		assertThat(replaced.getPrincipal()).isSameAs(now);
		assertThat(names(replaced)).containsExactlyInAnyOrder("ROLE_B", "ROLE_C", EVERY_USER, FACTOR);
	}

	@Test
	void replaceUserWhenBehindAnotherFactorThenAuthoritiesAndPrincipalOfThatStay() {
		Authentication replaced = UltraCartFactor.replaceUser(this.behindAnother, this.before, user("ROLE_C"));
		assertThat(replaced.getPrincipal()).isEqualTo("jane");
		assertThat(names(replaced)).containsExactlyInAnyOrder("ROLE_C", EVERY_USER, FACTOR, "FACTOR_PASSWORD",
				"ROLE_JANE");
	}

	// the factor is of the login, even if the user was given it too
	@Test
	void replaceUserWhenFactorIsOfTheUserTooThenStays() {
		UltraCartUser granting = user("ROLE_A", EVERY_USER, FACTOR);
		Authentication replaced = UltraCartFactor.replaceUser(this.behindAnother, granting, user(EVERY_USER));
		assertThat(names(replaced)).contains(EVERY_USER, FACTOR).doesNotContain("ROLE_A");
	}

	@Test
	void replaceUserWhenGrantedByAnotherLoginTooThenOnce() {
		Authentication replaced = UltraCartFactor.replaceUser(this.behindAnother, this.before, user("ROLE_JANE"));
		assertThat(names(replaced)).containsOnlyOnce("ROLE_JANE");
	}

	@Test
	void withoutGrantsOfThenRestStays() {
		assertThat(names(UltraCartFactor.withoutGrantsOf(this.behindAnother, this.before)))
			.containsExactlyInAnyOrder(EVERY_USER, FACTOR, "FACTOR_PASSWORD", "ROLE_JANE");
	}

	private static UltraCartUser user(String... authorities) {
		return UltraCartUser.with(42, "Jane!ops").authorities(AuthorityUtils.createAuthorityList(authorities)).build();
	}

	private static List<String> names(Authentication authentication) {
		return authentication.getAuthorities()
			.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.toList();
	}

}
