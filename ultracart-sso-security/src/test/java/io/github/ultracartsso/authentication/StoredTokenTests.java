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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.github.ultracartsso.Serialization;
import io.github.ultracartsso.client.SimpleKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link StoredToken}.
 */
class StoredTokenTests {

	private static final List<GrantedAuthority> GRANTED = AuthorityUtils.createAuthorityList("ROLE_VIEW_ITEMS",
			"GROUP_WAREHOUSE");

	private static final GrantedAuthority FACTOR = FactorGrantedAuthority.withAuthority("FACTOR_ULTRACART_SSO")
		.issuedAt(Instant.parse("2026-11-21T16:16:50.5Z"))
		.build();

	private final UltraCartUser user = UltraCartUser.with(184223, "Jane!ops")
		.permissions(List.of("View Items"))
		.authorities(GRANTED)
		.build();

	@ParameterizedTest
	@MethodSource
	void roundTripThenSameAuthoritiesInOrder(List<? extends GrantedAuthority> authorities) {
		UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(this.user, authorities, "id");
		token.setDetails("details");
		UltraCartAuthenticationToken read = roundTrip(token);
		assertThat(read).isEqualTo(token);
		assertThat(read.getSsoSessionId()).isEqualTo("id");
		assertThat(read.getAuthorities()).extracting(Object::toString)
			.containsExactlyElementsOf(token.getAuthorities().stream().map(Object::toString).toList());
	}

	static List<Arguments> roundTripThenSameAuthoritiesInOrder() {
		List<GrantedAuthority> reversed = new ArrayList<>(with(FACTOR));
		Collections.reverse(reversed);
		return List.of(argumentSet("those of the principal and more", with(FACTOR)),
				argumentSet("those of the principal", GRANTED), argumentSet("other order", reversed),
				argumentSet("fewer", GRANTED.subList(0, 1)), argumentSet("none", List.of()),
				argumentSet("custom class", with(new StoredUserTests.CustomAuthority("custom"))));
	}

	@Test
	void roundTripWhenWithdrawnThenStaysWithdrawn() {
		UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(this.user, GRANTED);
		token.setAuthenticated(false);
		UltraCartAuthenticationToken read = roundTrip(token);
		assertThat(read.isAuthenticated()).isFalse();
		assertThat(roundTrip(read).isAuthenticated()).isFalse();
	}

	@Test
	void roundTripWhenNoSsoSessionThenNone() {
		assertThat(roundTrip(new UltraCartAuthenticationToken(this.user, GRANTED)).getSsoSessionId()).isNull();
	}

	@Test // F1
	void storedFormWhenAccessToTheKeyThenWithoutIt() {
		UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(this.user, GRANTED).withSsoSession("id",
				() -> SimpleKey.of("user-key"));
		assertThat(Serialization.storedForm(token)).doesNotContain("user-key");
		UltraCartAuthenticationToken read = roundTrip(token);
		assertThat(read.simpleKeySupplier()).isNull();
		assertThat(read.getSsoSessionId()).isEqualTo("id");
	}

	@Test
	void storedFormThenAuthoritiesOfThePrincipalAreStoredOnce() {
		List<String> permissions = IntStream.range(0, 40).mapToObj((i) -> "P" + i).toList();
		List<GrantedAuthority> authorities = AuthorityUtils
			.createAuthorityList(permissions.stream().map((name) -> "ROLE_" + name).toList());
		UltraCartUser bare = UltraCartUser.with(184223, "Jane!ops").permissions(permissions).build();
		UltraCartUser granted = UltraCartUser.with(184223, "Jane!ops")
			.permissions(permissions)
			.authorities(authorities)
			.build();
		int difference = size(new UltraCartAuthenticationToken(granted, authorities))
				- size(new UltraCartAuthenticationToken(bare, List.of()));
		assertThat(difference).isBetween(1, 31);
	}

	private static List<GrantedAuthority> with(GrantedAuthority more) {
		List<GrantedAuthority> authorities = new ArrayList<>(GRANTED);
		authorities.add(more);
		return authorities;
	}

	private static int size(UltraCartAuthenticationToken token) {
		return Serialization.serialize(token).length;
	}

	private static UltraCartAuthenticationToken roundTrip(UltraCartAuthenticationToken token) {
		return Serialization.roundTrip(token, UltraCartAuthenticationToken.class);
	}

}
