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

import io.github.ultracartsso.Serialization;
import io.github.ultracartsso.client.SimpleKey;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartLoginAuthenticationToken}.
 */
class UltraCartLoginAuthenticationTokenTests {

	private static final SimpleKey KEY = SimpleKey.of("b2b2b2b2-the-users-key");

	private final UltraCartLoginAuthenticationToken attempt = new UltraCartLoginAuthenticationToken("ultracart", KEY);

	@Test
	void constructorThenUnauthenticatedAttemptWithTheKey() {
		assertThat(this.attempt.isAuthenticated()).isFalse();
		assertThat(this.attempt.getAuthorities()).isEmpty();
		assertThat(this.attempt.getPrincipal()).isEqualTo("ultracart");
		assertThat(this.attempt.getName()).isEqualTo("ultracart");
		assertThat(this.attempt.getCredentials()).isEqualTo(KEY);
	}

	@Test
	void constructorWhenNoKeyYetThenNoCredentials() {
		assertThat(new UltraCartLoginAuthenticationToken("ultracart").getCredentials()).isNull();
	}

	// F5
	@Test
	void eraseCredentialsThenNoKey() {
		this.attempt.eraseCredentials();
		assertThat(this.attempt.getCredentials()).isNull();
	}

	// F5
	@Test
	void eraseCredentialsWhenDetailsHoldSecretsThenTheseTooAreErased() {
		UsernamePasswordAuthenticationToken details = new UsernamePasswordAuthenticationToken("user", "secret");
		this.attempt.setDetails(details);
		this.attempt.eraseCredentials();
		assertThat(details.getCredentials()).isNull();
	}

	@Test
	void equalsWhenAnotherAttemptThenNotEqual() {
		assertThat(List.of(this.attempt)).contains(this.attempt);
		assertThat(this.attempt).isNotEqualTo(new UltraCartLoginAuthenticationToken("ultracart", KEY));
	}

	// F1
	@Test
	void toStringThenNoKey() {
		assertThat(this.attempt.toString()).contains("ultracart").doesNotContain(KEY.value());
	}

	// F1
	@Test
	void serializationThenNoKey() {
		this.attempt.setDetails("details");
		assertThat(Serialization.storedForm(this.attempt)).contains("details").doesNotContain(KEY.value());
		UltraCartLoginAuthenticationToken stored = Serialization.roundTrip(this.attempt,
				UltraCartLoginAuthenticationToken.class);
		assertThat(stored.getPrincipal()).isEqualTo("ultracart");
		assertThat(stored.getDetails()).isEqualTo("details");
		assertThat(stored.getCredentials()).isNull();
	}

	// F1: an exception keeps the attempt that it ended, and may end in a session
	@Test
	void serializationWhenInAnExceptionThenNoKey() {
		UltraCartLoginException exception = new UltraCartLoginException(UltraCartLoginError.DENIED, "refused");
		exception.setAuthenticationRequest(this.attempt);
		assertThat(Serialization.storedForm(exception)).contains("refused").doesNotContain(KEY.value());
	}

}
