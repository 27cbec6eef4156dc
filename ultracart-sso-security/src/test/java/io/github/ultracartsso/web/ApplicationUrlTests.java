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
 * Tests for {@link ApplicationUrl}.
 */
class ApplicationUrlTests {

	@ParameterizedTest // I4
	@CsvSource({ "https, app.example.com, 443, '', https://app.example.com",
			"https, app.example.com, 8443, /shop, https://app.example.com:8443/shop",
			"http, localhost, 80, '', http://localhost", "http, localhost, 443, '', http://localhost:443",
			"https, [2001:db8::1], 443, '', https://[2001:db8::1]",
			"https, [2001:db8::1], 8443, /shop, https://[2001:db8::1]:8443/shop" })
	void baseUrlThenSchemeHostPortAndContextPath(String scheme, String host, int port, String contextPath,
			String expected) {
		MockHttpServletRequest request = TestRequests.navigation(contextPath + "/items?page=2");
		request.setScheme(scheme);
		request.setServerName(host);
		request.setServerPort(port);
		request.setContextPath(contextPath);
		assertThat(ApplicationUrl.baseUrl(request)).isEqualTo(expected);
	}

	@Test // C4
	void baseUrlWhenForwardedHeadersArriveUnfilteredThenIgnored() {
		MockHttpServletRequest request = TestRequests.navigation("/items");
		request.addHeader("X-Forwarded-Host", "evil.example");
		request.addHeader("Forwarded", "host=evil.example");
		assertThat(ApplicationUrl.baseUrl(request)).isEqualTo("https://app.example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x={y}", "x=a|b", "x=%zz", "x=[1]^`", "x=\"<>" })
	void baseUrlWhenQueryIsMalformedThenNotInIt(String query) {
		MockHttpServletRequest request = TestRequests.navigation("/items");
		request.setQueryString(query);
		assertThat(ApplicationUrl.baseUrl(request)).isEqualTo("https://app.example.com");
		assertThat(ApplicationUrl.pathAndQuery(request)).isEqualTo("/items?" + query);
	}

	@ParameterizedTest // I4
	@CsvSource({ "/items?page=2, '', /items, /items?page=2", "/shop/items?page=2, /shop, /items, /items?page=2",
			"/shop/, /shop, /, /", "/caf%C3%A9, '', /caf%C3%A9, /caf%C3%A9" })
	void pathThenRelativeToContextPathAsSent(String uri, String contextPath, String path, String pathAndQuery) {
		MockHttpServletRequest request = TestRequests.navigation(uri);
		request.setContextPath(contextPath);
		assertThat(ApplicationUrl.path(request)).isEqualTo(path);
		assertThat(ApplicationUrl.pathAndQuery(request)).isEqualTo(pathAndQuery);
	}

}
