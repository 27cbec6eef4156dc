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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessionEndedException;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSsoSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartKeyInterceptor}.
 */
class UltraCartKeyInterceptorTests {

	private static final String KEY = "user-key-0815";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCartApi.server();

	@RegisterExtension
	static final WireMockExtension elsewhere = TestUltraCartApi.server();

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final SsoSessions ssoSessions = TestUltraCartApi.ssoSessions();

	private final CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(this.ssoSessions);

	private final UltraCartApiTransport transport = TestUltraCartApi.transport(ultraCart);

	private final UltraCartKeyInterceptor interceptor = new UltraCartKeyInterceptor(this.transport,
			this.currentSsoSessions);

	private final List<URI> behind = new ArrayList<>();

	/**
	 * By a library that follows redirects, and with whatever headers.
	 */
	private final RestClient client = RestClient.builder()
		.baseUrl(TestUltraCartApi.baseUrl(ultraCart))
		.requestFactory(new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()))
		.requestInterceptor(this.interceptor)
		.requestInterceptor((request, body, execution) -> {
			this.behind.add(request.getURI());
			return execution.execute(request, body);
		})
		.build();

	private Authentication jane;

	@BeforeEach
	void signIn() {
		this.currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		this.jane = TestUltraCartApi.signIn(this.ssoSessions, 42, KEY);
		this.strategy.setContext(new SecurityContextImpl(this.jane));
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.okJson("{\"success\": true}")));
		elsewhere.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("elsewhere")));
	}

	@Test
	void interceptWhenUltraCartThenHasKeyAndVersion() {
		assertThat(get("/order/orders?expand=summary")).isEqualTo("{\"success\": true}");
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.getUrl()).isEqualTo("/rest/v2/order/orders?expand=summary");
		assertThat(request.header(TestUltraCartApi.KEY_HEADER).values()).containsExactly(KEY);
		assertThat(request.header(TestUltraCartApi.VERSION_HEADER).values()).containsExactly("2017-03-01");
	}

	@Test
	void interceptWhenRequestNamesItsOwnVersionAndCredentialsThenVersionStandsAndCredentialsDoNot() {
		this.client.get()
			.uri("/order/orders")
			.header(TestUltraCartApi.VERSION_HEADER, "2018-01-01")
			.header(TestUltraCartApi.KEY_HEADER, "another-key")
			.header("Authorization", "Bearer another-token")
			.header("x-ultracart-browser-key", "another-key")
			.retrieve()
			.toBodilessEntity();
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.header(TestUltraCartApi.VERSION_HEADER).values()).containsExactly("2018-01-01");
		assertThat(request.header(TestUltraCartApi.KEY_HEADER).values()).containsExactly(KEY);
		assertThat(request.containsHeader("Authorization")).isFalse();
		assertThat(request.containsHeader("x-ultracart-browser-key")).isFalse();
	}

	@Test
	void interceptWhenRequestHasABodyThenItArrives() {
		this.client.post()
			.uri("/order/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("order_id", "DEMO-1"))
			.retrieve()
			.toBodilessEntity();
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.getMethod().getName()).isEqualTo("POST");
		assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
		assertThat(request.getBodyAsString()).isEqualTo("{\"order_id\":\"DEMO-1\"}");
	}

	@Test
	void interceptWhenAnswerHasNoContentThenBodiless() {
		ultraCart.stubFor(WireMock.delete(WireMock.anyUrl()).willReturn(WireMock.noContent()));
		assertThat(this.client.delete().uri("/order/orders/DEMO-1").retrieve().toBodilessEntity().getStatusCode())
			.hasToString("204 NO_CONTENT");
		assertThat(this.client.delete().uri("/order/orders/DEMO-1").retrieve().body(String.class)).isNull();
	}

	@Test // C6, F3
	void interceptWhenAnotherPortThenPassesWithoutKeyByTheClientsOwnLibrary() {
		elsewhere
			.stubFor(WireMock.get("/moved").willReturn(WireMock.temporaryRedirect(elsewhere.baseUrl() + "/arrived")));
		assertThat(get(elsewhere.baseUrl() + "/moved")).isEqualTo("elsewhere");
		assertThat(this.behind).containsExactly(URI.create(elsewhere.baseUrl() + "/moved"));
		assertThat(TestUltraCartApi.requests(elsewhere)).hasSize(2).allSatisfy((request) -> {
			assertThat(request.containsHeader(TestUltraCartApi.KEY_HEADER)).isFalse();
			assertThat(request.containsHeader(TestUltraCartApi.VERSION_HEADER)).isFalse();
		});
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@ParameterizedTest // C6, F3
	@ValueSource(strings = { "http://localhost:%d/rest/v2", "https://127.0.0.1:%d/rest/v2",
			"http://someone@127.0.0.1:%d/rest/v2", "http://127.0.0.1.example.com:%d/rest/v2", "/rest/v2" })
	void interceptWhenOtherHostOrSchemeThenPassesUntouched(String url) throws IOException {
		URI passed = URI.create(url.formatted(ultraCart.getPort()));
		List<URI> executed = new ArrayList<>();
		RestClient.builder().requestInterceptor(this.interceptor).requestInterceptor((request, body, execution) -> {
			executed.add(request.getURI());
			assertThat(request.getHeaders().containsHeader(TestUltraCartApi.KEY_HEADER)).isFalse();
			assertThat(request.getHeaders().containsHeader(TestUltraCartApi.VERSION_HEADER)).isFalse();
			return new MockClientHttpResponse(new byte[0], 200);
		}).build().get().uri(passed).retrieve().toBodilessEntity();
		assertThat(executed).containsExactly(passed);
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@Test
	void interceptWhenNobodyIsSignedInThenOtherHostsAreCalledAllTheSame() {
		this.strategy.clearContext();
		assertThat(get(elsewhere.baseUrl() + "/public")).isEqualTo("elsewhere");
	}

	@ParameterizedTest // C6, F3
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void interceptWhenUltraCartRedirectsThenNotFollowedThoughTheLibraryWould(int status) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl())
			.willReturn(WireMock.status(status).withHeader("Location", elsewhere.baseUrl() + "/arrived")));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> get("/order/orders"))
			.returns(status, UltraCartApiException::getStatus);
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1);
		assertThat(TestUltraCartApi.requests(elsewhere)).isEmpty();
	}

	@Test // F3
	void interceptWhenUltraCartThenInterceptorsBehindAreNotAsked() {
		get("/order/orders");
		assertThat(this.behind).isEmpty();
	}

	@Test
	void interceptWhenRestTemplateThenTheSame() {
		RestTemplate restTemplate = new RestTemplate();
		restTemplate.getInterceptors().add(this.interceptor);
		String url = TestUltraCartApi.baseUrl(ultraCart) + "/order/orders";
		assertThat(restTemplate.getForObject(url, String.class)).isEqualTo("{\"success\": true}");
		assertThat(TestUltraCartApi.onlyRequest(ultraCart).getHeader(TestUltraCartApi.KEY_HEADER)).isEqualTo(KEY);
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(403)));
		assertThatExceptionOfType(UltraCartForbiddenException.class)
			.isThrownBy(() -> restTemplate.getForObject(url, String.class));
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(401)));
		assertThatExceptionOfType(SsoSessionEndedException.class)
			.isThrownBy(() -> restTemplate.getForObject(url, String.class));
	}

	@ParameterizedTest
	@CsvSource({ "400, UltraCartApiException", "403, UltraCartForbiddenException", "404, UltraCartApiException",
			"410, UltraCartApiException", "429, UltraCartRateLimitException", "500, UltraCartUnavailableException",
			"503, UltraCartUnavailableException" })
	void interceptWhenNotASuccessThenTypedExceptionThatDoesNotRepeatTheKey(int status, String type) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(TestUltraCartApi.echo(status)));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> get("/order/orders?email=jane"))
			.returns(status, UltraCartApiException::getStatus)
			.returns("GET /rest/v2/order/orders", UltraCartApiException::getCall)
			.returns(type, (ex) -> ex.getClass().getSimpleName())
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex)).contains("no ******")
				.doesNotContain(KEY, "jane"));
	}

	@Test
	void interceptWhenTooManyThenNotCalledForAWhile() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(429)));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> get("/order/orders"));
		}
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1);
	}

	@Test
	void interceptWhenNoAnswerThenUnavailable() {
		ultraCart
			.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE)));
		assertThatExceptionOfType(UltraCartUnavailableException.class).isThrownBy(() -> get("/order/orders"));
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1);
	}

	@Test
	void interceptWhenNotASuccessThenStatusHandlersAreNotAsked() {
		AtomicBoolean asked = new AtomicBoolean();
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(403)));
		assertThatExceptionOfType(UltraCartForbiddenException.class).isThrownBy(() -> this.client.get()
			.uri("/order/orders")
			.retrieve()
			.onStatus((status) -> true, (request, response) -> asked.set(true))
			.toBodilessEntity());
		assertThat(asked).isFalse();
	}

	@Test
	void interceptWhenNobodyIsSignedInThenExceptionSaysWhatToDoAndNoCall() {
		this.strategy.clearContext();
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(() -> get("/order/orders?email=jane"))
			.withMessageStartingWith("GET /rest/v2/order/orders is called on behalf of a user, but no user who has"
					+ " signed in with UltraCart is known on the thread '" + Thread.currentThread().getName() + "'")
			.withMessageContaining("DelegatingSecurityContextExecutor");
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@Test // F1
	void interceptWhenUltraCartDoesNotKnowTheKeyThenSsoSessionIsOverAndKeyIsNotRepeated() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(TestUltraCartApi.echo(401)));
		assertThatExceptionOfType(SsoSessionEndedException.class).isThrownBy(() -> get("/order/orders"))
			.withMessageStartingWith("UltraCart does not know the user's key any more: GET /rest/v2/order/orders was"
					+ " answered with status 401: no ******")
			.withNoCause()
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex) + ex).doesNotContain(KEY));
		assertThat(this.currentSsoSessions.find(this.jane)).isNull();
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(() -> get("/order/orders"));
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1);
	}

	@Test
	void interceptWhenUserChangesBetweenCallsThenEachCallHasTheKeyOfItsUser() {
		get("/order/orders");
		Authentication joe = TestUltraCartApi.signIn(this.ssoSessions, 43, "joes-key");
		this.strategy.setContext(new SecurityContextImpl(joe));
		get("/order/orders");
		assertThat(TestUltraCartApi.requests(ultraCart))
			.extracting((request) -> request.getHeader(TestUltraCartApi.KEY_HEADER))
			.containsExactlyInAnyOrder(KEY, "joes-key");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartKeyInterceptor(null, this.currentSsoSessions))
			.withMessage("transport cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartKeyInterceptor(this.transport, (CurrentSsoSessions) null))
			.withMessage("currentSsoSessions cannot be null");
	}

	private @Nullable String get(String url) {
		return this.client.get().uri(url).retrieve().body(String.class);
	}

}
