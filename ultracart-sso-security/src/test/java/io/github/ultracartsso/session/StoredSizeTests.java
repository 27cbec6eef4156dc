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

package io.github.ultracartsso.session;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.ultracartsso.Serialization;
import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import io.github.ultracartsso.session.sealing.EncryptionKeys;

import org.junit.jupiter.api.Test;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Session stores read and write the session of a user with each of their requests, so
 * what is stored has a budget.
 */
class StoredSizeTests {

	private static final int BUDGET = 2500;

	private static final int PERMISSIONS = 40;

	@Test // G6
	void sessionOfAUserWithManyPermissionsThenWithinBudget() {
		User user = jane();
		assertThat(user.permissions()).hasSize(PERMISSIONS).doesNotHaveDuplicates();
		UltraCartUser principal = new DefaultUltraCartUserMapper(new PermissionAuthoritiesMapper()).mapUser(user);
		assertThat(principal.getAuthorities()).hasSizeGreaterThan(PERMISSIONS);
		String id = UUID.randomUUID().toString();
		byte[] context = Serialization.serialize(new SecurityContextImpl(token(principal, id)));
		byte[] ssoSession = Serialization
			.serialize(SealedSsoSession.seal(ssoSession(id), EncryptionKeys.random().sealer("simple-key")));
		assertThat(context.length + ssoSession.length).isLessThanOrEqualTo(BUDGET);
	}

	private static UltraCartAuthenticationToken token(UltraCartUser principal, String id) {
		List<GrantedAuthority> authorities = Stream
			.concat(principal.getAuthorities().stream(),
					Stream.of(new SimpleGrantedAuthority("ROLE_ULTRACART_USER"),
							FactorGrantedAuthority.withFactor("ULTRACART_SSO").issuedAt(Instant.now()).build()))
			.<GrantedAuthority>map((authority) -> authority)
			.toList();
		UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(principal, authorities, id);
		token.setDetails(new WebAuthenticationDetails("203.0.113.124", UUID.randomUUID().toString()));
		return token;
	}

	private static SsoSession ssoSession(String id) {
		return SsoSession.withId(id)
			.userId(184223)
			.simpleKey(SimpleKey.of("0123456789abcdef".repeat(4)))
			.expiresAt(Instant.now())
			.ipAddress("203.0.113.124")
			.clientAddress("203.0.113.124")
			.beganAt(Instant.now())
			.userReadAt(Instant.now())
			.build();
	}

	private static User jane() {
		List<Permission> permissions = Stream
			.of("Items", "Customer Profiles", "Orders", "Coupons", "Affiliates", "Auto Orders", "Catalog Pages",
					"Chargebacks", "Distribution Centers", "Email Campaigns")
			.flatMap((area) -> Stream.of("View ", "Edit ", "Delete ", "Export ").map((right) -> right + area))
			.map((name) -> new Permission("Operations", name, true))
			.toList();
		return new User(184223, "jane.example!merchant", "Jane Example", "jane.example@merchant.example", permissions,
				List.of(new UserGroupMembership(41, "Customer Service", true)));
	}

}
