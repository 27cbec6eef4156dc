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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogText}.
 */
class LogTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "with  two blanks", "Größe 5 %s {} ${jndi:ldap://x}", "日本語", "😀" })
	void cleanWhenHarmlessThenUnchanged(String text) {
		assertThat(LogText.clean(text, 100)).isEqualTo(text);
	}

	// H2
	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029",
			"\u200b", "\u202e", "\u2066", "\ufeff", "\r\n\u2028\t\u0000" })
	void cleanWhenControlCharactersThenEachRunOneBlank(String control) {
		assertThat(LogText.clean("a" + control + "b", 100)).isEqualTo("a b");
		assertThat(LogText.clean(control + "a" + control, 100)).isEqualTo("a");
		assertThat(LogText.clean(control, 100)).isEmpty();
	}

	@Test
	void cleanWhenTooLongThenCut() {
		assertThat(LogText.clean("abcdef", 6)).isEqualTo("abcdef");
		assertThat(LogText.clean("abcdefg", 6)).isEqualTo("abcdef...");
		assertThat(LogText.clean("x".repeat(1_000_000), 10)).isEqualTo("xxxxxxxxxx...");
	}

}
