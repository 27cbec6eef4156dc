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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.config.Browser;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessionEndedException;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.ultracart.admin.v2.OrderApi;
import com.ultracart.admin.v2.models.Order;
import com.ultracart.admin.v2.models.OrderResponse;
import com.ultracart.admin.v2.models.OrdersResponse;
import com.ultracart.admin.v2.util.ApiCallback;
import com.ultracart.admin.v2.util.ApiClient;
import com.ultracart.admin.v2.util.ApiException;
import com.ultracart.admin.v2.util.auth.ApiKeyAuth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link UltraCartApiClients} with UltraCart's own SDK.
 */
@Timeout(30)
class UltraCartApiClientsTests {

	private static final String KEY = "user-key-0815";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCartApi.server();

	@RegisterExtension
	static final WireMockExtension elsewhere = TestUltraCartApi.server();

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final SsoSessions ssoSessions = TestUltraCartApi.ssoSessions();

	private final CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(this.ssoSessions);

	private final UltraCartApiTransport transport = TestUltraCartApi.transport(ultraCart);

	private final UltraCartApiClients clients = new UltraCartApiClients(this.transport, this.currentSsoSessions);

	private Authentication jane;

	@BeforeEach
	void signIn() {
		this.currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		this.jane = TestUltraCartApi.signIn(this.ssoSessions, 42, KEY);
		this.strategy.setContext(new SecurityContextImpl(this.jane));
		ultraCart.stubFor(
				WireMock.any(WireMock.anyUrl()).willReturn(WireMock.okJson("{\"order\": {\"order_id\": \"DEMO-1\"}}")));
		elsewhere.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.okJson("{}")));
	}

	@Test
	void getOrderThenReadWithTheKeyOfTheUser() throws ApiException {
		assertThat(orderId(this.clients.forCurrentUser())).isEqualTo("DEMO-1");
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.getUrl()).isEqualTo("/rest/v2/order/orders/DEMO-1?_expand=summary");
		assertThat(request.header(TestUltraCartApi.KEY_HEADER).values()).containsExactly(KEY);
		assertThat(request.header(TestUltraCartApi.VERSION_HEADER).values()).containsExactly("2017-03-01");
	}

	@Test
	void getOrdersThenReadWithTheKeyOfTheUser() throws ApiException {
		ultraCart.stubFor(WireMock.get(WireMock.urlPathEqualTo("/rest/v2/order/orders"))
			.withQueryParam("_limit", WireMock.equalTo("2"))
			.willReturn(WireMock
				.okJson("{\"success\": true, \"orders\": [{\"order_id\": \"DEMO-1\"}, {\"order_id\": \"DEMO-2\"}]}")));
		OrdersResponse orders = new OrderApi(this.clients.forCurrentUser()).getOrders(null, null, null, null, null,
				null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
				null, null, null, null, null, 2, 0, null, null);
		assertThat(orders.getOrders()).extracting(Order::getOrderId).containsExactly("DEMO-1", "DEMO-2");
		assertThat(TestUltraCartApi.onlyRequest(ultraCart).getHeader(TestUltraCartApi.KEY_HEADER)).isEqualTo(KEY);
	}

	@Test
	void insertAndUpdateOrderThenBodyArrivesAsJson() throws ApiException {
		Order order = new Order();
		order.setOrderId("DEMO-1");
		order.setMerchantId("DÉMO");
		OrderApi orders = new OrderApi(this.clients.forCurrentUser());
		orders.insertOrder(order, null);
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.getMethod().getName()).isEqualTo("POST");
		assertThat(request.getHeader("Content-Type")).startsWith("application/json");
		assertThat(request.getBodyAsString()).contains("\"order_id\":\"DEMO-1\"", "\"merchant_id\":\"DÉMO\"");
		ultraCart.resetRequests();
		orders.updateOrder("DEMO-1", order, null);
		request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.getMethod().getName()).isEqualTo("PUT");
		assertThat(request.getBodyAsString()).contains("\"order_id\":\"DEMO-1\"");
		assertThat(request.getHeader(TestUltraCartApi.KEY_HEADER)).isEqualTo(KEY);
	}

	@Test
	void deleteOrderWhenNoContentThenSucceeds() throws ApiException {
		ultraCart.stubFor(WireMock.delete(WireMock.anyUrl()).willReturn(WireMock.noContent()));
		new OrderApi(this.clients.forCurrentUser()).deleteOrder("DEMO-1");
		assertThat(TestUltraCartApi.onlyRequest(ultraCart).getUrl()).isEqualTo("/rest/v2/order/orders/DEMO-1");
	}

	@Test // F1
	void forCurrentUserThenClientHoldsNoKey() {
		ApiClient client = this.clients.forCurrentUser();
		assertThat(client.getBasePath()).isEqualTo(TestUltraCartApi.baseUrl(ultraCart));
		assertThat(apiKeyAuth(client).getApiKey()).isNull();
		assertThat(client).usingRecursiveAssertion()
			.ignoringFieldsOfTypes(okhttp3.OkHttpClient.class)
			.allFieldsSatisfy((field) -> !KEY.equals(field));
	}

	@Test
	void callWhenApplicationSetsCredentialsThenTheUsersKeyIsSentAllTheSame() throws ApiException {
		ApiClient client = this.clients.forCurrentUser();
		apiKeyAuth(client).setApiKey("another-key");
		client.addDefaultHeader("Authorization", "Bearer another-token");
		client.addDefaultHeader("X-UltraCart-Browser-Key", "another-key");
		orderId(client);
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.header(TestUltraCartApi.KEY_HEADER).values()).containsExactly(KEY);
		assertThat(request.containsHeader("Authorization")).isFalse();
		assertThat(request.containsHeader("X-UltraCart-Browser-Key")).isFalse();
	}

	@Test
	void callWhenApplicationSetsAccessTokenThenTheUsersKeyIsSentAllTheSame() throws ApiException {
		ApiClient client = this.clients.forCurrentUser();
		client.setAccessToken("another-token");
		orderId(client);
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.header(TestUltraCartApi.KEY_HEADER).values()).containsExactly(KEY);
		assertThat(request.containsHeader("Authorization")).isFalse();
	}

	@Test // C6, F3
	void callWhenApplicationSetsAnotherBasePathThenNothingIsSent() {
		ApiClient client = this.clients.forCurrentUser().setBasePath(elsewhere.baseUrl());
		OrderApi orders = new OrderApi(this.clients.forCurrentUser());
		orders.setCustomBaseUrl(elsewhere.baseUrl());
		for (OrderApi api : List.of(new OrderApi(client), orders)) {
			assertThatExceptionOfType(ApiException.class).isThrownBy(() -> api.getOrder("DEMO-1", null))
				.withStackTraceContaining("An ApiClient made by UltraCartApiClients calls UltraCart alone");
		}
		assertThat(TestUltraCartApi.requests(elsewhere)).isEmpty();
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@ParameterizedTest // C6, F3
	@ValueSource(ints = { 302, 307, 308 })
	void callWhenUltraCartRedirectsThenNotFollowed(int status) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl())
			.willReturn(WireMock.status(status).withHeader("Location", elsewhere.baseUrl() + "/arrived")));
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> orderId(this.clients.forCurrentUser()))
			.returns(status, ApiException::getCode);
		assertThat(TestUltraCartApi.requests(elsewhere)).isEmpty();
	}

	@ParameterizedTest // F1
	@ValueSource(ints = { 400, 403, 429, 500 })
	void callWhenNotASuccessThenApiExceptionThatDoesNotRepeatTheKey(int status) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(TestUltraCartApi.echo(status)));
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> orderId(this.clients.forCurrentUser()))
			.returns(status, ApiException::getCode)
			.returns(List.of("******"), (ex) -> ex.getResponseHeaders().get("x-key"))
			.satisfies((ex) -> assertThat(ex.getResponseBody()).contains("no ******").doesNotContain(KEY))
			.satisfies(
					(ex) -> assertThat(TestUltraCartApi.stackTrace(ex) + ex.getResponseHeaders()).doesNotContain(KEY));
	}

	@Test
	void callWhenNoAnswerThenStatusZeroAndCauseSaysWhy() {
		ultraCart
			.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE)));
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> orderId(this.clients.forCurrentUser()))
			.returns(0, ApiException::getCode)
			.satisfies((ex) -> assertThat(ultraCartFailure(ex)).isInstanceOf(UltraCartUnavailableException.class));
	}

	@Test
	void callWhenHeldBackThenStatusZeroAndCauseSaysWhy() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(429)));
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> orderId(this.clients.forCurrentUser()))
			.returns(429, ApiException::getCode);
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> orderId(this.clients.forCurrentUser()))
			.returns(0, ApiException::getCode)
			.satisfies((ex) -> assertThat(ultraCartFailure(ex)).isInstanceOf(UltraCartRateLimitException.class)
				.returns(false, UltraCartApiException::wasSent));
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1);
	}

	@Test // F1
	void callWhenUltraCartDoesNotKnowTheKeyThenSsoSessionIsOverAndKeyIsNotRepeated() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(TestUltraCartApi.echo(401)));
		ApiClient client = this.clients.forCurrentUser();
		assertThatExceptionOfType(SsoSessionEndedException.class).isThrownBy(() -> orderId(client))
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex)).doesNotContain(KEY));
		assertThat(this.currentSsoSessions.find(this.jane)).isNull();
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class).isThrownBy(() -> orderId(client));
	}

	@Test
	void callWhenAsynchronousThenFailsAndSaysWhy() throws Exception {
		CompletableFuture<ApiException> failure = new CompletableFuture<>();
		new OrderApi(this.clients.forCurrentUser()).getOrderAsync("DEMO-1", null, new OnFailure<>(failure));
		assertThat(failure.get(10, TimeUnit.SECONDS)).hasStackTraceContaining(
				"An ApiClient made by UltraCartApiClients makes no asynchronous calls, because no user is signed in on");
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@ParameterizedTest // which OkHttp refuses, and quotes
	@ValueSource(ints = { 200, 403 })
	void callWhenHeaderIsNotAsciiThenAnsweredAllTheSame(int status) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl())
			.willReturn(WireMock.okJson("{}").withStatus(status).withHeader("UC-REST-ERROR", "Caf\u00e9")));
		if (status == 200) {
			assertThatNoException().isThrownBy(() -> orderId(this.clients.forCurrentUser()));
		}
		else {
			assertThatExceptionOfType(ApiException.class).isThrownBy(() -> orderId(this.clients.forCurrentUser()))
				.returns(status, ApiException::getCode);
		}
	}

	@Test
	void callWhenClientIsKeptThenMadeForWhoeverIsSignedInThen() throws ApiException {
		ApiClient client = this.clients.forCurrentUser();
		this.strategy.setContext(new SecurityContextImpl(TestUltraCartApi.signIn(this.ssoSessions, 43, "joes-key")));
		orderId(client);
		assertThat(TestUltraCartApi.onlyRequest(ultraCart).getHeader(TestUltraCartApi.KEY_HEADER))
			.isEqualTo("joes-key");
		this.strategy.clearContext();
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class).isThrownBy(() -> orderId(client))
			.withMessageStartingWith("GET /rest/v2/order/orders/{} is called on behalf of a user");
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1);
	}

	@Test
	void forCurrentUserWhenNobodyIsSignedInThenThrows() {
		this.strategy.clearContext();
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(this.clients::forCurrentUser)
			.withMessageStartingWith("UltraCart's API is called on behalf of a user, but no user");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartApiClients(null, this.currentSsoSessions))
			.withMessage("transport cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartApiClients(this.transport, null))
			.withMessage("currentSsoSessions cannot be null");
	}

	private static @Nullable String orderId(ApiClient client) throws ApiException {
		OrderResponse response = new OrderApi(client).getOrder("DEMO-1", "summary");
		Order order = response.getOrder();
		return (order != null) ? order.getOrderId() : null;
	}

	private static ApiKeyAuth apiKeyAuth(ApiClient client) {
		return (ApiKeyAuth) client.getAuthentication("ultraCartSimpleApiKey");
	}

	private static @Nullable UltraCartApiException ultraCartFailure(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof UltraCartApiException failure) {
				return failure;
			}
		}
		return null;
	}

	private record OnFailure<T>(CompletableFuture<ApiException> failure) implements ApiCallback<T> {

		@Override
		public void onFailure(ApiException ex, int status, Map<String, List<String>> headers) {
			this.failure.complete(ex);
		}

		@Override
		public void onSuccess(T result, int status, Map<String, List<String>> headers) {
			this.failure.completeExceptionally(new AssertionError("succeeded"));
		}

		@Override
		public void onUploadProgress(long bytesWritten, long contentLength, boolean done) {
		}

		@Override
		public void onDownloadProgress(long bytesRead, long contentLength, boolean done) {
		}

	}

}
