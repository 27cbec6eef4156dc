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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * A {@link TurnTakingUltraCartSsoClient} over Spring's {@link RestClient}.
 * <p>
 * Each method makes one HTTP request, and a few more where the call
 * {@linkplain #setMaxRetries may be repeated} or the application's credential takes an
 * {@linkplain OAuthApplicationCredential access token}. The request factory of the
 * {@code RestClient} must neither repeat requests nor follow redirects nor keep cookies
 * (see {@link UltraCartHttpClientCustomizer}) and should have time limits of its own.
 * <p>
 * Answers are read tolerantly: unknown members are ignored and optional members may be
 * missing or {@code null}. Whatever goes wrong leaves as an
 * {@link UltraCartApiException}.
 *
 * @since 0.1
 */
public final class RestClientUltraCartSsoClient implements TurnTakingUltraCartSsoClient {

	/**
	 * The version of the API that is asked for by default.
	 */
	public static final String DEFAULT_API_VERSION = "2017-03-01";

	static final String API_VERSION_HEADER = "X-UltraCart-Api-Version";

	private static final MediaType JSON = new MediaType(MediaType.APPLICATION_JSON, StandardCharsets.UTF_8);

	private static final ApplicationCredential NO_CREDENTIAL = (headers) -> {
	};

	private static final Duration DEFAULT_QUEUE_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private static final int DEFAULT_MAX_RETRIES = 2;

	private final JsonMapper jsonMapper = JsonBody.newMapper();

	private final RestClient restClient;

	private final ApplicationCredential applicationCredential;

	private CallGate callGate = new CallGate(1, DEFAULT_QUEUE_TIMEOUT);

	private CallTimeLimit timeLimit = new CallTimeLimit(DEFAULT_TIMEOUT);

	private int maxRetries = DEFAULT_MAX_RETRIES;

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
	 * call through at a time and has others wait for five seconds. Nobody is kept from
	 * signing out by it.
	 * @param callGate the gate
	 */
	public void setCallGate(CallGate callGate) {
		Assert.notNull(callGate, "callGate cannot be null");
		this.callGate = callGate;
	}

	/**
	 * Sets how long a call may take, repetitions included, once it has passed the gate.
	 * Defaults to ten seconds. Give the same object to the
	 * {@link UltraCartHttpClientCustomizer}, or else what hangs is not broken off.
	 * @param timeLimit the time limit
	 */
	public void setTimeLimit(CallTimeLimit timeLimit) {
		Assert.notNull(timeLimit, "timeLimit cannot be null");
		this.timeLimit = timeLimit;
	}

	/**
	 * Sets how often a call that may be repeated and has failed for a reason that may
	 * pass is made again. Reading a user and revoking a key may be repeated,
	 * {@code ssoAuthorize} if it has surely not reached UltraCart or came too soon after
	 * others, and {@code ssoToken} never. Defaults to {@value #DEFAULT_MAX_RETRIES}.
	 * @param maxRetries how often at most; zero for never
	 */
	public void setMaxRetries(int maxRetries) {
		Assert.isTrue(maxRetries >= 0, "maxRetries cannot be negative");
		this.maxRetries = maxRetries;
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
		Call call = Call.of(SsoOperation.AUTHORIZE, this.applicationCredential).with(request, request.state());
		return send(call, (attempt, answer) -> {
			SingleSignOnAuthorizeResponse response = read(attempt, answer, SingleSignOnAuthorizeResponse.class);
			if (!StringUtils.hasText(response.loginUrl())) {
				throw invalid(attempt, answer, "has no login_url");
			}
			return response;
		});
	}

	@Override
	public SingleSignOnTokenResponse exchange(String code) {
		Call call = Call.of(SsoOperation.TOKEN, this.applicationCredential)
			.with(SingleSignOnTokenRequest.forCode(code), code);
		return send(call, (attempt, answer) -> {
			SingleSignOnTokenResponse response = read(attempt, answer, SingleSignOnTokenResponse.class);
			if (response.simpleKey() == null) {
				throw invalid(attempt, answer, "has no simple_key");
			}
			return response;
		});
	}

	@Override
	public User sessionUser(SimpleKey simpleKey) {
		Call call = Call.of(SsoOperation.SESSION_USER, new SimpleKeyCredential(simpleKey));
		return send(call, (attempt, answer) -> read(attempt, answer, User.class));
	}

	@Override
	public void revoke(SimpleKey simpleKey) {
		Call call = Call.of(SsoOperation.REVOKE, new SimpleKeyCredential(simpleKey));
		this.callGate.passSoon(call.operation(), () -> repeatedly(call, this::isRevoked, this.maxRetries));
	}

	@Override
	public void revokeInTurn(SimpleKey simpleKey) {
		Call call = Call.of(SsoOperation.REVOKE, new SimpleKeyCredential(simpleKey));
		this.callGate.pass(call.operation(), () -> repeatedly(call, this::isRevoked, 0));
	}

	/**
	 * UltraCart documents neither a success status nor a body for this call, so any
	 * success will do, unless it carries an error.
	 */
	private boolean isRevoked(Attempt attempt, Answer answer) {
		if (answer.isUnauthorized()) {
			return true;
		}
		requireNoError(attempt, answer);
		return true;
	}

	private <T> T send(Call call, BiFunction<Attempt, Answer, T> reader) {
		return this.callGate.pass(call.operation(), () -> repeatedly(call, (attempt, answer) -> {
			requireNoError(attempt, answer);
			return reader.apply(attempt, answer);
		}, this.maxRetries));
	}

	private <T> T repeatedly(Call call, BiFunction<Attempt, Answer, T> reader, int retries) {
		RetryTemplate retryTemplate = new RetryTemplate(
				new CallRetryPolicy(call.operation(), retries, this.timeLimit.timeout(), this.callGate::coolDownLeft));
		return this.timeLimit.enforce(() -> retryTemplate.invoke(() -> attempt(call, reader)));
	}

	/**
	 * Makes an attempt at a call and, if its access token is rejected that was fetched
	 * for an earlier call, another one with a fresh token.
	 */
	private <T> T attempt(Call call, BiFunction<Attempt, Answer, T> reader) {
		Attempt attempt = authenticate(call);
		try {
			return this.callGate.attempt(() -> perform(attempt, reader));
		}
		catch (UltraCartApiException ex) {
			if (!mayFareBetter(attempt, ex)) {
				throw ex;
			}
		}
		Attempt second = authenticate(call);
		return this.callGate.attempt(() -> perform(second, reader));
	}

	private Attempt authenticate(Call call) {
		HttpHeaders headers = new HttpHeaders();
		AtomicBoolean fresh = new AtomicBoolean();
		call.credential().authenticate(headers, (request) -> {
			fresh.set(true);
			return accessToken(request);
		});
		return new Attempt(call, headers, fresh.get(), Redaction.of(headers, call.secret()));
	}

	private static boolean mayFareBetter(Attempt attempt, UltraCartApiException ex) {
		boolean rejected = ex.getStatus() != null && ex.getStatus() == HttpStatus.UNAUTHORIZED.value();
		return rejected && attempt.call().credential().rejected(attempt.credential()) && !attempt.fresh()
				&& attempt.call().operation().isRepeatableWithAnotherCredential();
	}

	/**
	 * Fetches an access token within the turn of the call that needs one: where there is
	 * one turn only, another would never come.
	 */
	private OAuthTokenResponse accessToken(OAuthTokenRequest request) {
		Call call = Call.of(SsoOperation.ACCESS_TOKEN, NO_CREDENTIAL).with(request, request.clientId());
		Attempt attempt = new Attempt(call, new HttpHeaders(), true, Redaction.of(request.secrets()));
		return this.callGate.attempt(() -> perform(attempt, this::readTokens));
	}

	private OAuthTokenResponse readTokens(Attempt attempt, Answer answer) {
		if (isError(answer)) {
			throw this.errorReader.readOAuth(attempt.callName(), answer, attempt.redaction());
		}
		requireObject(attempt, answer);
		try {
			return OAuthTokenResponse.of(answer.body());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(attempt, answer, String.valueOf(ex.getMessage()));
		}
	}

	private <T> T perform(Attempt attempt, BiFunction<Attempt, Answer, T> reader) {
		Call call = attempt.call();
		try {
			RestClient.RequestBodySpec request = this.restClient.method(call.operation().method())
				.uri(call.operation().path());
			request.accept(MediaType.APPLICATION_JSON);
			request.header(API_VERSION_HEADER, this.apiVersion);
			request.headers((headers) -> headers.putAll(attempt.credential()));
			if (call.body() != null) {
				write(request, call.body());
			}
			return reader.apply(attempt,
					request.exchangeForRequiredValue((sent, received) -> receive(attempt, received)));
		}
		catch (UltraCartApiException ex) {
			throw ex;
		}
		catch (RestClientException ex) {
			throw noAnswer(attempt, ex.getCause());
		}
		catch (RuntimeException ex) {
			// whose text may quote what came over the connection
			throw noAnswer(attempt, ex);
		}
	}

	private void write(RestClient.RequestBodySpec request, Object body) {
		// as bytes, because RestClient logs a body's toString at DEBUG
		if (body instanceof OAuthTokenRequest token) {
			request.contentType(MediaType.APPLICATION_FORM_URLENCODED)
				.body(token.form().getBytes(StandardCharsets.US_ASCII));
		}
		else {
			request.contentType(JSON).body(this.jsonMapper.writeValueAsBytes(body));
		}
	}

	private Answer receive(Attempt attempt, ClientHttpResponse received) throws IOException {
		Call call = attempt.call();
		Answer answer = new Answer(received.getStatusCode().value(), received.getHeaders(), MissingNode.getInstance());
		boolean atEnd = answer.isEmpty();
		try {
			if (!atEnd && answer.mayBeJson()) {
				answer = answer.withBody(call.reader(this.jsonMapper).read(received.getBody()));
				atEnd = answer.body().isObject();
			}
			return answer;
		}
		catch (StreamConstraintsException ex) {
			if (call.isAnsweredBy(answer)) {
				throw invalid(attempt, answer, "is larger or deeper than is accepted");
			}
			return answer;
		}
		catch (IOException ex) {
			// not left to RestClient, which hands the text on to observations
			if (call.isAnsweredBy(answer)) {
				throw noAnswer(attempt, ex);
			}
			return answer;
		}
		finally {
			if (!atEnd) {
				this.timeLimit.breakOff();
			}
		}
	}

	/**
	 * Some of UltraCart's calls report a failure in the envelope of a 200.
	 */
	private static boolean isError(Answer answer) {
		return !answer.isSuccess() || answer.body().hasNonNull(Answer.ERROR);
	}

	private void requireNoError(Attempt attempt, Answer answer) {
		if (isError(answer)) {
			throw this.errorReader.read(attempt.callName(), answer, attempt.redaction());
		}
	}

	private static void requireObject(Attempt attempt, Answer answer) {
		if (!answer.body().isObject()) {
			throw invalid(attempt, answer, "is not the documented JSON");
		}
	}

	private <T> T read(Attempt attempt, Answer answer, Class<T> type) {
		requireObject(attempt, answer);
		try {
			return this.jsonMapper.treeToValue(answer.body(), type);
		}
		catch (JacksonException ex) {
			// whose message may quote the answer, and with it a key
			throw invalid(attempt, answer, "is not the documented JSON");
		}
	}

	private static UltraCartApiException invalid(Attempt attempt, Answer answer, String problem) {
		String name = attempt.callName();
		return UltraCartApiException
			.withFailure(UltraCartApiFailure.INVALID_ANSWER, "The answer to " + name + " " + problem)
			.call(name)
			.status(answer.status())
			.requestId(answer.requestId(attempt.redaction()))
			.build();
	}

	private UltraCartApiException noAnswer(Attempt attempt, @Nullable Throwable cause) {
		return ConnectionFailure.noAnswer(attempt.callName(), cause, this.timeLimit);
	}

	private record Call(SsoOperation operation, ApplicationCredential credential, @Nullable Object body,
			@Nullable String secret) {

		static Call of(SsoOperation operation, ApplicationCredential credential) {
			return new Call(operation, credential, null, null);
		}

		Call with(Object body, String secret) {
			return new Call(this.operation, this.credential, body, secret);
		}

		JsonBody reader(JsonMapper mapper) {
			Set<String> members = new HashSet<>(this.operation.members());
			members.add(Answer.ERROR);
			return new JsonBody(mapper, members);
		}

		/**
		 * Returns whether it is the body that answers the call, not the status alone.
		 */
		boolean isAnsweredBy(Answer answer) {
			return answer.isSuccess() && !this.operation.members().isEmpty();
		}

		@Override
		public String toString() {
			return "Call[" + this.operation + "]";
		}

	}

	/**
	 * One request of a call.
	 *
	 * @param fresh whether the credential has been fetched for this very request
	 */
	private record Attempt(Call call, HttpHeaders credential, boolean fresh, Redaction redaction) {

		String callName() {
			return this.call.operation().callName();
		}

		@Override
		public String toString() {
			return "Attempt[" + this.call + "]";
		}

	}

}
