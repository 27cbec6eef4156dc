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

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.type.LogicalType;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * An {@link UltraCartSsoClient} over Spring's {@link RestClient}.
 * <p>
 * Each method makes one HTTP request. The request factory of the {@code RestClient} must
 * neither repeat requests nor follow redirects nor keep cookies (see
 * {@link UltraCartHttpClientCustomizer}) and should have time limits.
 * <p>
 * Answers are read tolerantly: unknown members are ignored and optional members may be
 * missing or {@code null}. Whatever goes wrong leaves as an
 * {@link UltraCartApiException}.
 *
 * @since 0.1
 */
public final class RestClientUltraCartSsoClient implements UltraCartSsoClient {

	/**
	 * The version of the API that is asked for by default.
	 */
	public static final String DEFAULT_API_VERSION = "2017-03-01";

	private static final String API_VERSION_HEADER = "X-UltraCart-Api-Version";

	private static final MediaType JSON = new MediaType(MediaType.APPLICATION_JSON, StandardCharsets.UTF_8);

	private static final Duration DEFAULT_QUEUE_TIMEOUT = Duration.ofSeconds(5);

	private static final int MAX_BODY_BYTES = 1024 * 1024;

	private final JsonMapper jsonMapper = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		// what merely looks like true grants nothing
		.withCoercionConfig(LogicalType.Boolean,
				(booleans) -> booleans.setCoercion(CoercionInputShape.String, CoercionAction.AsNull)
					.setCoercion(CoercionInputShape.Integer, CoercionAction.AsNull))
		.build();

	private final RestClient restClient;

	private final ApplicationCredential applicationCredential;

	private CallGate callGate = new CallGate(1, DEFAULT_QUEUE_TIMEOUT);

	private String apiVersion = DEFAULT_API_VERSION;

	private UltraCartErrorReader errorReader = new UltraCartErrorReader(Clock.systemUTC());

	/**
	 * Creates a client.
	 * @param restClientBuilder makes the HTTP requests
	 * @param baseUrl where the API is, for example
	 * {@code https://secure.ultracart.com/rest/v2}
	 * @param applicationCredential what the application authenticates itself with
	 * @throws IllegalArgumentException if the base URL is neither https nor on a loopback
	 * host
	 */
	public RestClientUltraCartSsoClient(RestClient.Builder restClientBuilder, URI baseUrl,
			ApplicationCredential applicationCredential) {
		Assert.notNull(restClientBuilder, "restClientBuilder cannot be null");
		Assert.notNull(baseUrl, "baseUrl cannot be null");
		Assert.notNull(applicationCredential, "applicationCredential cannot be null");
		Assert.isTrue(SecureTransport.isSecure(baseUrl),
				() -> "baseUrl must be an absolute https URL (http is accepted for a loopback host only): " + baseUrl);
		this.restClient = restClientBuilder.clone()
			.baseUrl(StringUtils.trimTrailingCharacter(baseUrl.toString(), '/'))
			.build();
		this.applicationCredential = applicationCredential;
	}

	/**
	 * Sets the API version sent with every call. UltraCart fails calls without one.
	 * Defaults to {@value #DEFAULT_API_VERSION}.
	 * @param apiVersion the publication date of the API version
	 */
	public void setApiVersion(String apiVersion) {
		Assert.hasText(apiVersion, "apiVersion cannot be empty");
		this.apiVersion = apiVersion;
	}

	/**
	 * Sets the gate that calls pass. Defaults to one of the client's own that lets one
	 * call through at a time and has others wait for five seconds. Revocations wait for
	 * nothing, so that nobody is kept from signing out.
	 * @param callGate the gate
	 */
	public void setCallGate(CallGate callGate) {
		Assert.notNull(callGate, "callGate cannot be null");
		this.callGate = callGate;
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

	@Override
	public SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request) {
		Call call = Call.of("ssoAuthorize", HttpMethod.PUT, "/sso/authorize", this.applicationCredential)
			.with(request, request.state());
		return send(call, (answer) -> {
			SingleSignOnAuthorizeResponse response = read(call, answer, SingleSignOnAuthorizeResponse.class);
			if (!StringUtils.hasText(response.loginUrl())) {
				throw invalid(call, answer, "has no login_url");
			}
			return response;
		});
	}

	@Override
	public SingleSignOnTokenResponse exchange(String code) {
		Call call = Call.of("ssoToken", HttpMethod.PUT, "/sso/token", this.applicationCredential)
			.with(SingleSignOnTokenRequest.forCode(code), code);
		return send(call, (answer) -> {
			SingleSignOnTokenResponse response = read(call, answer, SingleSignOnTokenResponse.class);
			if (response.simpleKey() == null) {
				throw invalid(call, answer, "has no simple_key");
			}
			return response;
		});
	}

	@Override
	public User sessionUser(SimpleKey simpleKey) {
		Call call = Call.of("getSsoSessionUser", HttpMethod.GET, "/sso/session/user",
				new SimpleKeyCredential(simpleKey));
		return send(call, (answer) -> read(call, answer, User.class));
	}

	@Override
	public void revoke(SimpleKey simpleKey) {
		Call call = Call.of("ssoSessionRevoke", HttpMethod.DELETE, "/sso/session/revoke",
				new SimpleKeyCredential(simpleKey));
		try {
			// UltraCart documents neither a success status nor a body for this call
			this.callGate.passAtOnce(() -> perform(call, Answer::status));
		}
		catch (UltraCartApiException ex) {
			if (ex.getFailure() != UltraCartApiFailure.CREDENTIAL_REJECTED) {
				throw ex;
			}
		}
	}

	private <T> T send(Call call, Function<Answer, T> reader) {
		return this.callGate.pass(call.name(), () -> perform(call, reader));
	}

	private <T> T perform(Call call, Function<Answer, T> reader) {
		try {
			RestClient.RequestBodySpec request = this.restClient.method(call.method()).uri(call.path());
			request.accept(MediaType.APPLICATION_JSON);
			request.header(API_VERSION_HEADER, this.apiVersion);
			request.headers((headers) -> headers.putAll(call.credential()));
			if (call.body() != null) {
				// as bytes, because RestClient logs a body's toString at DEBUG
				request.contentType(JSON).body(this.jsonMapper.writeValueAsBytes(call.body()));
			}
			Answer answer = request.exchangeForRequiredValue((sent, received) -> receive(call, received));
			if (!answer.isSuccess()) {
				throw this.errorReader.read(call.name(), answer, call.redaction());
			}
			return reader.apply(answer);
		}
		catch (RestClientException ex) {
			throw noAnswer(call, ex.getCause());
		}
	}

	private Answer receive(Call call, ClientHttpResponse received) throws IOException {
		Answer answer = new Answer(received.getStatusCode().value(), received.getHeaders(), MissingNode.getInstance());
		try (InputStream stream = received.getBody()) {
			byte[] body = stream.readNBytes(MAX_BODY_BYTES + 1);
			if (body.length <= MAX_BODY_BYTES) {
				return answer.withBody(this.jsonMapper.readTree(body));
			}
			if (answer.isSuccess()) {
				throw invalid(call, answer, "is larger than " + MAX_BODY_BYTES + " bytes");
			}
			return answer;
		}
		catch (JacksonException ex) {
			return answer;
		}
		catch (IOException ex) {
			// not left to RestClient, which hands the text on to observations
			throw noAnswer(call, ex);
		}
	}

	private <T> T read(Call call, Answer answer, Class<T> type) {
		if (!answer.body().isObject()) {
			throw invalid(call, answer, "is not the documented JSON");
		}
		// some of UltraCart's calls report a failure in the envelope of a 200
		if (answer.body().hasNonNull("error")) {
			throw this.errorReader.read(call.name(), answer, call.redaction());
		}
		try {
			return this.jsonMapper.treeToValue(answer.body(), type);
		}
		catch (JacksonException ex) {
			// whose message may quote the answer, and with it a key
			throw invalid(call, answer, "is not the documented JSON");
		}
	}

	private static UltraCartApiException invalid(Call call, Answer answer, String problem) {
		return UltraCartApiException
			.withFailure(UltraCartApiFailure.INVALID_ANSWER, "The answer to " + call.name() + " " + problem)
			.call(call.name())
			.status(answer.status())
			.requestId(answer.requestId(call.redaction()))
			.build();
	}

	private static UltraCartApiException noAnswer(Call call, @Nullable Throwable cause) {
		String reason = (cause != null) ? cause.getClass().getSimpleName() : "I/O error";
		return UltraCartApiException
			.withFailure(UltraCartApiFailure.NO_ANSWER, call.name() + " got no answer (" + reason + ")")
			.call(call.name())
			.cause(isAboutTheConnection(cause) ? cause : null)
			.build();
	}

	/**
	 * Returns whether the cause may be shown. The text of any other may quote what came
	 * over the connection, and with it a key.
	 */
	private static boolean isAboutTheConnection(@Nullable Throwable cause) {
		return cause instanceof SocketException || cause instanceof InterruptedIOException
				|| cause instanceof UnknownHostException || cause instanceof SSLException;
	}

	private record Call(String name, HttpMethod method, String path, HttpHeaders credential, @Nullable Object body,
			Redaction redaction) {

		static Call of(String name, HttpMethod method, String path, ApplicationCredential credential) {
			HttpHeaders headers = new HttpHeaders();
			credential.authenticate(headers);
			return new Call(name, method, path, headers, null, Redaction.of(headers, null));
		}

		Call with(Object body, String secret) {
			return new Call(this.name, this.method, this.path, this.credential, body,
					Redaction.of(this.credential, secret));
		}

	}

}
