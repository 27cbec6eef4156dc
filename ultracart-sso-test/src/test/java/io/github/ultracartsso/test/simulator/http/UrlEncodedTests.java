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

package io.github.ultracartsso.test.simulator.http;

import org.junit.jupiter.api.Test;

import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link UrlEncoded}.
 */
class UrlEncodedTests {

	@Test
	void parseWhenEncodedThenNamesAndValuesDecoded() {
		assertThat(UrlEncoded.parse("a%20b=caf%C3%A9+au+lait").toSingleValueMap())
			.containsOnly(entry("a b", "caf\u00e9 au lait"));
	}

	@Test
	void parseWhenNameRepeatedThenAllValuesInOrder() {
		assertThat(UrlEncoded.parse("tag=1&other=x&tag=2&tag").get("tag")).containsExactly("1", "2", "");
	}

	@Test
	void parseWhenNothingOrNoNameThenNoParameter() {
		assertThat(UrlEncoded.parse("")).isEmpty();
		assertThat(UrlEncoded.parse("&&=x")).isEmpty();
	}

	@Test
	void parseWhenNotDecodableThenEmpty() {
		MultiValueMap<String, String> parameters = UrlEncoded.parse("tag=%zz&%=x");
		assertThat(parameters.toSingleValueMap()).containsOnly(entry("tag", ""));
	}

	@Test
	void parseWhenValueHasEqualsSignThenKept() {
		assertThat(UrlEncoded.parse("token=ab==").getFirst("token")).isEqualTo("ab==");
	}

}
