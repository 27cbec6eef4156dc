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

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Impersonation}.
 */
class ImpersonationTests {

	private static final Authentication ADMINISTRATOR = user("administrator");

	private static final Authentication JOE = user("joe", new SimpleGrantedAuthority("ROLE_JOE"),
			new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", ADMINISTRATOR));

	private static final Authentication JIM = user("jim", new SwitchUserGrantedAuthority("ROLE_PREVIOUS", JOE));

	@Test
	void originalWhenNobodyActsAsAnotherThenTheSame() {
		assertThat(Impersonation.isIn(ADMINISTRATOR)).isFalse();
		assertThat(Impersonation.original(ADMINISTRATOR)).isSameAs(ADMINISTRATOR);
	}

	@Test
	void originalWhenNestedThenTheOutermost() {
		assertThat(Impersonation.isIn(JIM)).isTrue();
		assertThat(Impersonation.original(JIM)).isSameAs(ADMINISTRATOR);
	}

	@Test
	void withOriginalWhenNestedThenReplacedThere() {
		Authentication current = user("administrator", new SimpleGrantedAuthority("ROLE_NEW"));
		Authentication replaced = Impersonation.withOriginal(JIM, current);
		assertThat(replaced.getName()).isEqualTo("jim");
		assertThat(Impersonation.original(replaced)).isSameAs(current);
		assertThat(replaced.getAuthorities()).singleElement()
			.isInstanceOfSatisfying(SwitchUserGrantedAuthority.class, (authority) -> {
				assertThat(authority.getAuthority()).isEqualTo("ROLE_PREVIOUS");
				assertThat(authority.getSource().getName()).isEqualTo("joe");
				assertThat(authority.getSource().getAuthorities()).extracting(GrantedAuthority::getAuthority)
					.containsExactlyInAnyOrder("ROLE_JOE", "ROLE_PREVIOUS_ADMINISTRATOR");
			});
	}

	@Test
	void withOriginalWhenNothingChangesThenTheSame() {
		assertThat(Impersonation.withOriginal(JIM, ADMINISTRATOR)).isSameAs(JIM);
		assertThat(Impersonation.withOriginal(ADMINISTRATOR, JOE)).isSameAs(JOE);
	}

	private static Authentication user(String name, GrantedAuthority... authorities) {
		return UsernamePasswordAuthenticationToken.authenticated(name, null, List.of(authorities));
	}

}
