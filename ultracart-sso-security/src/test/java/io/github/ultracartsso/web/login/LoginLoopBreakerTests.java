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

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.web.TestRequests;

import ch.qos.logback.classic.Level;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockCookie;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginLoopBreaker}.
 */
class LoginLoopBreakerTests {

	private static final String NAME = "ULTRACART_SSO_RETURNS";

	/**
	 * The time of the clock, in seconds.
	 */
	private static final long NOW = 1_795_262_400_000L;

	private final TestClock clock = new TestClock(Instant.ofEpochMilli(NOW));

	private final LoginLoopBreaker loopBreaker = new LoginLoopBreaker(this.clock);

	private @Nullable Cookie cookie;

	@Test
	void breakLoopWhenFiveReturnsWithinAMinuteThenBroken() {
		for (int i = 0; i < 4; i++) {
			returnFromUltraCart();
			assertThat(isLoop()).isFalse();
			this.clock.advance(Duration.ofSeconds(14));
		}
		returnFromUltraCart();
		assertThat(isLoop()).isTrue();
	}

	@Test
	void breakLoopWhenFiveReturnsInMoreThanAMinuteThenNot() {
		for (int i = 0; i < 20; i++) {
			returnFromUltraCart();
			assertThat(isLoop()).isFalse();
			this.clock.advance(Duration.ofSeconds(15));
		}
	}

	@Test
	void breakLoopWhenUserSignsOutBetweenThenNot() {
		for (int i = 0; i < 4; i++) {
			returnFromUltraCart();
		}
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.loopBreaker.logout(request(), response, null);
		receive(response);
		returnFromUltraCart();
		assertThat(isLoop()).isFalse();
	}

	@Test
	void breakLoopWhenBrokenThenCountStartsAfresh() {
		for (int i = 0; i < 7; i++) {
			returnFromUltraCart();
		}
		assertThat(isLoop()).isTrue();
		assertThat(this.cookie).isNull();
		assertThat(isLoop()).isFalse();
	}

	@Test
	void breakLoopWhenBrokenThenWarnedOfTheCauses() {
		try (CapturedLog log = CapturedLog.of(LoginLoopBreaker.class.getName())) {
			assertThat(isLoop()).isFalse();
			assertThat(log.messages(Level.WARN)).isEmpty();
			this.cookie = cookie("0.0.0.0.0".replace("0", String.valueOf(NOW)));
			assertThat(isLoop()).isTrue();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("cookie is not sent", "do not share their sessions",
						"requests another login right after a login", "a failure handler");
		}
	}

	@Test
	void breakLoopWhenNoLoopThenNoCookie() {
		returnFromUltraCart();
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.loopBreaker.breakLoop(request(), response);
		assertThat(response.getHeaders("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "x", "-1", "1 2", "1,2", "NOW.NOW.NOW.NOW.x", "NOW..NOW.NOW.NOW.NOW",
			".NOW.NOW.NOW.NOW.NOW", "NOW.NOW.NOW.NOW.NOW.", "NOW.NOW.NOW.NOW.NOW.NOW",
			"99999999999999999999.NOW.NOW.NOW.NOW", "\u0661\u0662.NOW.NOW.NOW.NOW.NOW" })
	void breakLoopWhenCookieIsMalformedThenNotAndCountStartsAfresh(String value) {
		this.cookie = cookie(value.replace("NOW", String.valueOf(NOW)));
		assertThat(isLoop()).isFalse();
		returnFromUltraCart();
		assertThat(times()).isEqualTo(String.valueOf(NOW));
	}

	@Test
	void breakLoopWhenCookieIsOverLongThenNot() {
		this.cookie = cookie((NOW + ".").repeat(100_000) + NOW);
		assertThat(isLoop()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "-60000, false", "-59999, true", "0, true", "1, false", "8000000000000, false" })
	void breakLoopWhenOneReturnIsOldOrStillToComeThenItDoesNotCount(long millis, boolean loop) {
		this.cookie = cookie("%2$d.%1$d.%1$d.%1$d.%1$d".formatted(NOW, NOW + millis));
		assertThat(isLoop()).isEqualTo(loop);
	}

	@Test
	void rememberWhenManyThenTheLastFive() {
		for (int i = 0; i < 7; i++) {
			returnFromUltraCart();
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(times())
			.isEqualTo("%d.%d.%d.%d.%d".formatted(NOW + 2000, NOW + 3000, NOW + 4000, NOW + 5000, NOW + 6000));
	}

	@Test
	void rememberThenCookieForAMinuteThatNoScriptReads() {
		assertThat(setCookie(request())).satisfies((cookie) -> {
			assertThat(cookie.getValue()).isEqualTo(String.valueOf(NOW));
			assertThat(cookie.getMaxAge()).isEqualTo(60);
			assertThat(cookie.isHttpOnly()).isTrue();
			assertThat(cookie.getSecure()).isTrue();
			assertThat(cookie.getSameSite()).isEqualTo("Lax");
			assertThat(cookie.getPath()).isEqualTo("/");
			assertThat(cookie.getDomain()).isNull();
		});
	}

	@Test
	void rememberWhenContextPathThenOnlyForThisApplication() {
		MockHttpServletRequest request = request();
		request.setContextPath("/shop");
		assertThat(setCookie(request).getPath()).isEqualTo("/shop");
	}

	@Test
	void rememberWhenPlainHttpToLoopbackHostThenNotSecure() {
		MockHttpServletRequest request = request();
		request.setServerName("localhost");
		request.setScheme("http");
		request.setSecure(false);
		assertThat(setCookie(request).getSecure()).isFalse();
	}

	@Test
	void rememberWhenTlsEndsAtAProxyThenSecure() {
		MockHttpServletRequest request = request();
		request.setScheme("http");
		request.setSecure(false);
		assertThat(setCookie(request).getSecure()).isTrue();
	}

	@Test
	void logoutWhenNoReturnsThenNoCookie() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.loopBreaker.logout(request(), response, null);
		assertThat(response.getHeaders("Set-Cookie")).isEmpty();
	}

	@Test
	void logoutWhenInContextPathThenTheSameCookieIsDeleted() {
		returnFromUltraCart();
		MockHttpServletRequest request = request();
		request.setContextPath("/shop");
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.loopBreaker.logout(request, response, null);
		assertThat(response.getHeader("Set-Cookie")).startsWith(NAME + "=; Path=/shop; Max-Age=0;")
			.contains("; Secure; HttpOnly; SameSite=Lax");
	}

	private void returnFromUltraCart() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.loopBreaker.remember(request(), response, null);
		receive(response);
	}

	private boolean isLoop() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		boolean loop = this.loopBreaker.breakLoop(request(), response);
		receive(response);
		return loop;
	}

	private MockHttpServletRequest request() {
		MockHttpServletRequest request = TestRequests.navigation("/ultracart/authorize");
		request.setCookies((this.cookie != null) ? new Cookie[] { new Cookie("OTHER", "1.2.3"), this.cookie }
				: new Cookie[] { new Cookie("OTHER", "1.2.3") });
		return request;
	}

	private void receive(MockHttpServletResponse response) {
		Cookie received = response.getCookie(NAME);
		if (received != null) {
			this.cookie = (received.getMaxAge() > 0) ? received : null;
		}
	}

	private String times() {
		return (this.cookie != null) ? this.cookie.getValue() : "";
	}

	private MockCookie setCookie(MockHttpServletRequest request) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.loopBreaker.remember(request, response, null);
		return MockCookie.parse(Objects.requireNonNull(response.getHeader("Set-Cookie")));
	}

	private static Cookie cookie(String value) {
		return new MockCookie(NAME, value);
	}

}
