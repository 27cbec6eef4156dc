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

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuthorityNames}.
 */
class AuthorityNamesTests {

	private static final String CHARACTERS = "aAzZ09_ -.()[]\t\n\u00e4\u00df\u0131\u0130\u017f\uff21\u0660\ud83d\ude00";

	@ParameterizedTest
	@CsvSource({ "View Items,VIEW_ITEMS", "viewItems,VIEWITEMS", "Orders (all),ORDERS_ALL", "-a--b-,A_B", "10%,10",
			"A_B,A_B", "\u00e4,''", "___,''" })
	void normalizeThenLettersAndDigitsAndOneUnderscoreForTheRest(String name, String normalized) {
		assertThat(AuthorityNames.normalize(name)).isEqualTo(normalized);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "_", "a", "I\u0131\u0130i", "\ud83d\ude00x\ud83d", "x\ude00", "@[`{/:" })
	void normalizeWhenUnusualThenAsTheRegularExpressionOfStoredSessions(String name) {
		assertThat(AuthorityNames.normalize(name)).isEqualTo(byRegularExpression(name));
	}

	@Test
	void normalizeWhenRandomThenAsTheRegularExpressionOfStoredSessions() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			StringBuilder name = new StringBuilder();
			int length = random.nextInt(12);
			for (int k = 0; k < length; k++) {
				name.append(random.nextInt(4) == 0 ? (char) random.nextInt(0x10000)
						: CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
			}
			assertThat(AuthorityNames.normalize(name.toString())).isEqualTo(byRegularExpression(name.toString()));
		}
	}

	private static String byRegularExpression(String name) {
		StringBuilder upperCased = new StringBuilder();
		name.chars().forEach((ch) -> upperCased.append((char) ((ch >= 'a' && ch <= 'z') ? ch - 'a' + 'A' : ch)));
		return upperCased.toString().replaceAll("[^A-Z0-9]+", "_").replaceAll("^_+|_+$", "");
	}

}
