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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.ultracartsso.CountingSealer;
import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.web.TestRequests;

import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockCookie;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CookiePendingLoginRepository}.
 */
class CookiePendingLoginRepositoryTests {

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final CountingSealer sealer = new CountingSealer();

	private final CookiePendingLoginRepository repository = new CookiePendingLoginRepository(this.sealer);

	private final Map<String, Cookie> browser = new LinkedHashMap<>();

	private String scheme = "https";

	private String host = "app.example.com";

	@BeforeEach
	void setUp() {
		this.repository.setClock(this.clock);
	}

	@ParameterizedTest
	@CsvSource({ "ultracart, /items", "ultracart, /items?sort=näme&next=//x", "ultracart,", "second-account, /items" })
	void removePendingLoginWhenSavedThenTheSame(String registrationId, @Nullable String target) {
		PendingLogin login = new PendingLogin(registrationId, "state",
				TestSsoSessions.NOW.plusMillis(599_999).minusSeconds(600), TestSsoSessions.NOW.plusMillis(599_999),
				(target != null) ? new ReturnTarget(target, TestSsoSessions.NOW, false) : null);
		save(login);
		assertThat(remove("state")).isEqualTo(login);
	}

	@Test // A3
	void removePendingLoginWhenTakenThenBrowserForgetsIt() {
		save("state");
		assertThat(remove("state")).isNotNull();
		assertThat(this.browser).isEmpty();
		assertThat(remove("state")).isNull();
	}

	@Test
	void savePendingLoginThenCookieOnlyThisHostGetsOnlyFromTopLevelNavigationsUntilExpiry() {
		MockCookie cookie = save("state");
		assertThat(cookie.getName()).matches("__Host-ultracart-login-[A-Za-z0-9_-]{22}");
		assertThat(cookie.getMaxAge()).isEqualTo(1200);
		assertHostOnly(cookie);
		assertThat(cookie.getSecure()).isTrue();
	}

	@Test
	void removePendingLoginThenDeletedAsItWasSet() {
		MockCookie saved = save("state");
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.repository.removePendingLogin("state", request(), response);
		assertThat(setCookies(response)).singleElement().satisfies((cookie) -> {
			assertThat(cookie.getName()).isEqualTo(saved.getName());
			assertThat(cookie.getValue()).isEmpty();
			assertThat(cookie.getMaxAge()).isZero();
			assertHostOnly(cookie);
			assertThat(cookie.getSecure()).isTrue();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "[::1]", "app.localhost" })
	void savePendingLoginWhenDevelopmentThenCookieThatBrowsersAcceptThere(String loopback) {
		this.scheme = "http";
		this.host = loopback;
		MockCookie cookie = save("state");
		assertThat(cookie.getName()).matches("ultracart-login-[A-Za-z0-9_-]{22}");
		assertHostOnly(cookie);
		assertThat(cookie.getSecure()).isFalse();
		assertThat(remove("state")).isNotNull();
		assertThat(this.browser).isEmpty();
	}

	@Test
	void savePendingLoginWhenPlainHttpHostThenCookieThatBrowsersAcceptThere() {
		this.repository.setPlainHttpHosts(new PlainHttpHosts(List.of("backoffice")));
		this.scheme = "http";
		this.host = "backoffice";
		assertThat(save("state").getSecure()).isFalse();
		assertThat(remove("state")).isNotNull();
		this.scheme = "https";
		assertThat(save("state").getSecure()).isTrue();
		this.scheme = "http";
		this.host = "app.example.com";
		assertThat(save("state").getSecure()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https, localhost", "http, app.example.com", "http, 10.0.0.7", "http, localhost.example.com" })
	void savePendingLoginWhenAnywhereElseThenSecure(String scheme, String host) {
		this.scheme = scheme;
		this.host = host;
		MockCookie cookie = save("state");
		assertThat(cookie.getName()).startsWith("__Host-ultracart-login-");
		assertThat(cookie.getSecure()).isTrue();
	}

	@Test // A9
	void removePendingLoginWhenCookieLacksThePrefixThenNotRead() {
		MockCookie cookie = save("state");
		this.browser.clear();
		String unprefixed = cookie.getName().substring("__Host-".length());
		this.browser.put(unprefixed, new Cookie(unprefixed, cookie.getValue()));
		assertThat(remove("state")).isNull();
		this.scheme = "http";
		this.host = "localhost";
		assertThat(remove("state")).isNotNull();
	}

	@Test
	void removePendingLoginWhenPrefixedCookieInDevelopmentThenNotRead() {
		save("state");
		this.scheme = "http";
		this.host = "localhost";
		assertThat(remove("state")).isNull();
	}

	@Test // F1
	void savePendingLoginThenNothingOfTheLoginInClear() {
		MockCookie cookie = save(new PendingLogin("ultracart", "s7Yp-3kQ_state", expiry().minusSeconds(600), expiry(),
				new ReturnTarget("/customers/jane", Instant.EPOCH, false)));
		assertThat(cookie.getName() + cookie.getValue()).doesNotContain("s7Yp-3kQ_state", "customers", "jane");
	}

	@Test // A2
	void removePendingLoginWhenUnknownStateThenNullAndTheOthersStay() {
		save("state");
		assertThat(remove("other")).isNull();
		assertThat(this.browser).hasSize(1);
		assertThat(remove("state")).isNotNull();
	}

	@Test // A2, A9
	void removePendingLoginWhenCookieIsRenamedToAnotherStateThenNull() {
		MockCookie cookie = save("attackers-state");
		String name = save("state").getName();
		this.browser.put(name, new Cookie(name, cookie.getValue()));
		assertThat(remove("state")).isNull();
		assertThat(this.browser).hasSize(2);
	}

	@Test // D9
	void saveAndRemoveThenNoSession() {
		MockHttpServletRequest request = request();
		this.repository.removePendingLogin("state", request, new MockHttpServletResponse());
		this.repository.savePendingLogin(login("state"), request, new MockHttpServletResponse());
		assertThat(request.getSession(false)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "garbage", "wanted:/items", "\u00e4" })
	void removePendingLoginWhenCookieIsGarbageThenIgnored(String value) {
		String name = save("state").getName();
		this.browser.put(name, new Cookie(name, value));
		assertThat(remove("state")).isNull();
		assertThat(this.browser).containsKey(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "\n\n", "wanted:/items", "1795262400000\nwanted",
			"soon!\nsoon\nwanted\nstate\nsoon\n\n/items", "soon\n99999999999999999999\nwanted\nstate" })
	void removePendingLoginWhenSomethingElseWasSealedThenIgnored(String text) {
		String name = save("state").getName();
		this.browser.put(name, new Cookie(name, this.sealer.seal(text)));
		assertThat(remove("state")).isNull();
	}

	@Test
	void removePendingLoginWhenTamperedWithThenIgnored() {
		MockCookie cookie = save("state");
		String value = Objects.requireNonNull(cookie.getValue());
		char middle = value.charAt(20);
		this.browser.put(cookie.getName(), new Cookie(cookie.getName(),
				value.substring(0, 20) + ((middle == 'A') ? 'B' : 'A') + value.substring(21)));
		assertThat(remove("state")).isNull();
	}

	@Test
	void removePendingLoginWhenSealedWithAnotherKeyThenIgnored() {
		save("state");
		CookiePendingLoginRepository restarted = new CookiePendingLoginRepository(
				EncryptionKeys.random().sealer("test"));
		MockHttpServletResponse response = new MockHttpServletResponse();
		assertThat(restarted.removePendingLogin("state", request(), response)).isNull();
		assertThat(setCookies(response)).isEmpty();
	}

	@Test // A5
	void removePendingLoginWhenBrowserKeepsItTooLongThenKnownToBeExpired() {
		save("state");
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(remove("state")).isNotNull()
			.satisfies((login) -> assertThat(login.isExpired(this.clock.instant())).isTrue());
	}

	@Test
	void savePendingLoginWhenExpiredLongAgoThenNotKept() {
		MockCookie cookie = save(new PendingLogin("ultracart", "state",
				TestSsoSessions.NOW.minusSeconds(601).minusSeconds(600), TestSsoSessions.NOW.minusSeconds(601), null));
		assertThat(cookie.getMaxAge()).isZero();
		assertThat(this.browser).isEmpty();
	}

	@Test // D10
	void savePendingLoginWhenSixteenThatExpireTogetherThenTheOneThatBeganFirstIsEvicted() {
		IntStream.rangeClosed(1, 17)
			.forEach((number) -> save(new PendingLogin("ultracart", "state-" + number,
					expiry().minusSeconds(number).minusSeconds(600), expiry(), null)));
		assertThat(this.browser).hasSize(16);
		assertThat(remove("state-16")).isNull();
		assertThat(IntStream.rangeClosed(1, 17).filter((number) -> number != 16))
			.allSatisfy((number) -> assertThat(remove("state-" + number)).isNotNull());
	}

	@Test // D10
	void savePendingLoginWhenManyTabsHaveStartedAtOnceThenDownToSixteen() {
		List<MockCookie> cookies = new ArrayList<>();
		for (int i = 0; i < 24; i++) {
			this.browser.clear();
			cookies.add(save(new PendingLogin("ultracart", "state-" + i, expiry().plusSeconds(i).minusSeconds(600),
					expiry().plusSeconds(i), null)));
		}
		this.browser.clear();
		cookies.forEach(this::receive);
		save("newest");
		assertThat(this.browser).hasSize(16);
	}

	@Test
	void savePendingLoginWhenSomeCannotBeDecryptedThenTheyEvictNoLogin() {
		save("state");
		IntStream.range(0, 10).forEach((number) -> plant("planted-" + number, "unreadable"));
		save("another");
		assertThat(this.browser).hasSize(12);
		assertThat(remove("state")).isNotNull();
		assertThat(remove("another")).isNotNull();
	}

	@Test
	void savePendingLoginWhenManyForgedCookiesThenFewAreOpened() {
		IntStream.range(0, 500).forEach((number) -> plant("planted-" + number, "unreadable"));
		save("state");
		assertThat(this.sealer.opened()).isPositive().isLessThanOrEqualTo(32);
	}

	@Test
	void removePendingLoginWhenManyForgedCookiesOfTheNameThenFewAreOpened() {
		String name = save("state").getName();
		MockHttpServletRequest request = request();
		request.setCookies(
				IntStream.range(0, 500).mapToObj((number) -> new Cookie(name, "unreadable")).toArray(Cookie[]::new));
		assertThat(this.repository.removePendingLogin("state", request, new MockHttpServletResponse())).isNull();
		assertThat(this.sealer.opened()).isPositive().isLessThanOrEqualTo(32);
	}

	@Test
	void removePendingLoginWhenOverlongThenNotOpened() {
		MockCookie cookie = save("state");
		this.browser.put(cookie.getName(), new Cookie(cookie.getName(), cookie.getValue() + "A".repeat(5000)));
		assertThat(remove("state")).isNull();
		assertThat(this.sealer.opened()).isZero();
	}

	@Test
	void savePendingLoginWhenTargetIsLongThenRememberedByThisInstanceOnly() {
		PendingLogin login = new PendingLogin("ultracart", "state", expiry().minusSeconds(600), expiry(),
				new ReturnTarget("/items?q=" + "x".repeat(400), TestSsoSessions.NOW, true));
		MockCookie cookie = save(login);
		assertThat(cookie.getName().length() + Objects.requireNonNull(cookie.getValue()).length()).isLessThan(300);
		CookiePendingLoginRepository other = new CookiePendingLoginRepository(this.sealer);
		assertThat(other.removePendingLogin("state", request(), new MockHttpServletResponse()))
			.isEqualTo(login.withTarget(null));
		assertThat(remove("state")).isEqualTo(login);
	}

	@Test // D10
	void savePendingLoginWhenADozenTabsStartAtOnceThenServersAcceptTheCookies() {
		int length = 0;
		for (int i = 10; i < 22; i++) {
			MockCookie cookie = save(new PendingLogin("ultracart", "s".repeat(41) + i, expiry().minusSeconds(600),
					expiry(), new ReturnTarget("/items?q=" + "x".repeat(i * 20), TestSsoSessions.NOW, false)));
			length += cookie.getName().length() + Objects.requireNonNull(cookie.getValue()).length() + 3;
			this.browser.clear();
		}
		assertThat(length).isLessThan(6000);
	}

	@Test
	void savePendingLoginWhenLongestTargetThatAnApplicationSealsThenKept() {
		PendingLogin login = new PendingLogin("ultracart", "state", expiry().minusSeconds(600), expiry(),
				new ReturnTarget("/" + "x".repeat(2047), Instant.EPOCH, false));
		save(login);
		assertThat(remove("state")).isEqualTo(login);
	}

	@Test // D10
	void savePendingLoginWhenADozenTabsHaveTargetsThenAllFit() {
		List<PendingLogin> logins = IntStream.range(10, 22)
			.mapToObj((number) -> new PendingLogin("ultracart", "s".repeat(41) + number,
					expiry().minusSeconds(600).plusMillis(number), expiry(),
					new ReturnTarget("/orders/" + "x".repeat(90) + number, Instant.EPOCH, false)))
			.toList();
		logins.forEach(this::save);
		assertThat(logins).allSatisfy((login) -> assertThat(remove(login.state())).isEqualTo(login));
	}

	@Test
	void removePendingLoginWhenTooManyThenTheOldestMakeRoom() {
		List<MockCookie> cookies = new ArrayList<>();
		for (int i = 0; i < 24; i++) {
			this.browser.clear();
			cookies.add(save(new PendingLogin("ultracart", "state-" + i, expiry().plusSeconds(i).minusSeconds(600),
					expiry(), null)));
		}
		this.browser.clear();
		cookies.forEach(this::receive);
		assertThat(remove("state-20")).isNotNull();
		assertThat(this.browser).hasSizeLessThanOrEqualTo(16);
		assertThat(remove("state-23")).isNotNull();
	}

	@Test // D10
	void savePendingLoginWhenManyTabsHaveLongTargetsThenServersAcceptTheCookies() {
		IntStream.range(0, 30)
			.forEach((number) -> save(new PendingLogin("ultracart", "state-" + number,
					expiry().plusSeconds(number).minusSeconds(600), expiry().plusSeconds(number),
					new ReturnTarget("/" + "x".repeat(1500), Instant.EPOCH, false))));
		assertThat(this.browser).hasSize(16);
		assertThat(this.browser.values()
			.stream()
			.mapToInt((cookie) -> cookie.getName().length() + cookie.getValue().length() + 3)
			.sum()).isLessThan(4500);
		assertThat(remove("state-29")).isNotNull();
	}

	@Test
	void savePendingLoginWhenOldestIsEvictedThenTheTargetFits() {
		save(new PendingLogin("ultracart", "oldest", expiry().minusSeconds(1).minusSeconds(600),
				expiry().minusSeconds(1), new ReturnTarget("/" + "x".repeat(400), Instant.EPOCH, false)));
		IntStream.range(0, 15).forEach((number) -> save("state-" + number));
		PendingLogin newest = new PendingLogin("ultracart", "newest", expiry().minusSeconds(600), expiry(),
				new ReturnTarget("/" + "x".repeat(400), Instant.EPOCH, false));
		save(newest);
		assertThat(remove("newest")).isEqualTo(newest);
		assertThat(remove("oldest")).isNull();
	}

	@Test
	void removePendingLoginWhenApplicationHasOtherCookiesThenTheyStay() {
		this.browser.put("__Host-cart", new Cookie("__Host-cart", "3"));
		save("state");
		remove("state");
		assertThat(this.browser).containsOnlyKeys("__Host-cart");
		assertThat(this.sealer.opened()).isEqualTo(1);
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSettersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CookiePendingLoginRepository(null))
			.withMessage("sealer cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.repository.setClock(null))
			.withMessage("clock cannot be null");
	}

	private MockCookie save(String state) {
		return save(login(state));
	}

	/**
	 * Saves the login, the newest cookie of the response being its own.
	 */
	private MockCookie save(PendingLogin login) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.repository.savePendingLogin(login, request(), response);
		List<MockCookie> cookies = setCookies(response);
		cookies.forEach(this::receive);
		return cookies.get(cookies.size() - 1);
	}

	private @Nullable PendingLogin remove(String state) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		PendingLogin login = this.repository.removePendingLogin(state, request(), response);
		setCookies(response).forEach(this::receive);
		return login;
	}

	private void receive(Cookie cookie) {
		if (cookie.getMaxAge() == 0) {
			this.browser.remove(cookie.getName());
		}
		else {
			this.browser.put(cookie.getName(), cookie);
		}
	}

	private void plant(String suffix, String value) {
		String name = "__Host-ultracart-login-" + suffix;
		this.browser.put(name, new Cookie(name, value));
	}

	private MockHttpServletRequest request() {
		MockHttpServletRequest request = TestRequests.navigation("/");
		request.setScheme(this.scheme);
		request.setSecure(this.scheme.equals("https"));
		request.setServerName(this.host);
		request.setCookies(this.browser.values().toArray(Cookie[]::new));
		return request;
	}

	private static List<MockCookie> setCookies(MockHttpServletResponse response) {
		return response.getHeaders("Set-Cookie").stream().map(MockCookie::parse).toList();
	}

	private static void assertHostOnly(MockCookie cookie) {
		assertThat(cookie.getPath()).isEqualTo("/");
		assertThat(cookie.getDomain()).isNull();
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSameSite()).isEqualTo("Lax");
	}

	private PendingLogin login(String state) {
		return new PendingLogin("ultracart", state, expiry().minusSeconds(600), expiry(),
				new ReturnTarget("/items", Instant.EPOCH, false));
	}

	private static Instant expiry() {
		return TestSsoSessions.NOW.plusSeconds(600);
	}

}
