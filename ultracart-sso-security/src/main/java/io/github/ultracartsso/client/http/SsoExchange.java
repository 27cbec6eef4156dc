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

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.github.ultracartsso.client.OAuthTokenCall;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Makes the HTTP requests of single sign-on, one at a time, and reads the responses
 * within bounds.
 */
final class SsoExchange {

	static final String API_VERSION_HEADER = "X-UltraCart-Api-Version";

	private static final MediaType JSON = new MediaType(MediaType.APPLICATION_JSON, StandardCharsets.UTF_8);

	private final JsonMapper jsonMapper = JsonBody.newMapper();

	private final JsonBody jsonBody = new JsonBody(this.jsonMapper);

	private final SingletonSupplier<RestClient> restClient;

	private final CallTimeLimit timeLimit;

	private final UltraCartErrorReader errorReader;

	SsoExchange(RestClient.Builder restClientBuilder, URI baseUrl, UltraCartHttpSettings settings) {
		// built at the first request, because its classes would delay the start
		this.restClient = SingletonSupplier.of(restClientBuilder.clone()
			.baseUrl(baseUrl.toString())
			.defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
			.defaultHeader(API_VERSION_HEADER, settings.apiVersion())::build);
		this.timeLimit = settings.timeLimit();
		this.errorReader = new UltraCartErrorReader(settings.callGate().clock());
	}

	/**
	 * Returns the JSON of a request.
	 */
	String json(Object body) {
		return this.jsonMapper.writeValueAsString(body);
	}

	/**
	 * Makes a request.
	 * @return the response, whatever its status
	 * @throws UltraCartApiException if no response was received or it exceeds the bounds
	 */
	JsonResponse send(SsoRequest sent) {
		try {
			RestClient.RequestBodySpec request = this.restClient.obtain()
				.method(sent.operation().method())
				.uri(sent.operation().path());
			request.headers((headers) -> headers.putAll(sent.credential()));
			if (sent.body() != null) {
				// as bytes, because RestClient logs a body's toString at DEBUG
				request.contentType(contentType(sent.operation())).body(sent.body().getBytes(StandardCharsets.UTF_8));
			}
			return request.exchangeForRequiredValue((ignored, received) -> receive(sent, received));
		}
		catch (UltraCartApiException ex) {
			throw ex;
		}
		catch (RestClientException ex) {
			throw noAnswer(sent, ex.getCause());
		}
		catch (RuntimeException ex) {
			// its message may quote what was received
			throw noAnswer(sent, ex);
		}
	}

	private static MediaType contentType(SsoOperation operation) {
		return (operation == SsoOperation.ACCESS_TOKEN) ? MediaType.APPLICATION_FORM_URLENCODED : JSON;
	}

	private JsonResponse receive(SsoRequest sent, ClientHttpResponse received) throws IOException {
		JsonResponse response = JsonResponse.withoutBody(received);
		boolean bodyRequired = response.isSuccess() && sent.operation().isBodyRequired();
		boolean atEnd = response.isEmpty();
		try {
			if (!atEnd && response.mayBeJson()) {
				response = response.withBody(this.jsonBody.read(received.getBody(), sent.operation().members()));
				atEnd = response.body().isObject();
			}
		}
		catch (StreamConstraintsException ex) {
			if (bodyRequired) {
				throw invalid(sent, response, "is larger or deeper than is accepted");
			}
		}
		catch (IOException ex) {
			// not left to RestClient, which passes its message on to observations
			if (bodyRequired) {
				throw noAnswer(sent, ex);
			}
		}
		finally {
			if (!atEnd) {
				this.timeLimit.abort();
			}
		}
		return response;
	}

	/**
	 * Throws if the response is an error. Some of UltraCart's calls report an error in
	 * the body of a 200.
	 */
	void requireNoError(SsoRequest sent, JsonResponse response) {
		if (response.isError()) {
			throw this.errorReader.read(sent.callName(), response, sent.redaction());
		}
	}

	/**
	 * Reads a response into a record.
	 */
	<T> T read(SsoRequest sent, JsonResponse response, Class<T> type) {
		requireNoError(sent, response);
		requireObject(sent, response);
		try {
			return this.jsonMapper.treeToValue(response.body(), type);
		}
		catch (RuntimeException ex) {
			// its message may quote the response, and with it a key
			throw invalid(sent, response, "is not the documented JSON");
		}
	}

	/**
	 * Reads the response to a request for an access token.
	 */
	OAuthTokenCall.Response readAccessToken(SsoRequest sent, JsonResponse response) {
		if (response.isError()) {
			throw this.errorReader.readOAuth(sent.callName(), response, sent.redaction());
		}
		requireObject(sent, response);
		try {
			return AccessTokens.read(response.body());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(sent, response, String.valueOf(ex.getMessage()));
		}
	}

	private void requireObject(SsoRequest sent, JsonResponse response) {
		if (!response.body().isObject()) {
			throw invalid(sent, response, "is not the documented JSON");
		}
	}

	UltraCartApiException invalid(SsoRequest sent, JsonResponse response, String problem) {
		return UltraCartErrorReader.invalid(sent.callName(), response, problem, sent.redaction());
	}

	private UltraCartApiException noAnswer(SsoRequest sent, @Nullable Throwable cause) {
		return ConnectionFailure.noAnswer(sent.callName(), cause, this.timeLimit);
	}

}
