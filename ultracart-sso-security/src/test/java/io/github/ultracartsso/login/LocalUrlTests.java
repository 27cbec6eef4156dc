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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalUrl}.
 */
class LocalUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/items", "/items?page=2&sort=name", "/items;v=1/2", "/a//b", "/items#top",
			"/caf%C3%A9", "/items?filter={a|b}", "/items?next=https://evil.example", "/items?a=[1]&b=^",
			"/@evil.example", "/%5Cevil.example", "/%2F%2Fevil.example", "/.//evil.example" })
	void isLocalWhenPathOfThisHostThenTrue(String url) {
		assertThat(LocalUrl.isLocal(url)).isTrue();
	}

	@ParameterizedTest // C1
	@ValueSource(strings = { "", "items", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example",
			"\\\\evil.example", "\\/evil.example", "https:evil.example", "https://evil.example", "HTTPS://evil.example",
			"javascript:alert(1)", "data:text/html,x", "/\t/evil.example", "/\n/evil.example", "\t//evil.example",
			" //evil.example", "/ /evil.example", "/items\r\nSet-Cookie: a=b", "/items\u0000", "/items\u007f",
			"/items\u010d\u010aLocation:x", "/caf\u00e9", "//user@evil.example",
			"https://app.example.com@evil.example/", "/items?a=\\evil", "/items?a b", "/items|x", "/a|?b", "/%zz" })
	void isLocalWhenAnythingElseThenFalse(String url) {
		assertThat(LocalUrl.isLocal(url)).isFalse();
	}

	@Test
	void isLocalWhenTooLongThenFalse() {
		assertThat(LocalUrl.isLocal("/" + "a".repeat(2047))).isTrue();
		assertThat(LocalUrl.isLocal("/" + "a".repeat(2048))).isFalse();
	}

}
