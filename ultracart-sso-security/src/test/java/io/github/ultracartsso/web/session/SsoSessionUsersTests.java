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

package io.github.ultracartsso.web.session;

import java.time.Instant;
import java.util.List;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.SsoSessionUser;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;
import io.github.ultracartsso.web.TestSsoSessions;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SsoSessionUsers}.
 */
class SsoSessionUsersTests {

	private static final Instant LOGIN = TestSsoSessions.NOW;

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	private final SsoSessionUsers users = new SsoSessionUsers();

	private final MockHttpServletRequest request = TestRequests.get("/items");

	@Test
	void findWhenKeptThenThatWhateverTheAuthenticationSays() {
		SsoSessionUser kept = new SsoSessionUser(JANE, LOGIN.plusSeconds(7), "203.0.113.7", true);
		this.users.save(kept, this.request);
		assertThat(this.users.find(this.request)).isEqualTo(kept);
		assertThat(this.users.find(this.request, signedInFrom("198.51.100.9"))).isEqualTo(kept);
	}

	@Test // I2
	void findWhenReadFromStoreThenTheSame() {
		SsoSessionUser kept = new SsoSessionUser(JANE, LOGIN, "203.0.113.7", true);
		this.users.save(kept, this.request);
		this.request.setSession(TestHttpSessions.copyOf(this.request.getSession()));
		assertThat(this.users.find(this.request)).isEqualTo(kept).isNotSameAs(kept);
	}

	@Test
	void findWhenRemovedThenNull() {
		this.users.save(new SsoSessionUser(JANE, LOGIN, null, false), this.request);
		this.users.remove(this.request);
		assertThat(this.users.find(this.request)).isNull();
	}

	@Test // D9
	void findAndRemoveWhenNoSessionThenNoneCreated() {
		this.users.remove(this.request);
		assertThat(this.users.find(this.request)).isNull();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void findWhenNotKeptThenAsTheAuthenticationTells() {
		assertThat(this.users.find(this.request, signedInFrom("203.0.113.7")))
			.isEqualTo(new SsoSessionUser(JANE, LOGIN, "203.0.113.7", false));
	}

	@Test
	void findWhenAuthenticationDoesNotTellTheAddressThenUnknown() {
		UltraCartAuthenticationToken authentication = new UltraCartAuthenticationToken(JANE, List.of());
		authentication.setDetails("details of another kind");
		assertThat(this.users.find(this.request, authentication))
			.isEqualTo(new SsoSessionUser(JANE, Instant.EPOCH, null, false));
	}

	@Test
	void findWhenAuthenticationHoldsNoUserOfOursThenNull() {
		assertThat(this.users.find(this.request, new TestingAuthenticationToken("joe", null))).isNull();
	}

	@Test // I6
	void signedInAtWhenAnotherFactorWasProvedBeforeThenOursCounts() {
		Authentication authentication = new UltraCartAuthenticationToken(JANE,
				List.of(factor("FACTOR_PASSWORD", Instant.EPOCH), factor("FACTOR_ULTRACART_SSO", LOGIN)));
		assertThat(SsoSessionUsers.signedInAt(authentication)).isEqualTo(LOGIN);
	}

	@Test
	void signedInAtWhenNotToldThenLongAgo() {
		Authentication authentication = new TestingAuthenticationToken("joe", null, "FACTOR_ULTRACART_SSO");
		assertThat(SsoSessionUsers.signedInAt(authentication)).isEqualTo(Instant.EPOCH);
	}

	private static Authentication signedInFrom(String address) {
		UltraCartAuthenticationToken authentication = new UltraCartAuthenticationToken(JANE,
				List.of(factor("FACTOR_ULTRACART_SSO", LOGIN)));
		authentication.setDetails(new WebAuthenticationDetails(address, "session"));
		return authentication;
	}

	private static FactorGrantedAuthority factor(String authority, Instant issuedAt) {
		return FactorGrantedAuthority.withAuthority(authority).issuedAt(issuedAt).build();
	}

}
