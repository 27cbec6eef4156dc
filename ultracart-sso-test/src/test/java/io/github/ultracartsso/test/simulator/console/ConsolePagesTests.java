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

package io.github.ultracartsso.test.simulator.console;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;

import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsolePages}.
 */
class ConsolePagesTests {

	private final UltraCartSimulator simulator = UltraCartSimulator.start()
		.addUser(SimulatedUser.withLogin("Jane!ops").fullName("Jane Example").permission("View Items").build());

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void consoleWhenCallsThenListedWithTheirCallersAndWithoutKeys() {
		String key = this.client.signIn("Jane!ops");
		this.client.user(key);
		this.client.user("a-key-that-is-not-known");
		String page = page();
		assertThat(page)
			.contains("PUT /sso/authorize", "Application", "GET /sso/session/user", "Jane!ops (session 1)",
					"Unknown credential", "127.0.0.1")
			.doesNotContain(key, this.simulator.applicationKey(), "a-key-that-is-not-known");
	}

	@Test
	void consoleWhenOpenedThenStrictHeaders() {
		HttpResponse<String> response = this.client.open(console());
		assertThat(response.headers().firstValue("Content-Security-Policy"))
			.hasValue("default-src 'none'; style-src 'sha256-" + sha256(between(response.body(), "<style>", "</style>"))
					+ "'; script-src 'sha256-" + sha256(between(response.body(), "<script>", "</script>"))
					+ "'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
		assertThat(response.body()).doesNotContain("style=", "src=", "<link", "onclick");
	}

	@Test
	void consoleWhenUrlWithoutMerchantThenRedirectsToTheFirst() {
		HttpResponse<String> response = this.client.open(this.simulator.consoleUrl());
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(TestClient.location(response)).hasToString("/console/DEMO");
	}

	@Test
	void consoleWhenNamesAreMarkupThenEscaped() {
		String hostile = "\"><script>alert('&')</script>";
		this.simulator.addUser(SimulatedUser.withLogin(hostile)
			.fullName("<b>" + hostile)
			.email("<i>" + hostile)
			.permission("<u>" + hostile)
			.group("</textarea>" + hostile)
			.build());
		this.client.user(this.client.signIn(hostile));
		this.client.send(this.client.call("/%3Cimg%20src=x%3E<img>".replace("<img>", ""), null).GET());
		String page = page();
		assertThat(page).doesNotContain("<script>alert", "<b>\"", "<i>\"", "<u>", "</textarea>\"", "<img")
			.contains("&lt;b&gt;&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;", "&lt;u&gt;",
					"&lt;/textarea&gt;");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "http://localhost", "http://localhost:1" })
	void submitWhenFromAnotherOriginThenRefused(String origin) {
		String key = this.client.signIn("Jane!ops");
		HttpResponse<String> response = submit(request().header("Origin", origin), "action=end-all-sessions");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
	}

	@Test
	void submitWhenNoOriginThenRefused() {
		assertThat(submit(request(), "action=end-all-sessions").statusCode()).isEqualTo(403);
	}

	@Test
	void getWhenParametersOfAFormThenChangesNothing() {
		String key = this.client.signIn("Jane!ops");
		this.client.open(URI.create(console() + "?action=end-all-sessions"));
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
	}

	@Test
	void submitWhenSessionEndedThenItsKeyAloneIsDead() {
		String first = this.client.signIn("Jane!ops");
		String second = this.client.signIn("Jane!ops");
		HttpResponse<String> response = submit("action=end-session&session=1");
		assertThat(response.statusCode()).isEqualTo(303);
		assertThat(TestClient.location(response)).hasToString("/console/DEMO#sessions");
		assertThat(this.client.user(first).statusCode()).isEqualTo(401);
		assertThat(this.client.user(second).statusCode()).isEqualTo(200);
		assertThat(between(page(), "id=\"sessions-table\"", "</section>")).contains("value=\"2\"")
			.doesNotContain("value=\"1\"");
	}

	@Test
	void submitWhenFaultThenShownAndAppliedUntilOff() {
		submit("action=fault-always&operation=AUTHORIZE&fault=UNAVAILABLE");
		submit("action=fault-next&operation=AUTHORIZE&fault=RATE_LIMITED");
		assertThat(between(page(), "id=\"active-faults\"", "</ul>")).contains("AUTHORIZE",
				"next: 429, wait 30 seconds; every call: 503, not available");
		HttpResponse<String> limited = this.client.authorize();
		assertThat(limited.statusCode()).isEqualTo(429);
		assertThat(limited.headers().firstValue("Retry-After")).hasValue("30");
		assertThat(this.client.authorize().statusCode()).isEqualTo(503);
		submit("action=clear-fault&operation=AUTHORIZE");
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
		assertThat(between(page(), "id=\"active-faults\"", "</ul>")).doesNotContain("AUTHORIZE");
	}

	@Test
	void submitWhenLimitsThenEnforcedUntilNone() {
		submit("action=limits&limits=rate&calls=1&seconds=60&one-at-a-time=on");
		assertThat(between(page(), "id=\"limits\"", "</ul>")).contains("1 calls in 60 seconds", "one call at a time");
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
		assertThat(this.client.authorize().statusCode()).isEqualTo(429);
		submit("action=limits&limits=none");
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void limitsWhenEnforcedThenTheFormShowsThem() {
		assertThat(limitsForm()).contains("value=\"none\" checked").doesNotContain("name=\"one-at-a-time\" checked");
		submit("action=limits&limits=rate&calls=7&seconds=30&one-at-a-time=on");
		assertThat(limitsForm()).contains("value=\"rate\" checked",
				"name=\"calls\" min=\"1\" max=\"999999\" value=\"7\"",
				"name=\"seconds\" min=\"1\" max=\"86400\" value=\"30\"", "name=\"one-at-a-time\" checked");
		assertThat(limitsForm()).doesNotContain("value=\"none\" checked");
		submit("action=limits&limits=ultracart");
		assertThat(limitsForm()).contains("value=\"ultracart\" checked", "name=\"one-at-a-time\" checked");
		this.simulator.enforce(SimulatedLimits.none().oneCallAtATime());
		assertThat(limitsForm()).contains("value=\"none\" checked", "name=\"one-at-a-time\" checked");
	}

	@Test
	void submitWhenOneLimitIsSwitchedOffThenTheOthersStay() {
		this.simulator.enforce(SimulatedLimits.ultraCart());
		submit("action=clear-limit&limit=1000/3600");
		assertThat(between(page(), "id=\"limits\"", "</ul>"))
			.contains("10000 calls in 86400 seconds", "one call at a time")
			.doesNotContain("1000 calls in 3600");
		submit("action=clear-limit&limit=one-at-a-time");
		assertThat(between(page(), "id=\"limits\"", "</ul>")).contains("10000 calls in 86400 seconds")
			.doesNotContain("one call at a time");
		submit("action=clear-limits");
		assertThat(between(page(), "id=\"limits\"", "</ul>")).contains("none").doesNotContain("Off");
	}

	@Test
	void limitsWhenEnforcedThenEachHasAButtonThatSwitchesItOff() {
		this.simulator.enforce(SimulatedLimits.none().rate(5, Duration.ofMinutes(1)).oneCallAtATime());
		assertThat(between(page(), "id=\"limits\"", "</ul>")).contains("name=\"limit\" value=\"5/60\"",
				"name=\"limit\" value=\"one-at-a-time\"");
	}

	private String limitsForm() {
		String section = between(page(), "id=\"limits\"", "</section>");
		return section.substring(section.indexOf("</ul>"));
	}

	@Test
	void submitWhenUserSavedThenPermissionsShownByTheNextCall() {
		String key = this.client.signIn("Jane!ops");
		submit("action=save-user&login=Jane%21ops&full-name=Jane+Doe&email=&permission=Edit+Items"
				+ "&more-permissions=" + encoded("Rare Permission\r\nAnother") + "&groups=Warehouse");
		assertThat(this.simulator.users()).singleElement().satisfies((user) -> {
			assertThat(user.fullName()).isEqualTo("Jane Doe");
			assertThat(user.permissions()).containsExactly("Edit Items", "Rare Permission", "Another");
			assertThat(user.groups()).containsExactly("Warehouse");
		});
		assertThat(TestClient.json(this.client.user(key)).path("full_name").stringValue()).isEqualTo("Jane Doe");
	}

	@Test
	void submitWhenUserAddedOrRemovedThenOnTheLoginPageOrNot() {
		submit("action=save-user&login=new&full-name=New+One&email=new%40merchant.example&groups=");
		assertThat(this.client.open(this.client.startLogin()).body()).contains("New One");
		submit("action=remove-user&login=new");
		assertThat(this.client.open(this.client.startLogin()).body()).doesNotContain("New One");
	}

	@Test
	void submitWhenClockMovedThenKeysExpire() {
		String key = this.client.signIn("Jane!ops");
		submit("action=move-clock&minutes=" + (24 * 60));
		assertThat(this.client.user(key).statusCode()).isEqualTo(401);
		assertThat(between(page(), "id=\"time\"", "</p>")).contains("1440 minutes ahead");
		submit("action=reset-clock");
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
	}

	@Test
	void submitWhenAlternativesThenShownAndListed() {
		submit("action=alternatives&alternative=REVOKED_WITH_BODY&alternative=UNAUTHORIZED_CODE");
		assertThat(this.client.revoke(this.client.signIn("Jane!ops")).statusCode()).isEqualTo(200);
		assertThat(page()).contains("value=\"REVOKED_WITH_BODY\" checked", "value=\"SILENT_CANCEL\">");
		for (SimulatedAlternative alternative : SimulatedAlternative.values()) {
			assertThat(page()).contains(alternative.description().replace("'", "&#39;"));
		}
		submit("action=alternatives");
		assertThat(this.client.revoke(this.client.signIn("Jane!ops")).statusCode()).isEqualTo(204);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "action=unknown", "action=end-session", "action=end-session&session=x",
			"action=fault-next&operation=AUTHORIZE&fault=unknown", "action=limits&limits=rate&calls=0&seconds=1",
			"action=move-clock&minutes=-5", "action=save-user&login=", "action=remove-user&login=nobody",
			"action=alternatives&alternative=unknown" })
	void submitWhenFormNotValidThenBadRequest(String form) {
		HttpResponse<String> response = submit(form);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("This cannot be done", "href=\"/console/DEMO\"");
	}

	@Test
	void merchantsWhenSeveralThenEachHasItsPage() {
		UltraCartSimulator other = this.simulator.addMerchant(UltraCartSimulator.builder().merchantId("ACME"));
		assertThat(page()).contains("<a href=\"/console/ACME\">ACME</a>");
		submit(request("/console/ACME").header("Origin", origin()),
				"action=save-user&login=acme-user&full-name=&email=&groups=");
		assertThat(other.users()).extracting(SimulatedUser::login).containsExactly("acme-user");
		assertThat(this.simulator.users()).hasSize(1);
	}

	@Test
	void consoleWhenMerchantUnknownThenNotFound() {
		assertThat(this.client.open(this.simulator.consoleUrl().resolve("/console/OTHER")).statusCode()).isEqualTo(404);
	}

	@Test
	void consoleWhenPutThenMethodNotAllowed() {
		assertThat(this.client.send(request().PUT(BodyPublishers.noBody())).statusCode()).isEqualTo(405);
	}

	private String page() {
		return this.client.open(console()).body();
	}

	private URI console() {
		return this.simulator.consoleUrl().resolve("/console/DEMO");
	}

	private String origin() {
		return this.simulator.consoleUrl().resolve("/").toString().replaceFirst("/$", "");
	}

	private HttpResponse<String> submit(String form) {
		return submit(request().header("Origin", origin()), form);
	}

	private HttpResponse<String> submit(HttpRequest.Builder request, String form) {
		return this.client.send(request.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form)));
	}

	private HttpRequest.Builder request() {
		return request("/console/DEMO");
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.simulator.consoleUrl().resolve(path));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
