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

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.ultracartsso.config.UltraCartServer.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the user sees of each way in which a login can fail.
 */
class LoginErrorTests {

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private Browser browser;

	@BeforeEach
	void start() {
		this.browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
	}

	@Test
	void denied() {
		assertError(callbackWith("error=access_denied"), "denied", 401, "you are not allowed to use this application");
	}

	@Test
	void deniedWhenErrorIsUnknown() {
		assertError(callbackWith("error=temporarily_insane"), "denied", 401, "cancelled");
	}

	@Test
	void expiredWhenUltraCartSaysSo() {
		assertError(callbackWith("error=invalid_request"), "expired", 401, "took too long");
	}

	@Test // A5
	void expiredWhenLoginIsTooOld() {
		String state = this.browser.startLogin("/items");
		this.application.clock().advance(Duration.ofMinutes(10));
		assertError(this.browser.callback(state, "code"), "expired", 401, "took too long");
		assertThat(ultraCart.calls()).doesNotContain(Operation.TOKEN);
	}

	@Test // D4
	void expiredWhenKeyIsOverOnArrival() {
		ultraCart.answer(Operation.TOKEN,
				WireMock.okJson("{\"simple_key\": \"old\", \"expiration_dts\": \"2026-11-21T06:59:59-05:00\"}"));
		assertError(this.browser.signIn("code", "/items"), "expired", 401, "took too long");
		assertThat(ultraCart.revokedKeys()).containsExactly("old");
	}

	@ParameterizedTest // A2
	@ValueSource(strings = { "code=a", "code=a&state=bogus" })
	void unknownState(String query) {
		assertError(this.browser.navigate("/login/ultracart?" + query), "unknown_state", 401,
				"was not started in this browser");
	}

	@ParameterizedTest // A7
	@ValueSource(strings = { "code=a&code=b", "code=", "code=a&error=access_denied", "code=a%00b", "code=a%0d%0ab",
			"error=", "x=y" })
	void invalidResponse(String query) {
		assertError(callbackWith(query), "invalid_response", 401, "could not be understood");
		assertThat(ultraCart.calls()).doesNotContain(Operation.TOKEN);
	}

	@Test // A7
	void invalidResponseWhenCodeIsOverLong() {
		assertError(callbackWith("code=" + "a".repeat(2049)), "invalid_response", 401, "could not be understood");
		assertThat(ultraCart.calls()).doesNotContain(Operation.TOKEN);
	}

	@Test
	void invalidCode() {
		ultraCart.fail(Operation.TOKEN, 400);
		assertError(this.browser.signIn("code", "/items"), "invalid_code", 401, "did not accept this sign-in");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "401 | application_rejected | does not accept this application&#39;s key",
					"410 | application_disabled | has disabled this application", "429 | busy | Too many people",
					"400 | unavailable | cannot be reached", "403 | unavailable | cannot be reached",
					"404 | unavailable | cannot be reached", "500 | unavailable | cannot be reached",
					"503 | unavailable | cannot be reached" })
	void startRefused(int status, String code, String text) {
		ultraCart.fail(Operation.AUTHORIZE, status);
		assertError(this.browser.navigate("/ultracart/authorize"), code, 503, text);
		assertThat(this.browser.session()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "401, application_rejected", "410, application_disabled", "429, busy", "403, unavailable",
			"500, unavailable", "503, unavailable" })
	void exchangeRefused(int status, String code) {
		ultraCart.fail(Operation.TOKEN, status);
		assertError(this.browser.signIn("code", "/items"), code, 503, "");
		assertThat(ultraCart.calls()).containsExactly(Operation.AUTHORIZE, Operation.TOKEN);
	}

	@ParameterizedTest // E8
	@CsvSource({ "401, unavailable", "410, application_disabled", "429, busy", "500, unavailable" })
	void userRefused(int status, String code) {
		ultraCart.fail(Operation.USER, status);
		assertError(this.browser.signIn("code", "/items"), code, 503, "");
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "{\"login_url\": null}", "not json",
			"{\"login_url\": \"https://evil.example/\"}", "{\"login_url\": \"http://secure.ultracart.com/\"}",
			"{\"login_url\": \"/relative\"}" })
	void unavailableWhenAnswerToStartIsNotAsDocumented(String body) {
		ultraCart.answer(Operation.AUTHORIZE, WireMock.okJson(body));
		assertError(this.browser.navigate("/ultracart/authorize"), "unavailable", 503, "cannot be reached");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"simple_key\": null}", "{\"simple_key\": \"\"}", "<html>Bad Gateway</html>" })
	void unavailableWhenAnswerToExchangeIsNotAsDocumented(String body) {
		ultraCart.answer(Operation.TOKEN, WireMock.okJson(body));
		assertError(this.browser.signIn("code", "/items"), "unavailable", 503, "cannot be reached");
	}

	@ParameterizedTest // E8
	@ValueSource(strings = { "", "{}", "{\"user_id\": 42}", "{\"login\": \"Jane!ops\"}",
			"{\"user_id\": 42, \"login\": \" \"}" })
	void unavailableWhenUserIsIncomplete(String body) {
		ultraCart.answer(Operation.USER, WireMock.okJson(body));
		assertError(this.browser.signIn("code", "/items"), "unavailable", 503, "cannot be reached");
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
	}

	@Test
	void unavailableWhenConnectionBreaks() {
		ultraCart.answer(Operation.AUTHORIZE, WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertError(this.browser.navigate("/ultracart/authorize"), "unavailable", 503, "cannot be reached");
	}

	@Test // A3
	void unavailableWhenConnectionBreaksDuringExchangeAndNotRepeated() {
		ultraCart.answer(Operation.TOKEN, WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));
		assertError(this.browser.signIn("code", "/items"), "unavailable", 503, "cannot be reached");
		assertThat(ultraCart.calls()).containsExactly(Operation.AUTHORIZE, Operation.TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense4711", "%3Cscript%3Ealert(4711)%3C/script%3E", "4711%22%20onload=%22", "" })
	void unknownCodeIsNotRepeated(String code) {
		MockHttpServletResponse page = this.browser.navigate("/login?error=" + code);
		assertThat(page.getStatus()).isEqualTo(401);
		assertThat(Browser.body(page)).contains("The sign-in did not succeed. Please try again.")
			.doesNotContain("4711")
			.doesNotContain("<script");
	}

	private MockHttpServletResponse callbackWith(String query) {
		return this.browser.navigate("/login/ultracart?state=" + this.browser.startLogin("/items") + "&" + query);
	}

	private void assertError(MockHttpServletResponse failed, String code, int status, String text) {
		assertThat(failed.getStatus()).isEqualTo(302);
		assertThat(Browser.location(failed)).isEqualTo("/login?error=" + code);
		MockHttpServletResponse page = this.browser.navigate("/login?error=" + code);
		assertThat(page.getStatus()).isEqualTo(status);
		assertThat(page.getHeader("Retry-After")).isEqualTo(code.equals("busy") ? "30" : null);
		assertThat(Browser.body(page)).contains(text)
			.contains("href=\"/ultracart/authorize\"")
			.doesNotContain("UltraCart says");
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(302);
	}

}
