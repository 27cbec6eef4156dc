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

package io.github.ultracartsso.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls a simulator over HTTP, as an application and as a browser.
 */
public final class TestClient {

	public static final String REDIRECT_URI = "https://app.example.com/login/ultracart";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newHttpClient();

	private final UltraCartSimulator simulator;

	public TestClient(UltraCartSimulator simulator) {
		this.simulator = simulator;
	}

	public HttpResponse<String> authorize() {
		return authorize(REDIRECT_URI, "some-state");
	}

	public HttpResponse<String> authorize(@Nullable String redirectUri, @Nullable String state) {
		ObjectNode body = JSON.createObjectNode();
		if (redirectUri != null) {
			body.put("redirect_uri", redirectUri);
		}
		if (state != null) {
			body.put("state", state);
		}
		return send(applicationCall("/sso/authorize", body.toString()));
	}

	public HttpRequest.Builder authorizeCall() {
		return applicationCall("/sso/authorize",
				JSON.createObjectNode().put("redirect_uri", REDIRECT_URI).put("state", "some-state").toString());
	}

	public HttpResponse<String> token(String code) {
		return send(tokenCall(code));
	}

	public HttpRequest.Builder tokenCall(String code) {
		return applicationCall("/sso/token",
				JSON.createObjectNode().put("code", code).put("grant_type", "simple_key").toString());
	}

	public HttpResponse<String> user(String key) {
		return send(call("/sso/session/user", key).GET());
	}

	public HttpResponse<String> revoke(String key) {
		return send(call("/sso/session/revoke", key).DELETE());
	}

	public HttpRequest.Builder applicationCall(String path, String body) {
		return call(path, this.simulator.applicationKey()).header("Content-Type", "application/json; charset=UTF-8")
			.PUT(BodyPublishers.ofString(body));
	}

	public HttpRequest.Builder call(String path, @Nullable String key) {
		HttpRequest.Builder request = request(path).header("X-UltraCart-Api-Version", "2017-03-01");
		return (key != null) ? request.header("x-ultracart-simple-key", key) : request;
	}

	public HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.simulator.baseUrl() + path))
			.timeout(Duration.ofSeconds(20))
			.header("Accept", "application/json");
	}

	public HttpResponse<String> open(URI page) {
		return send(HttpRequest.newBuilder(page).GET());
	}

	public HttpResponse<String> submit(URI page, String form) {
		return send(HttpRequest.newBuilder(page)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form)));
	}

	public HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return exchange(request);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The simulator did not answer", ex);
		}
	}

	public HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
		return exchange(request, BodyHandlers.ofString());
	}

	/**
	 * Sends a request whose response is read while it arrives.
	 */
	public InputStream openStream(HttpRequest.Builder request) throws IOException {
		return exchange(request, BodyHandlers.ofInputStream()).body();
	}

	private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler) throws IOException {
		try {
			return this.http.send(request.build(), handler);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Starts a login.
	 * @return the login URL
	 */
	public URI startLogin() {
		return loginUrl(authorize());
	}

	/**
	 * Signs a user in.
	 * @return the key of the SSO session
	 */
	public String signIn(String login) {
		return json(token(code(login))).path("simple_key").stringValue();
	}

	/**
	 * Has a user approve a login.
	 * @return the code
	 */
	public String code(String login) {
		return parameter(this.simulator.approve(startLogin(), login), "code");
	}

	public static URI loginUrl(HttpResponse<String> authorized) {
		return URI.create(json(authorized).path("login_url").stringValue());
	}

	public static URI location(HttpResponse<String> response) {
		return URI.create(response.headers().firstValue("Location").orElseThrow());
	}

	public static String parameter(URI uri, String name) {
		String value = UriComponentsBuilder.fromUri(uri).build().getQueryParams().getFirst(name);
		return (value != null) ? value : "";
	}

	public static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

	/**
	 * Asserts that a call got an error in UltraCart's form.
	 */
	public static void assertRefused(HttpResponse<String> response, int status, String message) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().allValues("UC-REST-ERROR")).containsExactly(message);
		assertThat(response.headers().allValues("Connection")).containsExactly("close");
		assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json; charset=UTF-8");
		assertThat(response.headers().firstValue("X-UltraCart-Request-Id").orElse("")).isNotEmpty();
		assertThat(json(response).path("error").path("developer_message").stringValue()).isEqualTo(message);
	}

}
