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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartLoginError}.
 */
class UltraCartLoginErrorTests {

	@Test
	void codeThenAsPublished() {
		assertThat(UltraCartLoginError.values()).extracting(UltraCartLoginError::code)
			.containsExactly("denied", "expired", "unknown_state", "invalid_response", "invalid_code",
					"application_rejected", "application_disabled", "busy", "unavailable", "ip_mismatch",
					"session_ended");
	}

	@Test
	void isServiceFailureThenWhereTheUserCanDoNothing() {
		assertThat(UltraCartLoginError.values()).filteredOn(UltraCartLoginError::isServiceFailure)
			.containsExactly(UltraCartLoginError.APPLICATION_REJECTED, UltraCartLoginError.APPLICATION_DISABLED,
					UltraCartLoginError.BUSY, UltraCartLoginError.UNAVAILABLE);
	}

	@Test
	void ofWhenLoginFailedThenItsOwn() {
		assertThat(UltraCartLoginError.of(new UltraCartLoginException(UltraCartLoginError.BUSY, "busy")))
			.isEqualTo(UltraCartLoginError.BUSY);
	}

	@Test
	void ofWhenServiceOfTheApplicationFailedThenUnavailable() {
		assertThat(UltraCartLoginError.of(new InternalAuthenticationServiceException("database down")))
			.isEqualTo(UltraCartLoginError.UNAVAILABLE);
	}

	@Test
	void ofWhenApplicationRefusedThenDenied() {
		assertThat(UltraCartLoginError.of(new BadCredentialsException("not you")))
			.isEqualTo(UltraCartLoginError.DENIED);
	}

	@ParameterizedTest
	@EnumSource
	void ofCodeWhenKnownThenFound(UltraCartLoginError error) {
		assertThat(UltraCartLoginError.ofCode(error.code())).contains(error);
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "DENIED", "denied ", "unknown", "<script>", "name" })
	void ofCodeWhenUnknownThenEmpty(String code) {
		assertThat(UltraCartLoginError.ofCode(code)).isEmpty();
	}

}
