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

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.github.ultracartsso.login.StartingBrowser;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link KnownBrowsers}.
 */
class KnownBrowsersTests {

	private static final String NAME = "__Host-ultracart-known-browser";

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	private final EncryptionKeys keys = EncryptionKeys.random();

	private final KnownBrowsers browsers = browsers(this.keys);

	@Test
	void browserWhenNoLoginWasCompletedThenNew() {
		assertThat(this.browsers.browser(request())).isEqualTo(new StartingBrowser("203.0.113.7", null));
	}

	@Test
	void browserWhenLoginWasCompletedThenKnownByItself() {
		StartingBrowser known = this.browsers.browser(request(remember()));
		assertThat(known.isKnown()).isTrue();
		assertThat(this.browsers.browser(request(remember()))).isNotEqualTo(known);
	}

	@Test
	void rememberWhenOverTlsThenCookieIsOfThisHostAndSaysNothingOfTheUser() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.browsers.remember(request(), response);
		Cookie cookie = Objects.requireNonNull(response.getCookie(NAME));
		assertThat(cookie.getSecure()).isTrue();
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getPath()).isEqualTo("/");
		assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
		assertThat(cookie.getMaxAge()).isEqualTo(180 * 24 * 60 * 60);
		assertThat(this.keys.sealer("known-browser").open(cookie.getValue()))
			.isEqualTo(Long.toString(this.clock.millis()));
	}

	@Test
	void rememberWhenPlainHttpToLoopbackThenBrowsersAcceptTheCookie() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.browsers.remember(request, response);
		Cookie cookie = Objects.requireNonNull(response.getCookie("ultracart-known-browser"));
		assertThat(cookie.getSecure()).isFalse();
		request.setCookies(cookie);
		assertThat(this.browsers.browser(request).isKnown()).isTrue();
	}

	@Test
	void browserWhenLongAgoThenNew() {
		Cookie cookie = remember();
		this.clock.advance(Duration.ofDays(180).minusMillis(1));
		assertThat(this.browsers.browser(request(cookie)).isKnown()).isTrue();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.browsers.browser(request(cookie)).isKnown()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1795262400000", "AAAA" })
	void browserWhenCookieIsForgedThenNew(String value) {
		assertThat(this.browsers.browser(request(new Cookie(NAME, value))).isKnown()).isFalse();
	}

	@Test
	void browserWhenEncryptedForSomethingElseThenNew() {
		String time = Long.toString(this.clock.millis());
		for (String value : new String[] { this.keys.sealer("pending-login").seal(time),
				EncryptionKeys.random().sealer("known-browser").seal(time),
				this.keys.sealer("known-browser").seal("/items") }) {
			assertThat(this.browsers.browser(request(new Cookie(NAME, value))).isKnown()).isFalse();
		}
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSetterWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new KnownBrowsers(null))
			.withMessage("sealer cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.browsers.setClock(null))
			.withMessage("clock cannot be null");
	}

	private KnownBrowsers browsers(EncryptionKeys keys) {
		KnownBrowsers browsers = new KnownBrowsers(keys.sealer("known-browser"));
		browsers.setClock(this.clock);
		return browsers;
	}

	private Cookie remember() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.browsers.remember(request(), response);
		return Objects.requireNonNull(response.getCookie(NAME));
	}

	private static MockHttpServletRequest request(Cookie... cookies) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setServerName("backoffice.example.com");
		request.setSecure(true);
		request.setRemoteAddr("203.0.113.7");
		if (cookies.length > 0) {
			request.setCookies(cookies);
		}
		return request;
	}

}
