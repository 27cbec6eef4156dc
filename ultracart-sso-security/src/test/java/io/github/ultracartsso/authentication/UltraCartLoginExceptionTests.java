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

import java.util.EnumMap;
import java.util.Map;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartLoginException} and {@link UltraCartLoginServiceException}.
 */
class UltraCartLoginExceptionTests {

	private static final Map<UltraCartApiFailure, UltraCartLoginError> OF_THE_APPLICATION = new EnumMap<>(
			Map.of(UltraCartApiFailure.INVALID_REQUEST, UltraCartLoginError.UNAVAILABLE,
					UltraCartApiFailure.CREDENTIAL_REJECTED, UltraCartLoginError.APPLICATION_REJECTED,
					UltraCartApiFailure.APPLICATION_DISABLED, UltraCartLoginError.APPLICATION_DISABLED,
					UltraCartApiFailure.RATE_LIMITED, UltraCartLoginError.BUSY, UltraCartApiFailure.REFUSED,
					UltraCartLoginError.UNAVAILABLE, UltraCartApiFailure.SERVER_ERROR, UltraCartLoginError.UNAVAILABLE,
					UltraCartApiFailure.NO_RESPONSE, UltraCartLoginError.UNAVAILABLE,
					UltraCartApiFailure.INVALID_RESPONSE, UltraCartLoginError.UNAVAILABLE));

	@ParameterizedTest
	@EnumSource
	void whileAuthorizingThenServiceFailureOfTheApplication(UltraCartApiFailure failure) {
		UltraCartLoginException ex = UltraCartLoginException.whileAuthorizing(failed(failure));
		assertThat(ex).isInstanceOf(UltraCartLoginServiceException.class);
		assertThat(ex.getError()).isEqualTo(OF_THE_APPLICATION.get(failure));
	}

	@ParameterizedTest
	@EnumSource(names = "INVALID_REQUEST", mode = EnumSource.Mode.EXCLUDE)
	void whileExchangingThenServiceFailureOfTheApplication(UltraCartApiFailure failure) {
		UltraCartLoginException ex = UltraCartLoginException.whileExchanging(failed(failure));
		assertThat(ex).isInstanceOf(UltraCartLoginServiceException.class);
		assertThat(ex.getError()).isEqualTo(OF_THE_APPLICATION.get(failure));
	}

	@Test
	void whileExchangingWhenCodeRefusedThenInvalidCode() {
		UltraCartLoginException ex = UltraCartLoginException
			.whileExchanging(failed(UltraCartApiFailure.INVALID_REQUEST));
		assertThat(ex).isNotInstanceOf(UltraCartLoginServiceException.class);
		assertThat(ex.getError()).isEqualTo(UltraCartLoginError.INVALID_CODE);
	}

	@ParameterizedTest
	@EnumSource(names = "CREDENTIAL_REJECTED", mode = EnumSource.Mode.EXCLUDE)
	void whileReadingUserThenServiceFailureOfTheApplication(UltraCartApiFailure failure) {
		UltraCartLoginException ex = UltraCartLoginException.whileReadingUser(failed(failure));
		assertThat(ex).isInstanceOf(UltraCartLoginServiceException.class);
		assertThat(ex.getError()).isEqualTo(OF_THE_APPLICATION.get(failure));
	}

	@Test
	void whileReadingUserWhenTheUsersKeyIsRefusedThenNotTheApplicationsFault() {
		UltraCartLoginException ex = UltraCartLoginException
			.whileReadingUser(failed(UltraCartApiFailure.CREDENTIAL_REJECTED));
		assertThat(ex).isInstanceOf(UltraCartLoginServiceException.class);
		assertThat(ex.getError()).isEqualTo(UltraCartLoginError.UNAVAILABLE);
	}

	@Test
	void messageWhenRequestIdThenNamed() {
		UltraCartApiException cause = UltraCartApiException
			.withFailure(UltraCartApiFailure.SERVER_ERROR, "ssoToken was answered with status 500")
			.requestId("0A1B2C3D4E5F6")
			.build();
		assertThat(UltraCartLoginException.whileExchanging(cause))
			.hasMessage("ssoToken was answered with status 500 [request id 0A1B2C3D4E5F6]")
			.hasCause(cause);
	}

	@Test
	void messageWhenNoRequestIdThenThatOfTheCall() {
		UltraCartApiException cause = failed(UltraCartApiFailure.NO_RESPONSE);
		assertThat(UltraCartLoginException.whileAuthorizing(cause)).hasMessage("the call failed").hasCause(cause);
	}

	@Test
	void constructorThenErrorAndMessage() {
		UltraCartLoginException ex = new UltraCartLoginException(UltraCartLoginError.DENIED, "no");
		assertThat(ex).hasMessage("no").hasNoCause();
		assertThat(ex.getError()).isEqualTo(UltraCartLoginError.DENIED);
		UltraCartLoginException service = new UltraCartLoginServiceException(UltraCartLoginError.BUSY, "wait");
		assertThat(service).hasMessage("wait").hasNoCause();
		assertThat(service.getError()).isEqualTo(UltraCartLoginError.BUSY);
	}

	private static UltraCartApiException failed(UltraCartApiFailure failure) {
		return UltraCartApiException.withFailure(failure, "the call failed").build();
	}

}
