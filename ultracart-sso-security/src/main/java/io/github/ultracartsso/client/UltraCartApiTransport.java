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

package io.github.ultracartsso.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.StreamUtils;
import org.springframework.util.StringUtils;

/**
 * Makes calls of UltraCart's API on behalf of a user, with his key.
 * <p>
 * The key goes to {@linkplain #leadsTo the one origin} of the API and nowhere else. Calls
 * pass the same {@link CallGate} as those of single sign-on, are bounded in time, and are
 * never repeated: whether that would do harm, only the application knows. Each answer is
 * read as a whole, up to 32 MiB, before another call has its turn.
 * <p>
 * The request factory must neither repeat requests nor follow redirects nor keep cookies
 * (see {@link UltraCartHttpClientCustomizer}).
 *
 * @since 0.1
 */
public final class UltraCartApiTransport {

	private static final Duration DEFAULT_QUEUE_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

	private static final int MAX_ERROR_BYTES = 1024 * 1024;

	/**
	 * UltraCart does not document which of two credentials it goes by, and has no
	 * business with those for others. A front of several hosts would pass the key on to
	 * the one that is named.
	 */
	private static final List<String> OMITTED_HEADERS = List.of(HttpHeaders.AUTHORIZATION, "x-ultracart-browser-key",
			HttpHeaders.PROXY_AUTHORIZATION, HttpHeaders.COOKIE, HttpHeaders.HOST);

	private final JsonMapper jsonMapper = JsonBody.newMapper();

	private final ClientHttpRequestFactory requestFactory;

	private final URI baseUrl;

	private final Origin origin;

	private CallGate callGate = new CallGate(1, DEFAULT_QUEUE_TIMEOUT);

	private CallTimeLimit timeLimit = new CallTimeLimit(DEFAULT_TIMEOUT);

	private String apiVersion = RestClientUltraCartSsoClient.DEFAULT_API_VERSION;

	private UltraCartErrorReader errorReader = new UltraCartErrorReader(Clock.systemUTC());

	/**
	 * Creates a transport.
	 * @param requestFactory makes the HTTP requests
	 * @param baseUrl where the API is, for example
	 * {@code https://secure.ultracart.com/rest/v2}
	 * @throws IllegalArgumentException if the base URL is neither https nor on a loopback
	 * host
	 */
	public UltraCartApiTransport(ClientHttpRequestFactory requestFactory, URI baseUrl) {
		Assert.notNull(requestFactory, "requestFactory cannot be null");
		Assert.notNull(baseUrl, "baseUrl cannot be null");
		Assert.isTrue(SecureTransport.isSecure(baseUrl),
				() -> "baseUrl must be an absolute https URL (http is accepted for a loopback host only): " + baseUrl);
		this.requestFactory = requestFactory;
		this.baseUrl = URI.create(StringUtils.trimTrailingCharacter(baseUrl.toString(), '/'));
		this.origin = Origin.of(baseUrl);
	}

	/**
	 * Sets the API version sent with calls that name none themselves. Defaults to
	 * {@value RestClientUltraCartSsoClient#DEFAULT_API_VERSION}.
	 * @param apiVersion the publication date of the API version
	 */
	public void setApiVersion(String apiVersion) {
		Assert.hasText(apiVersion, "apiVersion cannot be empty");
		this.apiVersion = apiVersion;
	}

	/**
	 * Sets the gate that calls pass, the same as for all other calls of the application.
	 * Defaults to one of the transport's own that lets one call through at a time and has
	 * others wait for five seconds.
	 * @param callGate the gate
	 */
	public void setCallGate(CallGate callGate) {
		Assert.notNull(callGate, "callGate cannot be null");
		this.callGate = callGate;
	}

	/**
	 * Sets how long a call may take once it has passed the gate. Defaults to ten seconds.
	 * Give the same object to the {@link UltraCartHttpClientCustomizer}, or else what
	 * hangs is not broken off.
	 * @param timeLimit the time limit
	 */
	public void setTimeLimit(CallTimeLimit timeLimit) {
		Assert.notNull(timeLimit, "timeLimit cannot be null");
		this.timeLimit = timeLimit;
	}

	/**
	 * Sets the clock that {@code Retry-After} dates are compared with. Defaults to the
	 * system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.errorReader = new UltraCartErrorReader(clock);
	}

	/**
	 * Returns where the API is.
	 * @return the base URL, without a slash at its end
	 */
	public URI baseUrl() {
		return this.baseUrl;
	}

	/**
	 * Returns whether the URL is of UltraCart's API: its scheme, host and port are those
	 * of the base URL, and it holds no user information.
	 * @param url the URL
	 * @return {@code true} if the key of a user may be sent there
	 */
	public boolean leadsTo(URI url) {
		return SecureTransport.isSecure(url) && Origin.of(url).equals(this.origin);
	}

	/**
	 * Returns what a call is named in logs and exceptions: its method and path, with the
	 * names of variables in place of their values where a client of Spring's tells them,
	 * and without the query.
	 * @param request the request
	 * @return the name on one line
	 */
	public static String nameOf(HttpRequest request) {
		return UserCall.of(request, Redaction.of()).callName();
	}

	/**
	 * Makes a call.
	 * @param request the request; any other credential in its headers is left out, and so
	 * are cookies and another host
	 * @param body the body, empty for none
	 * @param simpleKey the key of the user
	 * @return the answer, whatever its status
	 * @throws UltraCartApiException if no call may be made now, or no answer came that
	 * can be used
	 * @throws IllegalArgumentException if the request does not {@linkplain #leadsTo lead
	 * to UltraCart}
	 */
	public UltraCartApiResponse send(HttpRequest request, byte[] body, SimpleKey simpleKey) {
		URI url = request.getURI();
		Assert.isTrue(leadsTo(url), "The key of a user is for UltraCart alone");
		Redaction redaction = Redaction.of(simpleKey.value());
		UserCall call = UserCall.of(request, redaction);
		AtomicReference<@Nullable UltraCartApiResponse> answer = new AtomicReference<>();
		try {
			return this.callGate.pass(call, () -> this.timeLimit.enforce(() -> this.callGate.attempt(() -> {
				UltraCartApiResponse response = perform(call, url, request, body, simpleKey, redaction);
				answer.set(response);
				return response.orThrow();
			})));
		}
		catch (UltraCartApiException ex) {
			// which the gate had to see, but an answer is an answer
			UltraCartApiResponse response = answer.get();
			if (response == null) {
				throw ex;
			}
			return (ex.getRetryAfter() == null && ex.getFailure() == UltraCartApiFailure.RATE_LIMITED)
					? response.withFailure(ex.withRetryAfter(this.callGate.coolDownLeft())) : response;
		}
	}

	private UltraCartApiResponse perform(UserCall call, URI url, HttpRequest request, byte[] body, SimpleKey simpleKey,
			Redaction redaction) {
		try {
			ClientHttpRequest sent = this.requestFactory.createRequest(url, request.getMethod());
			writeHeaders(sent.getHeaders(), request.getHeaders(), simpleKey);
			if (body.length > 0) {
				sent.getHeaders().setContentLength(body.length);
				StreamUtils.copy(body, sent.getBody());
			}
			try (ClientHttpResponse received = sent.execute()) {
				return read(call, received, redaction);
			}
		}
		catch (UltraCartApiException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			// whose text may quote what came over the connection
			throw ConnectionFailure.noAnswer(call.callName(), ex, this.timeLimit);
		}
	}

	private void writeHeaders(HttpHeaders headers, HttpHeaders wanted, SimpleKey simpleKey) {
		headers.putAll(wanted);
		OMITTED_HEADERS.forEach(headers::remove);
		if (!headers.containsHeader(RestClientUltraCartSsoClient.API_VERSION_HEADER)) {
			headers.set(RestClientUltraCartSsoClient.API_VERSION_HEADER, this.apiVersion);
		}
		new SimpleKeyCredential(simpleKey).authenticate(headers);
	}

	private UltraCartApiResponse read(UserCall call, ClientHttpResponse received, Redaction redaction)
			throws IOException {
		HttpStatusCode status = received.getStatusCode();
		Answer answer = new Answer(status.value(), received.getHeaders(), MissingNode.getInstance());
		byte[] body = readBody(call, answer, received);
		if (answer.isSuccess()) {
			return new UltraCartApiResponse(status, copy(answer.headers(), UnaryOperator.identity()), body, null);
		}
		UltraCartApiException failure = this.errorReader.read(call.callName(), answer.withBody(error(answer, body)),
				redaction);
		HttpHeaders headers = copy(answer.headers(), redaction::mask);
		// a body that is masked, or has been broken off, is not as long as it was
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		return new UltraCartApiResponse(status, headers, mask(body, redaction), failure);
	}

	private byte[] readBody(UserCall call, Answer answer, ClientHttpResponse received) {
		if (answer.isEmpty()) {
			return new byte[0];
		}
		UltraCartApiException failure;
		try {
			int max = answer.isSuccess() ? MAX_BODY_BYTES : MAX_ERROR_BYTES;
			byte[] body = received.getBody().readNBytes(max + 1);
			if (body.length <= max) {
				return body;
			}
			failure = tooLarge(call, answer);
		}
		catch (IOException ex) {
			failure = ConnectionFailure.noAnswer(call.callName(), ex, this.timeLimit);
		}
		this.timeLimit.breakOff();
		if (answer.isSuccess()) {
			throw failure;
		}
		// the status tells enough
		return new byte[0];
	}

	private static UltraCartApiException tooLarge(UserCall call, Answer answer) {
		return UltraCartApiException
			.withFailure(UltraCartApiFailure.INVALID_ANSWER,
					"The answer to " + call.callName() + " is larger than is accepted")
			.call(call.callName())
			.status(answer.status())
			.build();
	}

	private JsonNode error(Answer answer, byte[] body) {
		if (!answer.mayBeJson()) {
			return MissingNode.getInstance();
		}
		try {
			return new JsonBody(this.jsonMapper, Set.of(Answer.ERROR)).read(new ByteArrayInputStream(body));
		}
		catch (IOException | StreamConstraintsException ex) {
			return MissingNode.getInstance();
		}
	}

	private static HttpHeaders copy(HttpHeaders headers, UnaryOperator<String> change) {
		HttpHeaders copy = new HttpHeaders();
		headers.forEach((name, values) -> copy.put(name, values.stream().map(change).toList()));
		return copy;
	}

	private static byte[] mask(byte[] body, Redaction redaction) {
		// in which each byte is a character, as keys are sent
		return redaction.mask(new String(body, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Where a URL leads to, apart from what is there.
	 */
	private record Origin(String scheme, String host, int port) {

		static Origin of(URI url) {
			String scheme = url.getScheme().toLowerCase(Locale.ROOT);
			int defaultPort = scheme.equals("https") ? 443 : 80;
			return new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT),
					(url.getPort() != -1) ? url.getPort() : defaultPort);
		}

	}

}
