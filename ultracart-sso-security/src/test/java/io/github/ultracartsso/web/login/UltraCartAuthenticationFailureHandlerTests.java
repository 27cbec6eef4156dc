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

package io.github.ultracartsso.web.login;

import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.web.TestRequests;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.AuthenticationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartAuthenticationFailureHandler}.
 */
class UltraCartAuthenticationFailureHandlerTests {

	private final MockHttpServletRequest request = TestRequests.callback("some-state", "some-code");

	@ParameterizedTest
	@EnumSource
	void onAuthenticationFailureWhenLoginFailedThenItsCode(UltraCartLoginError error) throws Exception {
		assertThat(redirectAfter("/login", new UltraCartLoginException(error, "secret details")))
			.isEqualTo("/login?error=" + error.code());
	}

	@Test
	void onAuthenticationFailureWhenApplicationRefusesThenDenied() throws Exception {
		assertThat(redirectAfter("/login", new DisabledException("not you"))).isEqualTo("/login?error=denied");
	}

	@Test
	void onAuthenticationFailureWhenServiceFailsThenUnavailable() throws Exception {
		assertThat(redirectAfter("/login", new AuthenticationServiceException("down")))
			.isEqualTo("/login?error=unavailable");
	}

	@Test
	void onAuthenticationFailureWhenPageHasQueryThenKept() throws Exception {
		this.request.setContextPath("/shop");
		assertThat(redirectAfter("/sign-in?with=ultracart", new DisabledException("not you")))
			.isEqualTo("/shop/sign-in?with=ultracart&error=denied");
	}

	@Test // D9
	void onAuthenticationFailureWhenNoSessionThenNoneCreated() throws Exception {
		redirectAfter("/login", new DisabledException("not you"));
		assertThat(this.request.getSession(false)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE, WARN", "APPLICATION_REJECTED, WARN", "DENIED, INFO", "SESSION_ENDED, INFO" })
	void onAuthenticationFailureThenLoggedOnce(UltraCartLoginError error, String level) throws Exception {
		assertLogged(new UltraCartLoginException(error, "details"), Level.valueOf(level));
	}

	@ParameterizedTest
	@EnumSource(names = { "RATE_LIMITED", "CREDENTIAL_REJECTED", "NO_RESPONSE" })
	void onAuthenticationFailureWhenUltraCartFailedThenLoggedAsWarning(UltraCartApiFailure failure) throws Exception {
		assertLogged(afterCall(failedCall(failure).retryAfter(Duration.ofSeconds(1))), Level.WARN);
		assertLogged(afterCall(failedCall(failure).notSent()), Level.WARN);
	}

	@ParameterizedTest // G4
	@EnumSource(names = { "RATE_LIMITED", "CREDENTIAL_REJECTED", "NO_RESPONSE" })
	void onAuthenticationFailureWhenCallsAreHeldBackForAWhileThenNoLineEach(UltraCartApiFailure failure)
			throws Exception {
		assertLogged(afterCall(failedCall(failure).retryAfter(Duration.ofSeconds(1)).notSent()), Level.DEBUG);
	}

	@Test // G5
	void onAuthenticationFailureWhenBudgetIsSpentThenNoLineEach() throws Exception {
		assertLogged(new UltraCartLoginServiceException(UltraCartLoginError.BUSY, "details"), Level.DEBUG);
	}

	private void assertLogged(AuthenticationException ex, Level level) throws Exception {
		try (CapturedLog log = CapturedLog.of(UltraCartAuthenticationFailureHandler.class.getName())) {
			redirectAfter("/login", ex);
			assertThat(log.messages(level))
				.contains("Login with UltraCart failed [" + UltraCartLoginError.of(ex).code() + "]: details");
			for (Level other : List.of(Level.INFO, Level.WARN, Level.ERROR)) {
				assertThat(log.messages(other)).hasSize(other.equals(level) ? 1 : 0);
			}
		}
	}

	private static UltraCartLoginException afterCall(UltraCartApiException.Builder failedCall) {
		return UltraCartLoginException.whileAuthorizing(failedCall.build());
	}

	private static UltraCartApiException.Builder failedCall(UltraCartApiFailure failure) {
		return UltraCartApiException.withFailure(failure, "details");
	}

	@Test
	void constructorWhenPageEmptyThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartAuthenticationFailureHandler(""))
			.withMessage("loginPage cannot be empty");
	}

	private @Nullable String redirectAfter(String loginPage, AuthenticationException ex) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new UltraCartAuthenticationFailureHandler(loginPage).onAuthenticationFailure(this.request, response, ex);
		return response.getRedirectedUrl();
	}

}
