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

import java.util.HashMap;
import java.util.Map;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UltraCartCallback}.
 */
class UltraCartCallbackTests {

	private final Map<String, String[]> parameters = callback("some-state", "some-code");

	@Test
	void ofWhenStateAndCodeThenBothRead() {
		UltraCartCallback callback = read(this.parameters);
		assertThat(callback.state()).isEqualTo("some-state");
		assertThat(callback.requireCode()).isEqualTo("some-code");
	}

	@Test
	void ofWhenUnknownParametersThenIgnored() {
		this.parameters.put("merchant", new String[] { "DEMO" });
		assertThat(read(this.parameters).requireCode()).isEqualTo("some-code");
	}

	@Test // A2
	void ofWhenNoStateThenUnknownState() {
		this.parameters.remove("state");
		refused(UltraCartLoginError.UNKNOWN_STATE);
	}

	@Test // A7
	void ofWhenNeitherCodeNorErrorThenInvalidResponse() {
		this.parameters.remove("code");
		refused(UltraCartLoginError.INVALID_RESPONSE);
	}

	@Test // A7
	void ofWhenCodeAndErrorThenInvalidResponse() {
		this.parameters.put("error", new String[] { "access_denied" });
		refused(UltraCartLoginError.INVALID_RESPONSE);
	}

	@ParameterizedTest // A7
	@ValueSource(strings = { "state", "code" })
	void ofWhenParameterRepeatedThenInvalidResponse(String name) {
		this.parameters.put(name, new String[] { "one", "another" });
		refused(UltraCartLoginError.INVALID_RESPONSE);
	}

	@ParameterizedTest // A7
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false,
			value = { "''", "' '", "a b", "a\tb", "'a\nb'", "'a\r\nb'", "a\u0000", "a\u007f", "\u00e9", "\u202e" })
	void ofWhenParameterMalformedThenInvalidResponse(String value) {
		for (String name : new String[] { "state", "code" }) {
			Map<String, String[]> malformed = callback("some-state", "some-code");
			malformed.put(name, new String[] { value });
			assertThatExceptionOfType(UltraCartLoginException.class).isThrownBy(() -> read(malformed))
				.satisfies((ex) -> assertThat(ex.getError()).isEqualTo(UltraCartLoginError.INVALID_RESPONSE))
				.withMessageContaining(name);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "!", "~", "!a/b+c=~" })
	void ofWhenParameterHasAnyVisibleAsciiThenRead(String value) {
		UltraCartCallback callback = read(callback(value, value));
		assertThat(callback.state()).isEqualTo(value);
		assertThat(callback.requireCode()).isEqualTo(value);
	}

	@Test // A7
	void ofWhenErrorMalformedThenInvalidResponse() {
		this.parameters.remove("code");
		this.parameters.put("error", new String[] { "" });
		refused(UltraCartLoginError.INVALID_RESPONSE);
	}

	@ParameterizedTest // A7
	@ValueSource(strings = { "state", "code" })
	void ofWhenParameterOverLongThenInvalidResponse(String name) {
		this.parameters.put(name, new String[] { "a".repeat(2048) });
		assertThat(read(this.parameters)).isNotNull();
		this.parameters.put(name, new String[] { "a".repeat(2049) });
		refused(UltraCartLoginError.INVALID_RESPONSE);
	}

	@ParameterizedTest // A12
	@CsvSource({ "access_denied, DENIED", "invalid_request, EXPIRED", "server_error, DENIED", "<script>, DENIED" })
	void requireCodeWhenErrorThenWhatItMeans(String error, UltraCartLoginError expected) {
		this.parameters.remove("code");
		this.parameters.put("error", new String[] { error });
		UltraCartCallback callback = read(this.parameters);
		assertThatExceptionOfType(UltraCartLoginException.class).isThrownBy(callback::requireCode)
			.satisfies((ex) -> assertThat(ex.getError()).isEqualTo(expected))
			.withMessageNotContaining(error);
	}

	@Test // F1
	void toStringHoldsNeitherCodeNorState() {
		assertThat(read(this.parameters)).asString()
			.doesNotContain("some-state")
			.doesNotContain("some-code")
			.contains("error=false");
	}

	private void refused(UltraCartLoginError expected) {
		assertThatExceptionOfType(UltraCartLoginException.class).isThrownBy(() -> read(this.parameters))
			.satisfies((ex) -> assertThat(ex.getError()).isEqualTo(expected));
	}

	private static Map<String, String[]> callback(String state, String code) {
		return new HashMap<>(Map.of("state", new String[] { state }, "code", new String[] { code }));
	}

	private static UltraCartCallback read(Map<String, String[]> parameters) {
		return UltraCartCallback.of(parameters::get);
	}

}
