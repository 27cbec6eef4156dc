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

package io.github.ultracartsso.autoconfigure.actuate;

import java.util.Optional;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.client.UltraCartApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.AuthenticationException;

/**
 * Outcome of a login with UltraCart, read from an event of Spring Security.
 *
 * @param error why the login failed, or {@code null} if it succeeded
 * @param call the call to UltraCart that failed, or {@code null} if none did
 */
record LoginOutcome(@Nullable UltraCartLoginError error, @Nullable String call) {

	static final String SUCCESS = "success";

	static Optional<LoginOutcome> of(AbstractAuthenticationEvent event) {
		if (event instanceof InteractiveAuthenticationSuccessEvent
				&& event.getAuthentication() instanceof UltraCartAuthenticationToken) {
			return Optional.of(new LoginOutcome(null, null));
		}
		if (event instanceof AbstractAuthenticationFailureEvent failure
				&& event.getAuthentication() instanceof UltraCartLoginAuthenticationToken) {
			AuthenticationException ex = failure.getException();
			return Optional.of(new LoginOutcome(UltraCartLoginError.of(ex),
					(ex.getCause() instanceof UltraCartApiException cause) ? cause.getCall() : null));
		}
		return Optional.empty();
	}

	String code() {
		return (this.error != null) ? this.error.code() : SUCCESS;
	}

}
