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

package io.github.ultracartsso.client.http;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Redaction}.
 */
class RedactionTests {

	private final HttpHeaders credential = new HttpHeaders();

	// F1
	@Test
	void cleanWhenSecretsRepeatedThenEachMasked() {
		this.credential.set("x-ultracart-simple-key", "the-key");
		this.credential.setBearerAuth("the-token");
		assertThat(Redaction.of(this.credential, List.of("the-code"))
			.clean("the-code the-key Bearer the-token the-key, the-rest", 100))
			.isEqualTo("****** ****** Bearer ****** ******, the-rest");
	}

	// F1: whoever sends a code chooses it
	@Test
	void cleanWhenOneSecretIsAPartOfAnotherThenNothingOfEitherLeft() {
		this.credential.set("x-ultracart-simple-key", "a1b2c3d4");
		assertThat(Redaction.of(this.credential, List.of("b2")).clean("key a1b2c3d4, code b2", 100))
			.isEqualTo("key ******, code ******");
	}

	// F1
	@Test
	void cleanWhenCutInsideASecretThenMaskedFirst() {
		assertThat(Redaction.of(this.credential, List.of("secret")).clean("my secret", 6)).isEqualTo("my ***...");
	}

	@Test
	void cleanWhenNoSecretThenControlCharactersOnly() {
		assertThat(Redaction.of(this.credential, List.of()).clean("a\r\nb", 100)).isEqualTo("a b");
		assertThat(Redaction.of(this.credential, List.of("")).clean("a b", 100)).isEqualTo("a b");
	}

	// F1
	@Test
	void maskWhenSecretsRepeatedThenNothingElseChanged() {
		assertThat(
				Redaction.of("the-key", "the-key-of-another").mask("\tthe-key\r\nthe-key-of-another\u0000the-key the"))
			.isEqualTo("\t******\r\n******\u0000****** the");
	}

	@Test
	void maskWhenNoSecretThenUnchanged() {
		assertThat(Redaction.of("", " ").mask(" a\r\nb ")).isEqualTo(" a\r\nb ");
	}

}
