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

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application without server sessions for logins that are under way. What holds
 * wherever they are kept is in {@link LoginTests}.
 */
class StatelessStartTests {

	private static final String ORIGIN = "https://app.example.com";

	@RegisterExtension
	final TestApplication application = new TestApplication();

	@RegisterExtension
	final TestApplication otherInstance = new TestApplication();

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final EncryptionKeys keys = EncryptionKeys.random();

	@Test // D9
	void startThenNoSessionUntilTheLoginSucceeds() {
		Browser browser = start(this.application, this.keys);
		String state = startLogin(browser, "/items");
		assertThat(browser.session()).isNull();
		assertThat(Browser.location(browser.callback(state, "code"))).isEqualTo("/items");
		assertThat(browser.session()).isNotNull();
		assertThat(pendingLogins(browser)).isEmpty();
	}

	@ParameterizedTest // D9
	@CsvSource({ "?state=%s, invalid_response", "?state=bogus&code=code, unknown_state",
			"?state=%s&error=access_denied, denied", "?state=%s&code=code, unavailable" })
	void callbackWhenLoginFailsThenNoSession(String query, String error) {
		this.client.onExchange((code) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.SERVER_ERROR);
		});
		Browser browser = start(this.application, this.keys);
		String state = startLogin(browser, "/items");
		MockHttpServletResponse refused = browser.navigate("/login/ultracart" + query.formatted(state));
		assertThat(Browser.location(refused)).isEqualTo("/login?error=" + error);
		browser.navigate(Browser.location(refused));
		assertThat(browser.session()).isNull();
	}

	@Test
	void startWhenHttpsThenCookieThatNobodyElseCanSet() {
		Browser browser = start(this.application, this.keys);
		String start = Browser.location(browser.navigate(ORIGIN + "/items?page=2"));
		MockHttpServletResponse started = browser.navigate(ORIGIN + start);
		assertThat(started.getHeaders("Set-Cookie")).singleElement()
			.asString()
			.startsWith("__Host-ultracart-login-")
			.contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=1200")
			.doesNotContain("Domain", lastState());
		assertThat(Browser.location(browser.navigate(ORIGIN + browser.callbackUrl(lastState(), "code"))))
			.isEqualTo("/items?page=2");
		assertThat(pendingLogins(browser)).isEmpty();
	}

	@Test // A9
	void callbackWhenCookieWasPlantedOverPlainHttpThenUnknown() {
		Browser attacker = start(this.application, this.keys);
		String attackersState = startLogin(attacker, "/items");
		Browser victim = this.application.newBrowser();
		victim.addCookies(attacker.cookies());
		assertThat(Browser.location(victim.navigate(ORIGIN + victim.callbackUrl(attackersState, "attackers-code"))))
			.isEqualTo("/login?error=unknown_state");
		assertThat(this.client.exchanged()).isEmpty();
	}

	@Test // A3, A10
	void callbackWhenCookieWasCopiedBeforeItsUseThenRefusedAfterwards() {
		Browser browser = start(this.application, this.keys);
		String state = startLogin(browser, "/items");
		Browser thief = this.application.newBrowser();
		thief.addCookies(browser.cookies());
		browser.callback(state, "code");
		assertThat(Browser.location(thief.callback(state, "code"))).isEqualTo("/login?error=unknown_state");
		assertThat(thief.session()).isNull();
		assertThat(this.client.exchanged()).containsExactly("code");
	}

	@Test // A5
	void callbackWhenTooLateThenExpired() {
		Browser browser = start(this.application, this.keys);
		String state = startLogin(browser, "/items");
		this.application.clock().advance(Duration.ofMinutes(10));
		assertThat(Browser.location(browser.callback(state, "code"))).isEqualTo("/login?error=expired");
		assertThat(this.client.exchanged()).isEmpty();
	}

	@Test // A5
	void callbackWhenMuchTooLateThenCookieIsGone() {
		Browser browser = start(this.application, this.keys);
		String state = startLogin(browser, "/items");
		this.application.clock().advance(Duration.ofMinutes(20));
		assertThat(pendingLogins(browser)).isEmpty();
		assertThat(Browser.location(browser.callback(state, "code"))).isEqualTo("/login?error=unknown_state");
		assertThat(this.client.exchanged()).isEmpty();
	}

	@Test
	void callbackWhenOnAnotherInstanceWithTheSameKeysThenCompleted() {
		Browser browser = start(this.application, this.keys);
		String state = startLogin(browser, "/items");
		Browser elsewhere = start(this.otherInstance, this.keys);
		elsewhere.addCookies(browser.cookies());
		assertThat(Browser.location(elsewhere.callback(state, "code"))).isEqualTo("/items");
		assertThat(pendingLogins(elsewhere)).isEmpty();
	}

	@Test
	void callbackWhenOnAnotherInstanceWithOtherKeysThenUnknown() {
		Browser browser = start(this.application, this.keys);
		String state = startLogin(browser, "/items");
		Browser elsewhere = start(this.otherInstance, EncryptionKeys.random());
		elsewhere.addCookies(browser.cookies());
		assertThat(Browser.location(elsewhere.callback(state, "code"))).isEqualTo("/login?error=unknown_state");
		assertThat(this.client.exchanged()).isEmpty();
	}

	@Test // D10
	void startWhenManyTabsThenCookiesAreBounded() {
		Browser browser = start(this.application, this.keys);
		List<String> states = Arrays.asList(new String[30]);
		states.replaceAll((unused) -> startLogin(browser, "/items"));
		assertThat(pendingLogins(browser)).hasSize(16);
		assertThat(Browser.location(browser.callback(states.get(29), "code"))).isEqualTo("/items");
	}

	private Browser start(TestApplication application, EncryptionKeys keys) {
		application.withBean("settings", TestSettings.redirectHosts("app.example.com"));
		return application.withClient(this.client)
			.withPendingLoginsIn(PendingLoginStore.COOKIE, keys)
			.start(DefaultChain.class);
	}

	private String startLogin(Browser browser, String protectedUrl) {
		browser.navigate(Browser.location(browser.navigate(protectedUrl)));
		return lastState();
	}

	private static List<Cookie> pendingLogins(Browser browser) {
		return Arrays.stream(browser.cookies())
			.filter((cookie) -> cookie.getName().contains("ultracart-login-"))
			.toList();
	}

	private String lastState() {
		return this.client.authorized().get(this.client.authorized().size() - 1).state();
	}

}
