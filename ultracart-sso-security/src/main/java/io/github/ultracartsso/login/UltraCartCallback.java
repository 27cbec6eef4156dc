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

package io.github.ultracartsso.login;

import java.util.function.Function;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of the callback, which is UltraCart's redirect back to the application: a
 * state and either a code or an error. UltraCart does not document error redirects for
 * single sign-on; the errors of its OAuth redirects are assumed. Not part of the API.
 *
 * @param state the state
 * @param code the code, or {@code null}
 * @param error the error, or {@code null}
 */
public record UltraCartCallback(String state, @Nullable String code, @Nullable String error) {

	private static final int MAX_LENGTH = 2048;

	/**
	 * Reads and validates the parameters.
	 * @param parameters returns the values of a parameter, or {@code null} if there are
	 * none
	 * @return the callback
	 * @throws UltraCartLoginException if they are malformed
	 */
	public static UltraCartCallback of(Function<String, String @Nullable []> parameters) {
		String state = parameter(parameters, "state");
		if (state == null) {
			throw new UltraCartLoginException(UltraCartLoginError.UNKNOWN_STATE, "The callback has no state");
		}
		String code = parameter(parameters, "code");
		String error = parameter(parameters, "error");
		if ((code == null) == (error == null)) {
			throw invalid("must have either a code or an error");
		}
		return new UltraCartCallback(state, code, error);
	}

	private static @Nullable String parameter(Function<String, String @Nullable []> parameters, String name) {
		String[] values = parameters.apply(name);
		if (values == null) {
			return null;
		}
		if (values.length != 1) {
			throw invalid("has several values for '" + name + "'");
		}
		String value = values[0];
		if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch((ch) -> ch <= 0x20 || ch > 0x7e)) {
			throw invalid("has an empty, over-long or malformed '" + name + "'");
		}
		return value;
	}

	private static UltraCartLoginException invalid(String problem) {
		return new UltraCartLoginException(UltraCartLoginError.INVALID_RESPONSE, "The callback " + problem);
	}

	/**
	 * Returns the code.
	 * @throws UltraCartLoginException if UltraCart reported an error instead
	 */
	String requireCode() {
		if (this.code != null) {
			return this.code;
		}
		UltraCartLoginError loginError = "invalid_request".equals(this.error) ? UltraCartLoginError.EXPIRED
				: UltraCartLoginError.DENIED;
		throw new UltraCartLoginException(loginError, "UltraCart ended the login with an error on the callback");
	}

	/**
	 * Prints neither the state nor the code.
	 */
	@Override
	public String toString() {
		return "UltraCartCallback[error=" + (this.error != null) + "]";
	}

}
