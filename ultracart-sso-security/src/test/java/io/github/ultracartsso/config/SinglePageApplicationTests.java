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

package io.github.ultracartsso.config;

import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the scripts of a page get before a login, and where the user is after it.
 */
class SinglePageApplicationTests {

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final Browser browser = this.application.withClient(FakeUltraCartSsoClient.forBrowsers())
		.start(DefaultChain.class);

	@ParameterizedTest
	@ValueSource(strings = { "/orders/7", "/orders?filter={open|late}&q=%C3%A9", "/" })
	void fetchWhenUnauthenticatedThenLoginReturnsToThePage(String page) {
		MockHttpServletResponse response = this.browser.fetch("/api/orders", "Referer", "http://localhost" + page);
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(response.getHeader("HX-Redirect")).isNull();
		assertThat(this.browser.session()).isNull();
		assertThat(signInAt(loginUrl(response))).isEqualTo(page);
	}

	@Test
	void fetchWhenItsPageIsUnknownThenLoginReturnsToTheDefault() {
		String loginUrl = loginUrl(this.browser.fetch("/api/orders"));
		assertThat(loginUrl).isEqualTo("/ultracart/authorize");
		assertThat(signInAt(loginUrl)).isEqualTo("/");
	}

	@ParameterizedTest // C1
	@ValueSource(strings = { "https://evil.example/", "http://localhost.evil.example/orders",
			"http://localhost:8080/orders", "http://localhost//evil.example", "http://localhost/\\evil.example",
			"http://localhost/login?error=denied", "http://localhost/ultracart/authorize?target=x" })
	void fetchWhenNotFromAPageOfThisApplicationThenNoTarget(String referer) {
		assertThat(loginUrl(this.browser.fetch("/api/orders", "Referer", referer))).isEqualTo("/ultracart/authorize");
	}

	@Test
	void fetchWhenUserSignsInWithAnotherTabThenSentBackWithoutAnotherLogin() {
		String loginUrl = loginUrl(this.browser.fetch("/api/orders", "Referer", "http://localhost/orders"));
		this.browser.signIn("code", "/items");
		assertThat(Browser.location(this.browser.navigate(loginUrl))).isEqualTo("/orders");
	}

	@Test
	void htmxWhenUnauthenticatedThenSentToTheLoginAndBackToThePage() {
		MockHttpServletResponse response = htmx(HttpMethod.GET, "/fragments/orders", "HX-Current-URL",
				"http://localhost/orders#open");
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(response.getHeader("HX-Redirect")).isEqualTo(loginUrl(response));
		assertThat(signInAt(loginUrl(response))).isEqualTo("/orders#open");
	}

	@Test
	void htmxWhenLinkIsBoostedThenBackToWhatItLedTo() {
		MockHttpServletResponse response = htmx(HttpMethod.GET, "/orders?page=2", "HX-Boosted", "true",
				"HX-Current-URL", "http://localhost/");
		assertThat(signInAt(loginUrl(response))).isEqualTo("/orders?page=2");
	}

	@Test
	void htmxWhenOnThePageOfTheLoginThenNotSentInCircles() {
		MockHttpServletResponse response = htmx(HttpMethod.PUT, "/login", "X-CSRF-TOKEN", this.browser.csrfToken(),
				"HX-Current-URL", "http://localhost/login");
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(response.getHeader("HX-Redirect")).isNull();
	}

	private MockHttpServletResponse htmx(HttpMethod method, String url, String... headers) {
		String[] all = new String[headers.length + 6];
		System.arraycopy(headers, 0, all, 6, headers.length);
		System.arraycopy(new String[] { "HX-Request", "true", "Sec-Fetch-Mode", "cors", "Accept", "*/*" }, 0, all, 0,
				6);
		return this.browser.request(method, url, all);
	}

	private String signInAt(String loginUrl) {
		return Browser.location(this.browser.callback(Browser.stateOf(this.browser.navigate(loginUrl)), "code"));
	}

	private static String loginUrl(MockHttpServletResponse response) {
		return JsonMapper.shared().readTree(Browser.body(response)).required("loginUrl").asString();
	}

}
