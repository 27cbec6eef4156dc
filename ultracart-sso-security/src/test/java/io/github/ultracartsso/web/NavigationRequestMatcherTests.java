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
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NavigationRequestMatcher}.
 */
class NavigationRequestMatcherTests {

	private final NavigationRequestMatcher matcher = new NavigationRequestMatcher();

	private final MockHttpServletRequest request = TestRequests.get("/items");

	@ParameterizedTest
	@CsvSource({ "navigate, */*, true", "navigate, application/json, true", "cors, text/html, false",
			"no-cors, text/html, false", "same-origin, text/html, false", "websocket, text/html, false",
			"NAVIGATE, text/html, false", "'', text/html, false" })
	void matchesWhenBrowserSaysHowItFetchesThenThatDecides(String mode, String accept, boolean navigation) {
		this.request.addHeader("Sec-Fetch-Mode", mode);
		this.request.addHeader("Accept", accept);
		assertThat(this.matcher.matches(this.request)).isEqualTo(navigation);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "TEXT/HTML", "application/json, text/html;q=0.1", "text/html;charset=utf-8",
			"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" })
	void matchesWhenAcceptNamesHtmlThenTrue(String accept) {
		this.request.addHeader("Accept", accept);
		assertThat(this.matcher.matches(this.request)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "text/*", "application/json", "image/avif,image/webp,*/*", "text/html;q=0",
			"application/xhtml+xml", "text/event-stream", "", "not a media type" })
	void matchesWhenAcceptDoesNotNameHtmlThenFalse(String accept) {
		this.request.addHeader("Accept", accept);
		assertThat(this.matcher.matches(this.request)).isFalse();
	}

	@Test
	void matchesWhenNoAcceptThenFalse() {
		assertThat(this.matcher.matches(this.request)).isFalse();
	}

	@Test
	void matchesWhenSeveralAcceptHeadersThenAnyMayNameHtml() {
		this.request.addHeader("Accept", "application/json");
		this.request.addHeader("Accept", "text/html");
		assertThat(this.matcher.matches(this.request)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "X-Requested-With, XMLHttpRequest, false", "X-Requested-With, com.example.app, true",
			"HX-Request, true, false" })
	void matchesWhenScriptSaysSoThenFalse(String header, String value, boolean navigation) {
		this.request.addHeader("Accept", "text/html");
		this.request.addHeader(header, value);
		assertThat(this.matcher.matches(this.request)).isEqualTo(navigation);
	}

	@Test
	void toStringNamesIt() {
		assertThat(this.matcher).hasToString("Navigation");
	}

}
