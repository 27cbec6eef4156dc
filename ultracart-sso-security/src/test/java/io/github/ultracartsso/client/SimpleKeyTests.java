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

package io.github.ultracartsso.client;

import java.io.Serializable;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SimpleKey} and {@link SimpleKeyCredential}.
 */
class SimpleKeyTests {

	private static final String VALUE = "0199a693ade9-secret";

	private final SimpleKey key = SimpleKey.of(VALUE);

	@Test
	void valueThenInClear() {
		assertThat(this.key.value()).isEqualTo(VALUE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "!", "~", "a/b+c=", "\"quoted\"", "{curly}" })
	void ofWhenVisibleAsciiThenAccepted(String value) {
		assertThat(SimpleKey.of(value).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t" })
	void ofWhenBlankThenThrowIllegalArgumentException(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> SimpleKey.of(value))
			.withMessage("A simple key must not be blank");
	}

	// F1
	@ParameterizedTest
	@ValueSource(strings = { "secret key", "secret\r\nX-Injected: 1", "secret\u0000", "secret\u007f", "sécret",
			"secret\u200b", " secret", "secret\n" })
	void ofWhenNotSendableThenThrowIllegalArgumentExceptionWithoutTheValue(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> SimpleKey.of(value))
			.withMessage("A simple key must consist of visible ASCII characters");
	}

	// F1
	@Test
	void toStringThenMask() {
		assertThat(this.key).hasToString("******");
		assertThat(new SimpleKeyCredential(this.key)).hasToString("SimpleKeyCredential[******]");
	}

	// F1
	@Test
	void jsonWhenWrittenThenMask() {
		assertThat(new JsonMapper().writeValueAsString(Map.of("key", this.key))).isEqualTo("{\"key\":\"******\"}");
	}

	@Test
	void jsonWhenReadThenKey() {
		assertThat(new JsonMapper().readValue("\"" + VALUE + "\"", SimpleKey.class)).isEqualTo(this.key);
	}

	// F1
	@Test
	void classThenNotSerializable() {
		assertThat(this.key).isNotInstanceOf(Serializable.class);
	}

	@Test
	void equalsWhenSameValueThenEqual() {
		assertThat(this.key).isEqualTo(SimpleKey.of(VALUE))
			.hasSameHashCodeAs(SimpleKey.of(VALUE))
			.isNotEqualTo(SimpleKey.of(VALUE + "x"))
			.isNotEqualTo(SimpleKey.of("x" + VALUE.substring(1)))
			.isNotEqualTo(VALUE)
			.isNotEqualTo(null);
	}

	@Test
	void authenticateThenTheKeyInItsHeaderAlone() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(SimpleKeyCredential.SIMPLE_KEY_HEADER, "replaced");
		new SimpleKeyCredential(this.key).authenticate(headers);
		assertThat(headers.toSingleValueMap()).containsExactlyEntriesOf(Map.of("x-ultracart-simple-key", VALUE));
		assertThat(headers.get("x-ultracart-simple-key")).containsExactly(VALUE);
	}

}
