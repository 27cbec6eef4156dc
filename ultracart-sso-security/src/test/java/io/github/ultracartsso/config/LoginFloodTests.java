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

import java.util.function.IntFunction;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.login.LoginStartBudget;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What strangers can cost the merchant by asking often.
 */
class LoginFloodTests {

	private static final int MANY = 10_000;

	private static final int BUDGET = 500;

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	private Browser employee;

	private Filter security;

	@BeforeEach
	void start() {
		this.employee = this.application.withClient(this.client).start(DefaultChain.class);
		this.employee.signIn("code", "/items");
		this.client.authorized().clear();
		this.security = this.application.context().getBean("springSecurityFilterChain", Filter.class);
	}

	@Test // D9, G5
	void protectedUrlsWhenManyStrangersThenNoCallAndNoSession() throws Exception {
		String[] accepts = { "text/html", "*/*", "application/json", "image/webp,*/*" };
		for (int i = 0; i < MANY; i++) {
			MockHttpServletRequest request = stranger("/items");
			request.addHeader("Accept", accepts[i % accepts.length]);
			assertThat(answer(request).getStatus()).isIn(302, 401);
			assertThat(request.getSession(false)).isNull();
		}
		assertThat(this.client.authorized()).isEmpty();
	}

	@Test // D9, G5
	void startUrlWhenOneAddressThenNoMoreThanItsPartAndOthersSignIn() throws Exception {
		flood((i) -> "127.0.0.7");
		assertThat(this.client.authorized()).hasSize(BUDGET / 10);
		Browser newEmployee = this.application.newBrowser();
		newEmployee.moveTo("127.0.0.8");
		assertThat(Browser.location(newEmployee.signIn("other-code", "/items"))).isEqualTo("/items");
		assertKnownBrowserSignsIn();
	}

	@Test // D9, G5
	void startUrlWhenManyAddressesThenNoMoreThanHalfAndKnownBrowsersSignIn() throws Exception {
		flood((i) -> "127.1." + i % 1000 / 250 + "." + i % 250);
		assertThat(this.client.authorized()).hasSize(BUDGET / 2);
		assertKnownBrowserSignsIn();
	}

	@Test
	void startUrlWhenCookieOfKnownBrowserIsForgedThenANewBrowser() throws Exception {
		flood((i) -> "127.1." + i % 1000 / 250 + "." + i % 250);
		this.client.authorized().clear();
		Browser stranger = this.application.newBrowser();
		stranger.addCookies(new Cookie("ultracart-known-browser", "AAAA"));
		assertThat(Browser.location(stranger.navigate("/ultracart/authorize"))).isEqualTo("/login?error=busy");
		assertThat(this.client.authorized()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "iframe", "frame", "object", "embed", "image", "empty" })
	void startUrlWhenAPageOfAnotherSiteEmbedsItThenRefusedWithoutACall(String destination) {
		assertThat(this.application.newBrowser()
			.navigate("/ultracart/authorize", "Sec-Fetch-Dest", destination)
			.getStatus()).isEqualTo(400);
		assertThat(this.client.authorized()).isEmpty();
	}

	private void flood(IntFunction<String> addresses) throws Exception {
		try (CapturedLog log = CapturedLog.of(LoginStartBudget.class.getName())) {
			for (int i = 0; i < MANY; i++) {
				MockHttpServletRequest request = stranger("/ultracart/authorize");
				request.setRemoteAddr(addresses.apply(i));
				request.addHeader("Sec-Fetch-Mode", "navigate");
				MockHttpServletResponse answer = answer(request);
				assertThat(request.getSession(false)).isNull();
				if (i >= BUDGET) {
					assertThat(Browser.location(answer)).isEqualTo("/login?error=busy");
				}
				if (i % (MANY / 10) == 0) {
					assertThat(this.employee.navigate("/items").getStatus()).isEqualTo(200);
				}
			}
			assertThat(log.messages(Level.WARN)).hasSize(1);
		}
	}

	private void assertKnownBrowserSignsIn() {
		this.employee.submit("/logout");
		assertThat(this.employee.navigate("/items").getStatus()).isEqualTo(302);
		assertThat(Browser.location(this.employee.signIn("third-code", "/items"))).isEqualTo("/items");
		assertThat(this.employee.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.client.knownExchanges()).isOne();
	}

	private static MockHttpServletRequest stranger(String path) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setServletPath(path);
		return request;
	}

	private MockHttpServletResponse answer(MockHttpServletRequest request) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.security.doFilter(request, response, new MockFilterChain());
		return response;
	}

}
