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

package io.github.ultracartsso.client.traffic;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallKind}: whether a failed call is retried, and what it says about
 * UltraCart's health.
 */
class CallKindTests {

	// G3
	@ParameterizedTest
	@CsvSource(useHeadersInDisplayName = true, textBlock = """
			FAILURE,              AUTHORIZE, TOKEN, SESSION_USER, REVOKE
			INVALID_REQUEST,      false,     false, false,        false
			CREDENTIAL_REJECTED,  false,     false, false,        false
			APPLICATION_DISABLED, false,     false, false,        false
			RATE_LIMITED,         true,      false, true,         true
			REFUSED,              false,     false, false,        false
			SERVER_ERROR,         false,     false, true,         true
			NO_RESPONSE,            false,     false, true,         true
			INVALID_RESPONSE,       false,     false, false,        false
			""")
	void isRepeatableAfterWhenSentThen(UltraCartApiFailure failure, boolean authorize, boolean token,
			boolean sessionUser, boolean revoke) {
		UltraCartApiException ex = UltraCartApiException.withFailure(failure, "failed").build();
		assertThat(CallKind.AUTHORIZE.isRepeatableAfter(ex)).isEqualTo(authorize);
		assertThat(CallKind.TOKEN.isRepeatableAfter(ex)).isEqualTo(token);
		assertThat(CallKind.SESSION_USER.isRepeatableAfter(ex)).isEqualTo(sessionUser);
		assertThat(CallKind.REVOKE.isRepeatableAfter(ex)).isEqualTo(revoke);
	}

	// G3
	@ParameterizedTest
	@CsvSource({ "AUTHORIZE, true", "TOKEN, false", "SESSION_USER, true", "REVOKE, true" })
	void isRepeatableAfterWhenSurelyNotSentThen(CallKind operation, boolean repeatable) {
		assertThat(operation.isRepeatableAfter(
				UltraCartApiException.withFailure(UltraCartApiFailure.NO_RESPONSE, "failed").notSent().build()))
			.isEqualTo(repeatable);
	}

	@ParameterizedTest
	@CsvSource(useHeadersInDisplayName = true, textBlock = """
			FAILURE,              AUTHORIZE, TOKEN,   SESSION_USER, REVOKE
			,                     GOOD,      GOOD,    GOOD,         GOOD
			INVALID_REQUEST,      GOOD,      GOOD,    GOOD,         GOOD
			CREDENTIAL_REJECTED,  GOOD,      GOOD,    GOOD,         GOOD
			APPLICATION_DISABLED, UNKNOWN,   UNKNOWN, UNKNOWN,      UNKNOWN
			RATE_LIMITED,         UNKNOWN,   UNKNOWN, UNKNOWN,      UNKNOWN
			REFUSED,              UNKNOWN,   UNKNOWN, UNKNOWN,      UNKNOWN
			SERVER_ERROR,         BAD,       UNKNOWN, UNKNOWN,      UNKNOWN
			NO_RESPONSE,            BAD,       BAD,     BAD,          BAD
			INVALID_RESPONSE,       BAD,       UNKNOWN, UNKNOWN,      UNKNOWN
			""")
	void healthAfterThen(@Nullable UltraCartApiFailure failure, CallKind.Health authorize, CallKind.Health token,
			CallKind.Health sessionUser, CallKind.Health revoke) {
		assertThat(CallKind.AUTHORIZE.healthAfter(failure)).isEqualTo(authorize);
		assertThat(CallKind.TOKEN.healthAfter(failure)).isEqualTo(token);
		assertThat(CallKind.SESSION_USER.healthAfter(failure)).isEqualTo(sessionUser);
		assertThat(CallKind.REVOKE.healthAfter(failure)).isEqualTo(revoke);
	}

	@ParameterizedTest
	@CsvSource({ "AUTHORIZE, true", "TOKEN, true", "SESSION_USER, false", "REVOKE, false" })
	void isMadeByApplicationThen(CallKind operation, boolean byApplication) {
		assertThat(operation.isMadeByApplication()).isEqualTo(byApplication);
	}

}
