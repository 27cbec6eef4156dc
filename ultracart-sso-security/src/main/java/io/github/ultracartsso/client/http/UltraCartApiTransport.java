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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.RestClient;

/**
 * Makes calls to UltraCart's API with a user's key or the application's credential.
 * <p>
 * Either is sent to {@linkplain #leadsTo the one origin} of the API and nowhere else.
 * Calls pass the same {@link CallGate} as those of single sign-on, are limited in time,
 * and are never retried: only the application knows which of them are idempotent. The one
 * exception is a request with an access token that has expired, which UltraCart has
 * rejected with 401: it is sent again with a new token. Each response is read completely,
 * up to 32 MiB, before the next call is made. A response that contains an {@code error}
 * is a failure, whatever its status.
 * <p>
 * The request factory must neither retry requests nor follow redirects nor keep cookies
 * (see {@link UltraCartHttpClientCustomizer}).
 *
 * @since 0.1
 */
public final class UltraCartApiTransport {

	private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

	private static final int MAX_ERROR_BYTES = 1024 * 1024;

	private static final Set<String> ERROR_MEMBER = Set.of(JsonResponse.ERROR);

	private static final String QUOTED_ERROR = "\"" + JsonResponse.ERROR + "\"";

	/**
	 * UltraCart does not document which of two credentials it uses, and must not receive
	 * credentials for other servers. A proxy in front of several hosts would pass the
	 * credential on to the host that is named.
	 */
	private static final List<String> OMITTED_HEADERS = List.of(HttpHeaders.AUTHORIZATION, "x-ultracart-browser-key",
			SimpleKeyCredential.SIMPLE_KEY_HEADER, HttpHeaders.PROXY_AUTHORIZATION, HttpHeaders.COOKIE,
			HttpHeaders.HOST);

	private final JsonBody jsonBody = new JsonBody(JsonBody.newMapper());

	private final JsonBody largeJsonBody = new JsonBody(JsonBody.newMapper(MAX_BODY_BYTES));

	private final ClientHttpRequestFactory requestFactory;

	private final URI baseUrl;

	private final Origin origin;

	private final PlainHttpHosts plainHttpHosts;

	private final CallGate callGate;

	private final CallTimeLimit timeLimit;

	private final CredentialAttempts attempts;

	private final String apiVersion;

	private final UltraCartErrorReader errorReader;

	/**
	 * Creates a transport with {@linkplain UltraCartHttpSettings#defaults() default
	 * settings}.
	 * @param requestFactory makes the HTTP requests
	 * @param baseUrl the URL of the API, for example
	 * {@code https://secure.ultracart.com/rest/v2}
	 * @throws IllegalArgumentException if the base URL is neither https nor on a loopback
	 * host
	 */
	public UltraCartApiTransport(ClientHttpRequestFactory requestFactory, URI baseUrl) {
		this(requestFactory, baseUrl, UltraCartHttpSettings.defaults());
	}

	/**
	 * Creates a transport.
	 * @param requestFactory makes the HTTP requests
	 * @param baseUrl the URL of the API, for example
	 * {@code https://secure.ultracart.com/rest/v2}
	 * @param settings the settings. The API version is sent with calls that have none
	 * themselves
	 * @throws IllegalArgumentException if the base URL is neither https nor on a loopback
	 * host
	 */
	public UltraCartApiTransport(ClientHttpRequestFactory requestFactory, URI baseUrl, UltraCartHttpSettings settings) {
		Assert.notNull(requestFactory, "requestFactory cannot be null");
		Assert.notNull(settings, "settings cannot be null");
		this.requestFactory = requestFactory;
		this.baseUrl = Origin.requireSecure(baseUrl, settings.plainHttpHosts());
		this.origin = Origin.of(this.baseUrl);
		this.plainHttpHosts = settings.plainHttpHosts();
		this.callGate = settings.callGate();
		this.timeLimit = settings.timeLimit();
		this.attempts = new CredentialAttempts(
				new SsoExchange(RestClient.builder().requestFactory(requestFactory), this.baseUrl, settings),
				this.callGate);
		this.apiVersion = settings.apiVersion();
		this.errorReader = new UltraCartErrorReader(settings.callGate().clock());
	}

	/**
	 * Returns the URL of the API.
	 * @return the base URL, without a trailing slash
	 */
	public URI baseUrl() {
		return this.baseUrl;
	}

	/**
	 * Returns whether the URL belongs to UltraCart's API: its scheme, host and port are
	 * those of the base URL, and it has no user information.
	 * @param url the URL
	 * @return {@code true} if a user's key or the application's credential may be sent
	 * there
	 */
	public boolean leadsTo(URI url) {
		return this.plainHttpHosts.isSecure(url) && Origin.of(url).equals(this.origin);
	}

	/**
	 * Returns the name of a call in log messages and exceptions: its method and path
	 * without the query, and with the names of URI variables instead of their values if
	 * one of Spring's clients provides them.
	 * @param request the request
	 * @return the name on one line
	 */
	public static String nameOf(HttpRequest request) {
		return new ApiCall(request, CallKind.USER_CALL).callName();
	}

	/**
	 * Makes a call for a user.
	 * @param request the request. Other credentials in its headers are omitted, and so
	 * are cookies and {@code Host}
	 * @param body the body, empty for none
	 * @param simpleKey the user's key
	 * @return the response, whatever its status
	 * @throws UltraCartApiException if the call is rejected, or no usable response was
	 * received
	 * @throws IllegalArgumentException if the request does not {@linkplain #leadsTo lead
	 * to UltraCart}
	 */
	public UltraCartApiResponse send(HttpRequest request, byte[] body, SimpleKey simpleKey) {
		return send(new ApiCall(request, CallKind.USER_CALL), body, new SimpleKeyCredential(simpleKey));
	}

	/**
	 * Makes a call of the application's own.
	 * @param request the request. Other credentials in its headers are omitted, and so
	 * are cookies and {@code Host}
	 * @param body the body, empty for none
	 * @param applicationCredential authenticates the application
	 * @return the response, whatever its status
	 * @throws UltraCartApiException if the call is rejected, no usable response was
	 * received, or no access token is available
	 * @throws IllegalArgumentException if the request does not {@linkplain #leadsTo lead
	 * to UltraCart}
	 */
	public UltraCartApiResponse send(HttpRequest request, byte[] body, ApplicationCredential applicationCredential) {
		return send(new ApiCall(request, CallKind.APPLICATION_CALL), body, applicationCredential);
	}

	private UltraCartApiResponse send(ApiCall call, byte[] body, ApplicationCredential credential) {
		Assert.isTrue(leadsTo(call.request().getURI()), "A credential must only be sent to UltraCart");
		AtomicReference<@Nullable UltraCartApiResponse> received = new AtomicReference<>();
		try {
			return this.callGate.pass(call,
					() -> this.timeLimit.enforce(() -> this.attempts.make(credential, true, (headers) -> {
						call.authenticatedWith(headers);
						return this.callGate.attempt(call.kind(), () -> {
							UltraCartApiResponse response = perform(call, body, headers);
							received.set(response);
							return response.orThrow();
						});
					})));
		}
		catch (UltraCartApiException ex) {
			// the gate had to see the failure; the caller gets the response it is about
			UltraCartApiResponse response = received.get();
			if (response == null || response.getFailure() != ex) {
				throw ex;
			}
			return (ex.getFailure() == UltraCartApiFailure.RATE_LIMITED)
					? response.withFailure(ex.withRetryAfter(untilCallsAreMade(ex.getRetryAfter()))) : response;
		}
	}

	/**
	 * Returns how long no call is made, in whole seconds. UltraCart may ask for more than
	 * is waited here.
	 */
	private Duration untilCallsAreMade(@Nullable Duration asked) {
		Duration left = Duration.ofSeconds(this.callGate.coolDownLeft().plusNanos(999_999_999).toSeconds());
		return (asked != null && asked.compareTo(left) < 0) ? asked : left;
	}

	private UltraCartApiResponse perform(ApiCall call, byte[] body, HttpHeaders credential) {
		HttpRequest request = call.request();
		try {
			ClientHttpRequest sent = this.requestFactory.createRequest(request.getURI(), request.getMethod());
			writeHeaders(sent.getHeaders(), request.getHeaders(), credential);
			if (body.length > 0) {
				sent.getHeaders().setContentLength(body.length);
				StreamUtils.copy(body, sent.getBody());
			}
			try (ClientHttpResponse received = sent.execute()) {
				return read(call, received);
			}
		}
		catch (UltraCartApiException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			// its message may quote what was received
			throw ConnectionFailure.noAnswer(call.callName(), ex, this.timeLimit);
		}
	}

	private void writeHeaders(HttpHeaders headers, HttpHeaders wanted, HttpHeaders credential) {
		headers.putAll(wanted);
		OMITTED_HEADERS.forEach(headers::remove);
		if (!headers.containsHeader(SsoExchange.API_VERSION_HEADER)) {
			headers.set(SsoExchange.API_VERSION_HEADER, this.apiVersion);
		}
		headers.putAll(credential);
	}

	private UltraCartApiResponse read(ApiCall call, ClientHttpResponse received) throws IOException {
		HttpStatusCode status = received.getStatusCode();
		JsonResponse response = JsonResponse.withoutBody(received);
		byte[] body = readBody(call, response, received);
		response = response.withBody(error(response, body));
		if (!response.isError()) {
			if (body.length == 0 && isExpectedToHaveBody(call, status)) {
				throw UltraCartErrorReader.invalid(call.callName(), response, "is empty", call.redaction());
			}
			if (body.length > 0 && !response.hasReadableContentType()) {
				throw UltraCartErrorReader.invalid(call.callName(), response, "has a malformed Content-Type",
						call.redaction());
			}
			return new UltraCartApiResponse(status, HttpHeaders.copyOf(response.headers()), body, call::callName, null);
		}
		Redaction redaction = call.redaction();
		UltraCartApiException failure = this.errorReader.readApi(call.callName(), response, redaction);
		HttpHeaders headers = new HttpHeaders();
		response.headers().forEach((name, values) -> headers.put(name, values.stream().map(redaction::mask).toList()));
		// a masked or aborted body has another length
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		return new UltraCartApiResponse(status, headers, mask(body, redaction), call::callName, failure);
	}

	/**
	 * Returns whether the call reads something. UltraCart's responses to others may be
	 * empty.
	 */
	private static boolean isExpectedToHaveBody(ApiCall call, HttpStatusCode status) {
		return HttpMethod.GET.equals(call.request().getMethod()) && status.value() == HttpStatus.OK.value();
	}

	private byte[] readBody(ApiCall call, JsonResponse response, ClientHttpResponse received) {
		if (response.isEmpty()) {
			return new byte[0];
		}
		UltraCartApiException failure;
		try {
			int max = response.isSuccess() ? MAX_BODY_BYTES : MAX_ERROR_BYTES;
			byte[] body = received.getBody().readNBytes(max + 1);
			if (body.length <= max) {
				return body;
			}
			failure = UltraCartErrorReader.invalid(call.callName(), response, "is larger than is accepted",
					call.redaction());
		}
		catch (IOException ex) {
			failure = ConnectionFailure.noAnswer(call.callName(), ex, this.timeLimit);
		}
		this.timeLimit.abort();
		if (response.isSuccess()) {
			throw failure;
		}
		// the status of an error is enough
		return new byte[0];
	}

	private JsonNode error(JsonResponse response, byte[] body) {
		if (!response.mayBeJson() || (response.isSuccess() && !mentionsError(body))) {
			return MissingNode.getInstance();
		}
		try {
			JsonBody reader = response.isSuccess() ? this.largeJsonBody : this.jsonBody;
			return reader.read(new ByteArrayInputStream(body), ERROR_MEMBER);
		}
		catch (IOException | StreamConstraintsException ex) {
			return MissingNode.getInstance();
		}
	}

	/**
	 * Returns whether a success has to be parsed. Most are large and mention no error.
	 */
	private static boolean mentionsError(byte[] body) {
		return new String(body, StandardCharsets.ISO_8859_1).contains(QUOTED_ERROR);
	}

	private static byte[] mask(byte[] body, Redaction redaction) {
		// one character for each byte: keys are ASCII, and the rest must not change
		return redaction.mask(new String(body, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
	}

}
