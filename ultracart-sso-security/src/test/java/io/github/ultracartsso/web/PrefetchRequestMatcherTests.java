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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PrefetchRequestMatcher}.
 */
class PrefetchRequestMatcherTests {

	private final PrefetchRequestMatcher matcher = new PrefetchRequestMatcher();

	private final MockHttpServletRequest request = TestRequests.navigation("/ultracart/authorize");

	@ParameterizedTest
	@CsvSource({ "Sec-Purpose, prefetch", "Sec-Purpose, prefetch;prerender", "Purpose, prefetch", "X-Moz, prefetch",
			"X-Moz, Prefetch" })
	void matchesWhenBrowserSaysItPrefetchesThenTrue(String header, String value) {
		this.request.addHeader(header, value);
		assertThat(this.matcher.matches(this.request)).isTrue();
	}

	@Test
	void matchesWhenPersonGoesToPageThenFalse() {
		this.request.addHeader("Purpose", "preview");
		assertThat(this.matcher.matches(this.request)).isFalse();
	}

}
