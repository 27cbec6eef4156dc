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
import java.util.Arrays;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestSecrets;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.mock.http.client.MockClientHttpRequest;

/**
 * A call that an application makes for a user.
 */
public final class TestUserCall {

	public static final String PATH = "/rest/v2/item/items";

	/**
	 * The call as it stands in logs and exceptions.
	 */
	public static final String NAME = "GET " + PATH;

	public static final String ANSWER = "{\"items\": [], \"success\": true}";

	private static final byte[] NO_BODY = new byte[0];

	private TestUserCall() {
	}

	/**
	 * Makes the call.
	 */
	public static UltraCartApiResponse make(UltraCartApiTransport transport) {
		return send(transport, request(transport));
	}

	public static UltraCartApiResponse send(UltraCartApiTransport transport, HttpRequest request) {
		return transport.send(request, NO_BODY, TestSecrets.USER_KEY);
	}

	public static MockClientHttpRequest request(UltraCartApiTransport transport) {
		return request(HttpMethod.GET, transport, "/item/items");
	}

	public static MockClientHttpRequest request(HttpMethod method, UltraCartApiTransport transport, String path) {
		return request(method, URI.create(transport.baseUrl() + path));
	}

	/**
	 * Returns a request with the given headers, each of which is a name and a value.
	 */
	public static MockClientHttpRequest request(HttpMethod method, URI url, String... headers) {
		MockClientHttpRequest request = new MockClientHttpRequest(method, url);
		Arrays.stream(headers)
			.map((header) -> header.split(": ", 2))
			.forEach((header) -> request.getHeaders().add(header[0], header[1]));
		return request;
	}

	public static void answer(WireMockExtension server, ResponseDefinitionBuilder answer) {
		server.stubFor(WireMock.any(WireMock.urlPathEqualTo(PATH)).willReturn(answer));
	}

	public static void answer(WireMockExtension server, int status, String body) {
		answer(server,
				WireMock.aResponse()
					.withStatus(status)
					.withHeader("Content-Type", "application/json; charset=UTF-8")
					.withHeader("X-UltraCart-Request-Id", TestAnswers.REQUEST_ID)
					.withBody(body));
	}

	public static void answer(WireMockExtension server, int status) {
		answer(server, status, (status / 100 == 2) ? ANSWER : TestAnswers.error("not well"));
	}

}
