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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody gets who has not signed in. None of it calls UltraCart, and none of it
 * leaves a session or a cookie behind.
 */
@ParameterizedClass
@EnumSource
class UnauthenticatedRequestTests {

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final PendingLoginStore store;

	private Browser browser;

	UnauthenticatedRequestTests(PendingLoginStore store) {
		this.store = store;
	}

	@BeforeEach
	void start() {
		this.browser = this.application.withClient(this.client)
			.withPendingLoginsIn(this.store)
			.start(DefaultChain.class);
	}

	@AfterEach // D9, G5
	void leavesNothingBehind() {
		assertThat(this.client.authorized()).isEmpty();
		assertThat(this.browser.session()).isNull();
		assertThat(this.browser.cookies()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Sec-Fetch-Mode | navigate", "Accept | text/html",
			"Accept | text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" })
	void pageWhenNavigationThenRedirectedToStartUrl(String header, String value) {
		MockHttpServletResponse response = this.browser.request(HttpMethod.GET, "/items", header, value);
		assertThat(response.getStatus()).isEqualTo(302);
		assertThat(Browser.location(response)).startsWith("/ultracart/authorize?target=");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Sec-Fetch-Mode | cors", "Sec-Fetch-Mode | no-cors", "Accept | */*", "Accept | application/json",
					"Accept | image/avif,image/webp,*/*", "Accept | text/event-stream",
					"X-Requested-With | XMLHttpRequest" })
	void pageWhenNoNavigationThenProblemWithLoginUrl(String header, String value) {
		MockHttpServletResponse response = this.browser.request(HttpMethod.GET, "/items", header, value);
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(response.getContentType()).isEqualTo("application/problem+json");
		assertThat(Browser.body(response)).contains("\"loginUrl\":\"/ultracart/authorize\"");
	}

	@ParameterizedTest
	@CsvSource({ "X-Requested-With, XMLHttpRequest", "HX-Request, true" })
	void pageWhenScriptAcceptsHtmlThenProblem(String header, String value) {
		assertThat(this.browser.request(HttpMethod.GET, "/items", "Accept", "text/html", header, value).getStatus())
			.isEqualTo(401);
	}

	@Test
	void pageWhenHeadThenRedirectedLikeGet() {
		assertThat(Browser.location(this.browser.head("/items"))).startsWith("/ultracart/authorize");
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "PATCH" })
	void pageWhenUnsafeWithoutCsrfTokenThenForbidden(String method) {
		assertThat(this.browser
			.request(HttpMethod.valueOf(method), "/items", "Sec-Fetch-Mode", "navigate", "Accept", "text/html")
			.getStatus()).isEqualTo(403);
		this.browser.useSession(null);
	}

	@Test
	void pageWhenPrefetchedThenRedirectedButNotStarted() {
		MockHttpServletResponse refused = this.browser.navigate("/items", "Sec-Purpose", "prefetch");
		assertThat(this.browser.navigate(Browser.location(refused), "Sec-Purpose", "prefetch").getStatus())
			.isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/favicon.ico", "/apple-touch-icon.png", "/app.js",
			"/.well-known/appspecific/com.chrome.devtools.json" })
	void staticPathWhenAskedForByPageThenProblem(String path) {
		assertThat(this.browser.fetch(path).getStatus()).isEqualTo(401);
	}

	@Test
	void publicPageWhenAskedForThenShown() {
		assertThat(Browser.body(this.browser.navigate("/public"))).isEqualTo("public");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/login?logout", "/login?error=denied", "/login?error=%3Cscript%3E" })
	void signInPageWhenAskedForThenShownWithoutStartingALogin(String url) {
		MockHttpServletResponse page = this.browser.navigate(url);
		assertThat(page.getContentType()).isEqualTo("text/html;charset=UTF-8");
		assertThat(Browser.body(page)).contains("href=\"/ultracart/authorize\"").doesNotContain("<script");
		assertThat(page.getHeaders("Content-Security-Policy")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "HEAD, navigate, 405", "POST, navigate, 403", "OPTIONS, navigate, 405", "GET, cors, 400",
			"GET, no-cors, 400" })
	void startUrlWhenNoPersonGoesThereThenRefused(String method, String mode, int status) {
		assertThat(this.browser
			.request(HttpMethod.valueOf(method), "/ultracart/authorize", "Sec-Fetch-Mode", mode, "Accept", "text/html")
			.getStatus()).isEqualTo(status);
		this.browser.useSession(null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Sec-Purpose | prefetch;prerender", "Purpose | prefetch", "X-Moz | prefetch" })
	void startUrlWhenPrefetchedThenRefused(String header, String value) {
		assertThat(this.browser.navigate("/ultracart/authorize", header, value).getStatus()).isEqualTo(400);
	}

	@Test
	void startUrlWhenPostedWithCsrfTokenThenMethodNotAllowed() {
		MockHttpServletResponse response = this.browser.submit("/ultracart/authorize");
		assertThat(response.getStatus()).isEqualTo(405);
		assertThat(response.getHeader("Allow")).isEqualTo("GET");
		this.browser.useSession(null);
	}

}
