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

package io.github.ultracartsso.test.simulator.page;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;

import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginPages}.
 */
class LoginPagesTests {

	private static final String STATE = "a b&c=d/é";

	private static final String ENCODED_STATE = "a%20b%26c%3Dd%2F%C3%A9";

	private final MutableClock clock = new MutableClock("2026-11-21T16:16:50Z");

	private final UltraCartSimulator simulator = UltraCartSimulator.builder()
		.clock(this.clock)
		.start()
		.addUser(SimulatedUser.withLogin("Jane!ops")
			.fullName("Jane Example")
			.permissions("View Items", "A/B")
			.group("Packers")
			.build())
		.addUser(SimulatedUser.withLogin("joe").fullName("Joe Example").build());

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void pageWhenOpenedThenButtonPerUserAndCancel() {
		HttpResponse<String> response = this.client.open(this.client.startLogin());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
		assertThat(response.body()).contains("<title>UltraCart simulator</title>")
			.containsOnlyOnce("<form method=\"post\">")
			.contains(
					"<button type=\"submit\" id=\"login-0\" name=\"login\" value=\"Jane!ops\" data-login=\"Jane!ops\">")
			.contains("<button type=\"submit\" id=\"login-1\" name=\"login\" value=\"joe\" data-login=\"joe\">")
			.contains("<button type=\"submit\" id=\"cancel\" name=\"cancel\"")
			.contains("Jane Example", "View Items · A/B · group Packers", "Joe Example", "No permissions",
					"https://app.example.com");
	}

	@Test
	void pageWhenOpenedThenStrictHeaders() {
		HttpResponse<String> response = this.client.open(this.client.startLogin());
		String style = between(response.body(), "<style>", "</style>");
		assertThat(response.headers().allValues("Content-Security-Policy"))
			.containsExactly("default-src 'none'; style-src 'sha256-" + sha256(style)
					+ "'; form-action 'self' https://app.example.com; frame-ancestors 'none'; base-uri 'none'");
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(response.body()).doesNotContainIgnoringCase("<script", "style=", "src=", "<link");
	}

	@Test
	void pageWhenOpenedTwiceThenLoginStillUsable() {
		URI page = this.client.startLogin();
		this.client.open(page);
		assertThat(this.client.open(page).statusCode()).isEqualTo(200);
		assertThat(this.client.submit(page, "login=joe").statusCode()).isEqualTo(302);
	}

	@Test
	void pageWhenUserIsMarkupThenEscaped() {
		String hostile = "\"><script>'&";
		this.simulator
			.addUser(SimulatedUser.withLogin(hostile).fullName("<b>" + hostile).permission("<i>" + hostile).build());
		URI page = this.client.startLogin();
		String body = this.client.open(page).body();
		assertThat(body).doesNotContain("<script", "<b>", "<i>")
			.contains("value=\"&quot;&gt;&lt;script&gt;&#39;&amp;\"",
					"data-login=\"&quot;&gt;&lt;script&gt;&#39;&amp;\"", "&lt;b&gt;&quot;&gt;&lt;script&gt;",
					"&lt;i&gt;&quot;&gt;&lt;script&gt;");
		HttpResponse<String> response = this.client.submit(page, "login=%22%3E%3Cscript%3E%27%26");
		String code = TestClient.parameter(TestClient.location(response), "code");
		this.client.token(code);
		assertThat(this.simulator.signedInLogins()).containsExactly(hostile);
	}

	@Test
	void pageWhenNoUserThenSaysSo() {
		this.simulator.removeUser("Jane!ops").removeUser("joe");
		HttpResponse<String> response = this.client.open(this.client.startLogin());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("There is no user yet").contains("id=\"cancel\"");
	}

	@Test
	void submitWhenUserChosenThenRedirectsWithCodeAndState() {
		URI page = TestClient.loginUrl(this.client.authorize(TestClient.REDIRECT_URI, STATE));
		HttpResponse<String> response = this.client.submit(page, "login=Jane%21ops");
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		String location = TestClient.location(response).toString();
		assertThat(location)
			.matches("https://app\\.example\\.com/login/ultracart\\?code=[0-9a-f]{32}&state=" + ENCODED_STATE);
		String code = TestClient.parameter(URI.create(location), "code");
		HttpResponse<String> token = this.client.token(code);
		assertThat(token.statusCode()).isEqualTo(200);
		assertThat(TestClient.json(token).path("ip_address").stringValue()).isEqualTo("127.0.0.1");
		assertThat(this.simulator.signedInLogins()).containsExactly("Jane!ops");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example.com/cb?tenant=a%26b", "http://localhost:8080/cb?x" })
	void submitWhenRedirectUriHasQueryThenKept(String redirectUri) {
		URI page = TestClient.loginUrl(this.client.authorize(redirectUri, "s"));
		assertThat(TestClient.location(this.client.submit(page, "login=joe")).toString())
			.startsWith(redirectUri + "&code=")
			.endsWith("&state=s");
	}

	@Test
	void submitWhenForwardedByProxiesThenAddressOfTheBrowser() {
		URI page = this.client.startLogin();
		HttpResponse<String> response = this.client.send(HttpRequest.newBuilder(page)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("X-Forwarded-For", "203.0.113.9, 198.51.100.1")
			.POST(BodyPublishers.ofString("login=joe")));
		String code = TestClient.parameter(TestClient.location(response), "code");
		assertThat(TestClient.json(this.client.token(code)).path("ip_address").stringValue()).isEqualTo("203.0.113.9");
	}

	@Test
	void submitWhenNoStateThenNoneInRedirect() {
		URI page = TestClient.loginUrl(this.client.authorize(TestClient.REDIRECT_URI, null));
		assertThat(TestClient.location(this.client.submit(page, "login=joe")).toString())
			.matches("https://app\\.example\\.com/login/ultracart\\?code=[0-9a-f]{32}");
	}

	@Test
	void submitWhenCancelledThenRedirectsWithAccessDenied() {
		URI page = TestClient.loginUrl(this.client.authorize(TestClient.REDIRECT_URI, STATE));
		HttpResponse<String> response = this.client.submit(page, "cancel=cancel");
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(TestClient.location(response))
			.hasToString(TestClient.REDIRECT_URI + "?error=access_denied&state=" + ENCODED_STATE);
		assertThat(this.client.open(page).statusCode()).isEqualTo(404);
	}

	@Test
	void submitWhenRepeatedThenNotFoundAndFirstCodeValid() {
		URI page = this.client.startLogin();
		URI callback = TestClient.location(this.client.submit(page, "login=joe"));
		assertThat(this.client.submit(page, "login=joe").statusCode()).isEqualTo(404);
		assertThat(this.client.open(page).statusCode()).isEqualTo(404);
		assertThat(this.client.token(TestClient.parameter(callback, "code")).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "login=nobody", "login=", "login=JOE", "", "other=joe" })
	void submitWhenUserUnknownThenBadRequestAndLoginStillUsable(String form) {
		URI page = this.client.startLogin();
		HttpResponse<String> response = this.client.submit(page, form);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("This user is not known");
		assertThat(this.client.submit(page, "login=joe").statusCode()).isEqualTo(302);
	}

	@Test
	void openWhenLoginExpiredThenRedirectsWithInvalidRequest() {
		URI early = this.client.startLogin();
		URI late = TestClient.loginUrl(this.client.authorize(TestClient.REDIRECT_URI, STATE));
		this.clock.advance(Duration.ofMinutes(10).minusSeconds(1));
		assertThat(this.client.open(early).statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofSeconds(1));
		HttpResponse<String> response = this.client.open(late);
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(TestClient.location(response))
			.hasToString(TestClient.REDIRECT_URI + "?error=invalid_request&state=" + ENCODED_STATE);
		assertThat(this.client.open(late).statusCode()).isEqualTo(404);
	}

	@Test
	void submitWhenLoginExpiredMeanwhileThenRedirectsWithInvalidRequest() {
		URI page = this.client.startLogin();
		this.client.open(page);
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(TestClient.location(this.client.submit(page, "login=joe")))
			.hasToString(TestClient.REDIRECT_URI + "?error=invalid_request&state=some-state");
	}

	@Test
	void openWhenLoginExpiredLongAgoThenForgotten() {
		URI page = this.client.startLogin();
		this.clock.advance(Duration.ofMinutes(71));
		this.client.startLogin();
		assertThat(this.client.open(page).statusCode()).isEqualTo(404);
	}

	@Test
	void openWhenTokenUnknownOrMissingThenNotFoundPage() {
		for (String query : new String[] { "?token=unknown", "?token=", "" }) {
			HttpResponse<String> response = this.client
				.open(this.simulator.baseUrl().resolve("/merchant/sso/login.do" + query));
			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
			assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
				.contains("form-action 'none'");
			assertThat(response.body()).contains("This login is not known");
		}
	}

	@Test
	void submitWhenTokenOnlyInFormThenNotFound() {
		URI page = this.client.startLogin();
		URI bare = page.resolve("/merchant/sso/login.do");
		String form = page.getQuery() + "&login=joe";
		assertThat(this.client.submit(bare, form).statusCode()).isEqualTo(404);
	}

	@Test
	void openWhenOtherPathThenNotFoundPage() {
		HttpResponse<String> response = this.client.open(this.simulator.baseUrl().resolve("/favicon.ico"));
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("There is nothing here");
	}

	@Test
	void pageWhenPutThenMethodNotAllowed() {
		URI page = this.client.startLogin();
		HttpResponse<String> response = this.client.send(HttpRequest.newBuilder(page).PUT(BodyPublishers.noBody()));
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST");
	}

	@Test
	void pageWhenUsedThenNotAmongTheCalls() {
		URI page = this.client.startLogin();
		this.client.open(page);
		this.client.submit(page, "login=joe");
		assertThat(this.simulator.calls()).extracting(SimulatedCall::operation)
			.containsExactly(SimulatedOperation.AUTHORIZE);
	}

	private static String between(String text, String start, String end) {
		int from = text.indexOf(start) + start.length();
		return text.substring(from, text.indexOf(end, from));
	}

	private static String sha256(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
