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

package io.github.ultracartsso.web;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
