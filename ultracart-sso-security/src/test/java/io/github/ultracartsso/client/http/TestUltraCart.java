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

package io.github.ultracartsso.client.http;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real HTTP server in UltraCart's place, and clients of it that are put together as in
 * an application.
 */
public final class TestUltraCart {

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

	private static final ApplicationCredential CREDENTIAL = new SimpleKeyCredential(TestSecrets.APPLICATION_KEY);

	private TestUltraCart() {
	}

	public static WireMockExtension server() {
		return WireMockExtension.newInstance()
			.options(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"))
			.build();
	}

	public static URI baseUrl(WireMockExtension server) {
		return URI.create("http://127.0.0.1:" + server.getPort() + "/rest/v2");
	}

	/**
	 * Returns settings without retries, so that tests see each request by itself.
	 */
	public static UltraCartHttpSettings settings() {
		return UltraCartHttpSettings.defaults().withMaxRetries(0);
	}

	/**
	 * Returns such settings, at a time.
	 */
	public static UltraCartHttpSettings settingsAt(Instant now) {
		CallGate gate = new CallGate(1, Duration.ofSeconds(5));
		gate.setClock(Clock.fixed(now, ZoneOffset.UTC));
		return settings().withCallGate(gate);
	}

	public static RestClientUltraCartSsoClient client(WireMockExtension server) {
		return client(server, settings());
	}

	public static RestClientUltraCartSsoClient client(URI baseUrl) {
		return client(baseUrl, READ_TIMEOUT, settings());
	}

	public static RestClientUltraCartSsoClient client(WireMockExtension server, UltraCartHttpSettings settings) {
		return client(baseUrl(server), READ_TIMEOUT, settings);
	}

	public static RestClientUltraCartSsoClient client(URI baseUrl, Duration readTimeout,
			UltraCartHttpSettings settings) {
		return client(baseUrl, CREDENTIAL, readTimeout, settings);
	}

	public static RestClientUltraCartSsoClient client(WireMockExtension server, ApplicationCredential credential,
			UltraCartHttpSettings settings) {
		return client(baseUrl(server), credential, READ_TIMEOUT, settings);
	}

	public static RestClientUltraCartSsoClient client(URI baseUrl, ApplicationCredential credential,
			Duration readTimeout, UltraCartHttpSettings settings) {
		return new RestClientUltraCartSsoClient(RestClient.builder()
			.requestFactory(requestFactory(new UltraCartHttpClientCustomizer(settings.timeLimit()), readTimeout)),
				baseUrl, credential, settings);
	}

	public static RestClientUltraCartSsoClient client(URI baseUrl, ClientHttpRequestFactory requestFactory) {
		return client(baseUrl, RestClient.builder().requestFactory(requestFactory), settings());
	}

	public static RestClientUltraCartSsoClient client(URI baseUrl, RestClient.Builder restClientBuilder,
			UltraCartHttpSettings settings) {
		return new RestClientUltraCartSsoClient(restClientBuilder, baseUrl, CREDENTIAL, settings);
	}

	public static RestClientUltraCartSsoClient client(URI baseUrl, Duration readTimeout, Duration callTimeout) {
		return client(baseUrl, readTimeout, settings().withTimeLimit(new CallTimeLimit(callTimeout)));
	}

	public static UltraCartApiTransport transport(URI baseUrl, Duration readTimeout, Duration callTimeout) {
		return transport(baseUrl, readTimeout, settings().withTimeLimit(new CallTimeLimit(callTimeout)));
	}

	public static UltraCartApiTransport transport(WireMockExtension server) {
		return transport(server, settings());
	}

	public static UltraCartApiTransport transport(WireMockExtension server, UltraCartHttpSettings settings) {
		return transport(baseUrl(server), READ_TIMEOUT, settings);
	}

	public static UltraCartApiTransport transport(URI baseUrl) {
		return transport(baseUrl, READ_TIMEOUT, settings());
	}

	public static UltraCartApiTransport transport(URI baseUrl, Duration readTimeout, UltraCartHttpSettings settings) {
		return new UltraCartApiTransport(
				requestFactory(new UltraCartHttpClientCustomizer(settings.timeLimit()), readTimeout), baseUrl,
				settings);
	}

	public static ClientHttpRequestFactory requestFactory(Consumer<HttpClientBuilder> customizer) {
		return requestFactory(customizer, READ_TIMEOUT);
	}

	public static ClientHttpRequestFactory requestFactory(Consumer<HttpClientBuilder> customizer,
			Duration readTimeout) {
		HttpClientBuilder builder = HttpClientBuilder.create()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setDefaultConnectionConfig(ConnectionConfig.custom()
					.setConnectTimeout(Timeout.ofSeconds(2))
					.setSocketTimeout(Timeout.of(readTimeout))
					.setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
					.build())
				.build());
		customizer.accept(builder);
		return new HttpComponentsClientHttpRequestFactory(builder.build());
	}

	public static void answer(WireMockExtension server, TestCall call, ResponseDefinitionBuilder answer) {
		server
			.stubFor(WireMock.request(call.method(), WireMock.urlEqualTo("/rest/v2" + call.path())).willReturn(answer));
	}

	public static void answer(WireMockExtension server, TestCall call, int status, String body) {
		answer(server, call,
				WireMock.aResponse()
					.withStatus(status)
					.withHeader("Content-Type", "application/json; charset=UTF-8")
					.withHeader("X-UltraCart-Request-Id", TestAnswers.REQUEST_ID)
					.withBody(body));
	}

	public static List<LoggedRequest> requests(WireMockExtension server) {
		return server.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()));
	}

	public static LoggedRequest onlyRequest(WireMockExtension server) {
		List<LoggedRequest> requests = requests(server);
		assertThat(requests).hasSize(1);
		return requests.get(0);
	}

}
