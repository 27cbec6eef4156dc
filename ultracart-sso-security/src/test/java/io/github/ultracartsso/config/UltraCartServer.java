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

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.http.RestClientUltraCartSsoClient;
import io.github.ultracartsso.client.http.UltraCartHttpClientCustomizer;
import io.github.ultracartsso.client.http.UltraCartHttpSettings;
import io.github.ultracartsso.client.traffic.CallGate;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

/**
 * UltraCart behind a real socket. It lets everybody in: the key for a code is
 * {@code key-of-<code>}, and the user of a key is Jane, unless another was
 * {@linkplain #addUser added} for the code.
 */
final class UltraCartServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	static final String APPLICATION_KEY = "key-of-the-application";

	private static final String KEY_HEADER = "X-UltraCart-Simple-Key";

	private final WireMockServer server = new WireMockServer(options().dynamicPort().globalTemplating(true));

	@Override
	public void beforeAll(ExtensionContext context) {
		this.server.start();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.server.stop();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.server.resetAll();
		answer(Operation.AUTHORIZE, okJson("""
				{"login_url": "https://secure.ultracart.com/sso/login?opid={{jsonPath request.body '$.state'}}",
				 "expiration_dts": "2026-11-21T12:00:00-05:00"}"""));
		answer(Operation.TOKEN, okJson("""
				{"simple_key": "key-of-{{jsonPath request.body '$.code'}}",
				 "expiration_dts": "2026-11-21T12:00:00-05:00", "ip_address": "203.0.113.7"}"""));
		answer(Operation.USER, okJson(user(42, "Jane!ops")));
		answer(Operation.REVOKE, aResponse().withStatus(204));
	}

	private static String user(int userId, String login) {
		return """
				{"user_id": %d, "login": "%s", "full_name": "Jane Doe", "email": "jane@example.com",
				 "permissions": [{"permission_Name": "View Items", "selected": true},
				                 {"permission_Name": "Edit Items", "selected": false}],
				 "groups": [{"group_oid": 1, "name": "Warehouse", "member": true}]}""".formatted(userId, login);
	}

	void addUser(String code, int userId, String login) {
		this.server.stubFor(get(urlEqualTo(Operation.USER.path)).withHeader(KEY_HEADER, equalTo("key-of-" + code))
			.willReturn(okJson(user(userId, login))));
	}

	void answer(Operation operation, ResponseDefinitionBuilder answer) {
		this.server.stubFor(request(operation.method, urlEqualTo(operation.path)).willReturn(answer));
	}

	/**
	 * Gives the answers one after the other, and the last of them from then on.
	 */
	void answerInTurn(Operation operation, ResponseDefinitionBuilder... answers) {
		String turns = operation + " in turn";
		String state = Scenario.STARTED;
		for (int i = 0; i < answers.length; i++) {
			String next = "after " + i;
			this.server.stubFor(request(operation.method, urlEqualTo(operation.path)).inScenario(turns)
				.whenScenarioStateIs(state)
				.willSetStateTo((i < answers.length - 1) ? next : state)
				.willReturn(answers[i]));
			state = next;
		}
	}

	void fail(Operation operation, int status) {
		answer(operation,
				aResponse().withStatus(status)
					.withHeader("Content-Type", "application/json")
					.withBody("{\"error\": {\"developer_message\": \"UltraCart says <b>no</b>\"}}"));
	}

	/**
	 * Returns a client of this server that repeats nothing.
	 */
	UltraCartSsoClient client() {
		return client(Clock.systemUTC());
	}

	/**
	 * Returns a client of this server that repeats nothing and goes by the clock.
	 */
	UltraCartSsoClient client(Clock clock) {
		CallGate gate = new CallGate(1, Duration.ofSeconds(5));
		gate.setClock(clock);
		return client(gate);
	}

	/**
	 * Returns a client of this server that repeats nothing and whose calls pass a gate.
	 */
	UltraCartSsoClient client(CallGate gate) {
		HttpClientBuilder httpClient = HttpClientBuilder.create();
		new UltraCartHttpClientCustomizer().accept(httpClient);
		HttpComponentsClientHttpRequestFactory requestFactory = new HttpComponentsClientHttpRequestFactory(
				httpClient.build());
		requestFactory.setReadTimeout(Duration.ofSeconds(5));
		return new RestClientUltraCartSsoClient(RestClient.builder().requestFactory(requestFactory),
				URI.create(this.server.baseUrl() + "/rest/v2"), new SimpleKeyCredential(SimpleKey.of(APPLICATION_KEY)),
				UltraCartHttpSettings.defaults().withCallGate(gate).withMaxRetries(0));
	}

	/**
	 * Returns what was called, in the order of the calls.
	 */
	List<Operation> calls() {
		return requests().stream().map(Operation::of).toList();
	}

	/**
	 * Returns the keys that were revoked.
	 */
	List<String> revokedKeys() {
		return requests().stream()
			.filter((request) -> Operation.of(request) == Operation.REVOKE)
			.map((request) -> request.getHeader(KEY_HEADER))
			.toList();
	}

	/**
	 * Returns what UltraCart was asked to send the browser back to last.
	 */
	String redirectUri() {
		List<String> redirectUris = asked("redirect_uri");
		return redirectUris.get(redirectUris.size() - 1);
	}

	/**
	 * Returns the states of the logins that were started.
	 */
	List<String> states() {
		return asked("state");
	}

	private List<String> asked(String member) {
		return requests().stream()
			.filter((request) -> Operation.of(request) == Operation.AUTHORIZE)
			.map((request) -> new JsonMapper().readTree(request.getBodyAsString()).path(member).asString())
			.toList();
	}

	private List<LoggedRequest> requests() {
		return this.server.findAll(anyRequestedFor(anyUrl()))
			.stream()
			.sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
			.toList();
	}

	enum Operation {

		AUTHORIZE("PUT", "/rest/v2/sso/authorize"),

		TOKEN("PUT", "/rest/v2/sso/token"),

		USER("GET", "/rest/v2/sso/session/user"),

		REVOKE("DELETE", "/rest/v2/sso/session/revoke");

		private final String method;

		private final String path;

		Operation(String method, String path) {
			this.method = method;
			this.path = path;
		}

		private static Operation of(LoggedRequest request) {
			return Arrays.stream(values())
				.filter((operation) -> operation.path.equals(request.getUrl()))
				.findFirst()
				.orElseThrow();
		}

	}

}
