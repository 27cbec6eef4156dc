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

package io.github.ultracartsso.web.api;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.client.http.UltraCartHttpClientCustomizer;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSsoSessions;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * UltraCart's API behind a real socket, and what calls it for users.
 */
public final class TestUltraCartApi {

	static final String KEY_HEADER = "X-UltraCart-Simple-Key";

	static final String VERSION_HEADER = "X-UltraCart-Api-Version";

	private TestUltraCartApi() {
	}

	/**
	 * Returns a server that is not started yet.
	 */
	public static WireMockExtension server() {
		return WireMockExtension.newInstance()
			.options(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1").globalTemplating(true))
			.build();
	}

	static String baseUrl(WireMockExtension server) {
		return "http://127.0.0.1:" + server.getPort() + "/rest/v2";
	}

	/**
	 * Returns what makes calls to the server, put together as in an application.
	 */
	public static UltraCartApiTransport transport(WireMockExtension server) {
		return transport(requestFactory(), server);
	}

	static UltraCartApiTransport transport(ClientHttpRequestFactory requestFactory, WireMockExtension server) {
		return new UltraCartApiTransport(requestFactory, URI.create(baseUrl(server)));
	}

	static ClientHttpRequestFactory requestFactory() {
		HttpClientBuilder httpClient = HttpClientBuilder.create();
		new UltraCartHttpClientCustomizer().accept(httpClient);
		HttpComponentsClientHttpRequestFactory requestFactory = new HttpComponentsClientHttpRequestFactory(
				httpClient.build());
		requestFactory.setReadTimeout(Duration.ofSeconds(5));
		return requestFactory;
	}

	/**
	 * Returns SSO sessions in a time that stands still.
	 */
	static SsoSessions ssoSessions() {
		SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);
		ssoSessions.setClock(new TestClock(TestSsoSessions.NOW));
		return ssoSessions;
	}

	/**
	 * Returns a user who has signed in.
	 */
	static Authentication signIn(SsoSessions ssoSessions, int userId, String key) {
		return ssoSessions.bind(
				new UltraCartAuthenticationToken(UltraCartUser.with(userId, "user-" + userId).build(), List.of()),
				TestSsoSessions.builder(key).userId(userId).build());
	}

	/**
	 * Returns an answer that repeats the key wherever it can.
	 */
	public static ResponseDefinitionBuilder echo(int status) {
		String key = "{{request.headers." + KEY_HEADER + "}}";
		return WireMock.aResponse()
			.withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withHeader("X-UltraCart-Request-Id", key)
			.withHeader("X-Key", key)
			.withBody("{\"error\": {\"error_code\": \"%1$s\", \"developer_message\": \"no %1$s\"}}".formatted(key));
	}

	static List<LoggedRequest> requests(WireMockExtension server) {
		return server.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()));
	}

	static LoggedRequest onlyRequest(WireMockExtension server) {
		assertThat(requests(server)).hasSize(1);
		return requests(server).get(0);
	}

	/**
	 * Returns all that can be read off an exception.
	 */
	public static String stackTrace(Throwable ex) {
		StringWriter writer = new StringWriter();
		ex.printStackTrace(new PrintWriter(writer));
		return writer.toString();
	}

}
