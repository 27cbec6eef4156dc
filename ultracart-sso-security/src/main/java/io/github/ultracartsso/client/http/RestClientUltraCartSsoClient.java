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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.CallPriority;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import io.github.ultracartsso.client.traffic.GatedCall;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;

/**
 * {@link UltraCartSsoClient} over Spring's {@link RestClient}.
 * <p>
 * Each method makes one HTTP request, and more if the call is
 * {@linkplain UltraCartHttpSettings#maxRetries() retried} or the application's credential
 * needs an access token. The request factory of the {@code RestClient} must neither retry
 * requests nor follow redirects nor keep cookies (see
 * {@link UltraCartHttpClientCustomizer}) and should have timeouts of its own.
 * <p>
 * Responses are read leniently: unknown members are ignored, optional members may be
 * missing or {@code null}. Every failure is an {@link UltraCartApiException}.
 *
 * @since 0.1
 */
public final class RestClientUltraCartSsoClient implements UltraCartSsoClient {

	private static final String GRANT_TYPE = "simple_key";

	private static final GatedCall KNOWN_START = new PrioritizedCall(SsoOperation.AUTHORIZE, CallPriority.KNOWN_START);

	private static final GatedCall KNOWN_EXCHANGE = new PrioritizedCall(SsoOperation.TOKEN, CallPriority.LOGIN);

	private static final GatedCall REREAD = new PrioritizedCall(SsoOperation.SESSION_USER, CallPriority.BACKGROUND);

	private static final GatedCall OVERDUE_REREAD = new PrioritizedCall(SsoOperation.SESSION_USER,
			CallPriority.OVERDUE);

	private final Map<SsoOperation, RetryTemplate> retryTemplates = new EnumMap<>(SsoOperation.class);

	private final ApplicationCredential applicationCredential;

	private final SsoExchange exchange;

	private final CredentialAttempts attempts;

	private final CallGate callGate;

	private final CallTimeLimit timeLimit;

	/**
	 * Creates a client with {@linkplain UltraCartHttpSettings#defaults() default
	 * settings}.
	 * @param restClientBuilder makes the HTTP requests
	 * @param baseUrl the URL of the API, for example
	 * {@code https://secure.ultracart.com/rest/v2}
	 * @param applicationCredential authenticates the application
	 * @throws IllegalArgumentException if the base URL is neither https nor on a loopback
	 * host
	 */
	public RestClientUltraCartSsoClient(RestClient.Builder restClientBuilder, URI baseUrl,
			ApplicationCredential applicationCredential) {
		this(restClientBuilder, baseUrl, applicationCredential, UltraCartHttpSettings.defaults());
	}

	/**
	 * Creates a client.
	 * @param restClientBuilder makes the HTTP requests
	 * @param baseUrl the URL of the API, for example
	 * {@code https://secure.ultracart.com/rest/v2}
	 * @param applicationCredential authenticates the application
	 * @param settings the settings
	 * @throws IllegalArgumentException if the base URL is neither https nor on a loopback
	 * host
	 */
	public RestClientUltraCartSsoClient(RestClient.Builder restClientBuilder, URI baseUrl,
			ApplicationCredential applicationCredential, UltraCartHttpSettings settings) {
		Assert.notNull(restClientBuilder, "restClientBuilder cannot be null");
		Assert.notNull(applicationCredential, "applicationCredential cannot be null");
		Assert.notNull(settings, "settings cannot be null");
		this.applicationCredential = applicationCredential;
		this.exchange = new SsoExchange(restClientBuilder, Origin.requireSecure(baseUrl, settings.plainHttpHosts()),
				settings);
		this.callGate = settings.callGate();
		this.attempts = new CredentialAttempts(this.exchange, this.callGate);
		this.timeLimit = settings.timeLimit();
		for (SsoOperation operation : SsoOperation.values()) {
			this.retryTemplates.put(operation, new RetryTemplate(new CallRetryPolicy(operation, settings.maxRetries(),
					this.timeLimit.timeout(), this.callGate::coolDownLeft)));
		}
	}

	@Override
	public SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request) {
		return authorize(request, SsoOperation.AUTHORIZE);
	}

	@Override
	public SingleSignOnAuthorizeResponse authorizeKnown(SingleSignOnAuthorizeRequest request) {
		return authorize(request, KNOWN_START);
	}

	@Override
	public void checkStart(boolean known) {
		this.callGate.check(known ? KNOWN_START : SsoOperation.AUTHORIZE);
	}

	private SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request, GatedCall gated) {
		Call call = new Call(SsoOperation.AUTHORIZE, this.applicationCredential, this.exchange.json(request),
				List.of(request.state()));
		return pass(gated, call, (sent, response) -> {
			SingleSignOnAuthorizeResponse begun = this.exchange.read(sent, response,
					SingleSignOnAuthorizeResponse.class);
			if (!StringUtils.hasText(begun.loginUrl())) {
				throw this.exchange.invalid(sent, response, "has no login_url");
			}
			return begun;
		});
	}

	@Override
	public SingleSignOnTokenResponse exchange(String code) {
		return exchange(code, SsoOperation.TOKEN);
	}

	@Override
	public SingleSignOnTokenResponse exchangeKnown(String code) {
		return exchange(code, KNOWN_EXCHANGE);
	}

	private SingleSignOnTokenResponse exchange(String code, GatedCall gated) {
		Call call = new Call(SsoOperation.TOKEN, this.applicationCredential,
				this.exchange.json(Map.of("code", code, "grant_type", GRANT_TYPE)), List.of(code));
		return pass(gated, call, (sent, response) -> {
			SingleSignOnTokenResponse token = this.exchange.read(sent, response, SingleSignOnTokenResponse.class);
			if (token.simpleKey() == null) {
				throw this.exchange.invalid(sent, response, "has no simple_key");
			}
			return token;
		});
	}

	@Override
	public User sessionUser(SimpleKey simpleKey) {
		Call call = Call.of(SsoOperation.SESSION_USER, simpleKey);
		return pass(call.operation(), call, this::readUser);
	}

	@Override
	public User rereadSessionUser(SimpleKey simpleKey, boolean overdue) {
		Call call = Call.of(SsoOperation.SESSION_USER, simpleKey);
		return pass(overdue ? OVERDUE_REREAD : REREAD, call, this::readUser);
	}

	private User readUser(SsoRequest sent, JsonResponse response) {
		return this.exchange.read(sent, response, User.class);
	}

	@Override
	public void revoke(SimpleKey simpleKey) {
		Call call = Call.of(SsoOperation.REVOKE, simpleKey);
		this.callGate.passSoon(call.operation(), () -> retry(call, this::isRevoked));
	}

	@Override
	public void revokeInTurn(SimpleKey simpleKey) {
		Call call = Call.of(SsoOperation.REVOKE, simpleKey);
		this.callGate.pass(call.operation(), () -> this.timeLimit.enforce(() -> attempt(call, this::isRevoked)));
	}

	/**
	 * UltraCart documents neither a success status nor a body for this call, so any
	 * success without an error counts.
	 */
	private boolean isRevoked(SsoRequest sent, JsonResponse response) {
		if (!response.isUnauthorized()) {
			this.exchange.requireNoError(sent, response);
		}
		return true;
	}

	private <T> T pass(GatedCall gated, Call call, BiFunction<SsoRequest, JsonResponse, T> reader) {
		return this.callGate.pass(gated, () -> retry(call, reader));
	}

	private <T> T retry(Call call, BiFunction<SsoRequest, JsonResponse, T> reader) {
		RetryTemplate retryTemplate = this.retryTemplates.get(call.operation());
		Assert.state(retryTemplate != null, "There is a template for each operation");
		return this.timeLimit.enforce(() -> retryTemplate.invoke(() -> attempt(call, reader)));
	}

	/**
	 * Makes an attempt at a call. A code is never sent twice, whatever the response.
	 */
	private <T> T attempt(Call call, BiFunction<SsoRequest, JsonResponse, T> reader) {
		boolean repeatable = call.operation() == SsoOperation.AUTHORIZE;
		return this.attempts.make(call.credential(), repeatable,
				(credential) -> send(new SsoRequest(call.operation(), credential, call.body(), call.secrets()),
						reader));
	}

	private <T> T send(SsoRequest request, BiFunction<SsoRequest, JsonResponse, T> reader) {
		return this.callGate.attempt(request.operation().kind(),
				() -> reader.apply(request, this.exchange.send(request)));
	}

	/**
	 * A call, which is made in one or several requests.
	 *
	 * @param secrets what is secret in the body
	 */
	private record Call(SsoOperation operation, ApplicationCredential credential, @Nullable String body,
			List<String> secrets) {

		static Call of(SsoOperation operation, SimpleKey simpleKey) {
			return new Call(operation, new SimpleKeyCredential(simpleKey), null, List.of());
		}

		@Override
		public String toString() {
			return "Call[" + this.operation + "]";
		}

	}

	/**
	 * A call that is not as urgent as others of its kind, or more urgent.
	 */
	private record PrioritizedCall(SsoOperation operation, CallPriority priority) implements GatedCall {

		@Override
		public String callName() {
			return this.operation.callName();
		}

		@Override
		public CallKind kind() {
			return this.operation.kind();
		}

	}

}
