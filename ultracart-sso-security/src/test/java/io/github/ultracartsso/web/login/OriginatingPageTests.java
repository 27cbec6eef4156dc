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

package io.github.ultracartsso.web.login;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OriginatingPage}.
 */
class OriginatingPageTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/shop/api/orders");

	OriginatingPageTests() {
		this.request.setContextPath("/shop");
		this.request.setServerName("backoffice.example.com");
	}

	@ParameterizedTest
	@CsvSource({ "http://backoffice.example.com/shop/orders?page=2, /orders?page=2",
			"http://backoffice.example.com/shop/, /", "HTTP://Backoffice.Example.com/shop/Orders, /Orders",
			"https://backoffice.example.com/shop/orders, /orders" })
	void findWhenRefererIsAPageOfThisApplicationThenFound(String referer, String page) {
		this.request.addHeader("Referer", referer);
		assertThat(OriginatingPage.find(this.request)).isEqualTo(page);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/shop/orders", "http://backoffice.example.com.evil.example/shop/",
			"http://backoffice.example.com@evil.example/shop/", "http://backoffice.example.com:8080/shop/orders",
			"http://backoffice.example.com/shopping", "http://backoffice.example.com/other/", "/shop/orders",
			"http://backoffice.example.com", "http://backoffice.example.com/shop", "about:client", "", "://" })
	void findWhenRefererIsAnyOtherThenNull(String referer) {
		this.request.addHeader("Referer", referer);
		assertThat(OriginatingPage.find(this.request)).isNull();
	}

	@Test
	void findWhenPortIsNotTheDefaultThenMustBeTheSame() {
		this.request.setServerPort(8443);
		this.request.addHeader("Referer", "https://backoffice.example.com:8443/shop/orders");
		assertThat(OriginatingPage.find(this.request)).isEqualTo("/orders");
		this.request.setServerPort(9443);
		assertThat(OriginatingPage.find(this.request)).isNull();
	}

	@Test
	void findWhenBrowserSaysSameOriginThenFoundWhateverTheProxyPassesOn() {
		this.request.setServerName("10.0.0.5");
		this.request.addHeader("Sec-Fetch-Site", "same-origin");
		this.request.addHeader("Referer", "https://backoffice.example.com:8443/shop/orders?page=2");
		assertThat(OriginatingPage.find(this.request)).isEqualTo("/orders?page=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "same-site", "cross-site", "none" })
	void findWhenBrowserSaysOtherwiseThenNull(String site) {
		this.request.addHeader("Sec-Fetch-Site", site);
		this.request.addHeader("Referer", "http://backoffice.example.com/shop/orders");
		assertThat(OriginatingPage.find(this.request)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://backoffice.example.com/other/", "https://backoffice.example.com/shopping",
			"https://backoffice.example.com", "about:client" })
	void findWhenSameOriginButNotOfThisContextPathThenNull(String referer) {
		this.request.addHeader("Sec-Fetch-Site", "same-origin");
		this.request.addHeader("Referer", referer);
		assertThat(OriginatingPage.find(this.request)).isNull();
	}

	@Test
	void findWhenNoHeaderThenNull() {
		assertThat(OriginatingPage.find(this.request)).isNull();
	}

	@Test
	void findWhenHtmxThenItsCurrentUrlWithFragment() {
		this.request.addHeader("HX-Request", "true");
		this.request.addHeader("HX-Current-URL", "http://backoffice.example.com/shop/orders#open");
		this.request.addHeader("Referer", "http://backoffice.example.com/shop/orders");
		assertThat(OriginatingPage.find(this.request)).isEqualTo("/orders#open");
	}

	@Test
	void findWhenHtmxNamesNoPageThenReferer() {
		this.request.addHeader("HX-Request", "true");
		this.request.addHeader("Referer", "http://backoffice.example.com/shop/orders");
		assertThat(OriginatingPage.find(this.request)).isEqualTo("/orders");
	}

	@Test
	void findWhenNotHtmxThenItsHeaderIsIgnored() {
		this.request.addHeader("HX-Current-URL", "http://backoffice.example.com/shop/orders");
		assertThat(OriginatingPage.find(this.request)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HX-Boosted", "HX-History-Restore-Request" })
	void findWhenHtmxNavigatesThenTheRequestedPage(String header) {
		this.request.addHeader("HX-Request", "true");
		this.request.addHeader(header, "true");
		this.request.addHeader("HX-Current-URL", "http://backoffice.example.com/shop/");
		this.request.setQueryString("page=2");
		assertThat(OriginatingPage.find(this.request)).isEqualTo("/api/orders?page=2");
		this.request.setMethod("POST");
		assertThat(OriginatingPage.find(this.request)).isEqualTo("/");
	}

}
