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

package io.github.ultracartsso.web;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.authentication.SsoSessionEndedException;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartKeyExchangeFilterFunction}.
 */
@Timeout(30)
class UltraCartKeyExchangeFilterFunctionTests {

	private static final String KEY = "user-key-0815";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCartApi.server();

	@RegisterExtension
	static final WireMockExtension elsewhere = TestUltraCartApi.server();

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions();

	private final List<Thread> callers = new CopyOnWriteArrayList<>();

	private final UltraCartApiTransport transport = TestUltraCartApi.transport(noteCallers(), ultraCart);

	private final UltraCartKeyExchangeFilterFunction filter = new UltraCartKeyExchangeFilterFunction(this.transport,
			this.currentSsoSessions);

	/**
	 * By a library that follows redirects.
	 */
	private final WebClient client = WebClient.builder()
		.baseUrl(TestUltraCartApi.baseUrl(ultraCart))
		.clientConnector(
				new JdkClientHttpConnector(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()))
		.filter(this.filter)
		.build();

	private Authentication jane;

	@BeforeEach
	void signIn() {
		this.currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		this.currentSsoSessions.setClock(new TestClock(TestSsoSessions.NOW));
		this.jane = TestUltraCartApi.signIn(this.currentSsoSessions, 42, KEY);
		this.strategy.setContext(new SecurityContextImpl(this.jane));
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.okJson("{\"success\": true}")));
		elsewhere.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("elsewhere")));
	}

	@Test
	void filterWhenUltraCartThenCalledOnTheThreadThatBlocksWithKeyAndVersion() {
		assertThat(get("/order/orders?expand=summary").block()).isEqualTo("{\"success\": true}");
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.getUrl()).isEqualTo("/rest/v2/order/orders?expand=summary");
		assertThat(request.header(TestUltraCartApi.KEY_HEADER).values()).containsExactly(KEY);
		assertThat(request.header(TestUltraCartApi.VERSION_HEADER).values()).containsExactly("2017-03-01");
		assertThat(this.callers).containsExactly(Thread.currentThread());
	}

	@Test
	void filterWhenRequestNamesCredentialsThenNotSent() {
		this.client.get()
			.uri("/order/orders")
			.header(TestUltraCartApi.KEY_HEADER, "another-key")
			.header("Authorization", "Bearer another-token")
			.cookie("session", "of-somebody")
			.retrieve()
			.toBodilessEntity()
			.block();
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.header(TestUltraCartApi.KEY_HEADER).values()).containsExactly(KEY);
		assertThat(request.containsHeader("Authorization")).isFalse();
		assertThat(request.containsHeader("Cookie")).isFalse();
	}

	@Test
	void filterWhenRequestHasABodyThenItArrives() {
		this.client.post()
			.uri("/order/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Map.of("order_id", "DEMO-1"))
			.retrieve()
			.toBodilessEntity()
			.block();
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.getMethod().getName()).isEqualTo("POST");
		assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
		assertThat(request.getBodyAsString()).isEqualTo("{\"order_id\":\"DEMO-1\"}");
	}

	@Test
	void filterWhenRequestHasABodyInPartsThenAllOfItArrives() {
		this.client.post()
			.uri("/order/orders")
			.contentType(MediaType.APPLICATION_NDJSON)
			.body(Flux.range(1, 3).map((i) -> Map.of("id", i)), new ParameterizedTypeReference<Map<String, Integer>>() {
			})
			.retrieve()
			.toBodilessEntity()
			.block();
		assertThat(TestUltraCartApi.onlyRequest(ultraCart).getBodyAsString())
			.isEqualTo("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
	}

	@Test
	void filterWhenAnswerHasNoContentThenEmpty() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.noContent()));
		assertThat(this.client.delete().uri("/order/orders/DEMO-1").retrieve().toBodilessEntity().block()).isNotNull()
			.returns(HttpStatus.NO_CONTENT, ResponseEntity::getStatusCode);
		assertThat(map(this.client.delete())).isNull();
	}

	@Test
	void filterWhenAnswerIsEmptyThenEmpty() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.okJson("")));
		assertThat(map(this.client.get())).isNull();
	}

	@Test
	void filterWhenAnswerIsLargerThanSpringsDefaultThenRead() {
		String large = "x".repeat(1024 * 1024);
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok(large)));
		assertThat(get("/order/orders").block()).isEqualTo(large);
	}

	@Test
	void filterWhenStrategiesAreSetThenTheyRead() {
		ExchangeStrategies small = ExchangeStrategies.builder()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4))
			.build();
		this.filter.setExchangeStrategies(small);
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> get("/order/orders").block())
			.withCauseInstanceOf(DataBufferLimitException.class);
	}

	@Test // C6, F3
	void filterWhenAnotherHostThenPassesWithoutKeyByTheClientsOwnLibrary() {
		elsewhere
			.stubFor(WireMock.get("/moved").willReturn(WireMock.temporaryRedirect(elsewhere.baseUrl() + "/arrived")));
		assertThat(get(elsewhere.baseUrl() + "/moved").block()).isEqualTo("elsewhere");
		assertThat(get("http://localhost:" + ultraCart.getPort() + "/rest/v2").block()).isNotNull();
		assertThat(this.callers).isEmpty();
		assertThat(TestUltraCartApi.requests(elsewhere)).hasSize(2)
			.noneMatch((request) -> request.containsHeader(TestUltraCartApi.KEY_HEADER));
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1)
			.noneMatch((request) -> request.containsHeader(TestUltraCartApi.KEY_HEADER));
	}

	@ParameterizedTest // C6, F3
	@ValueSource(ints = { 301, 302, 307 })
	void filterWhenUltraCartRedirectsThenNotFollowedThoughTheLibraryWould(int status) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl())
			.willReturn(WireMock.status(status).withHeader("Location", elsewhere.baseUrl() + "/arrived")));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> get("/order/orders").block())
			.returns(status, UltraCartApiException::getStatus);
		assertThat(TestUltraCartApi.requests(elsewhere)).isEmpty();
	}

	@Test
	void filterWhenUserIsInTheReactorContextThenActsForHimWhateverTheThread() {
		this.strategy
			.setContext(new SecurityContextImpl(TestUltraCartApi.signIn(this.currentSsoSessions, 43, "joes-key")));
		assertThat(forJane(get("/order/orders")).block()).isNotNull();
		Scheduler scheduler = Schedulers.newSingle("ours");
		try {
			assertThat(forJane(get("/order/orders")).subscribeOn(scheduler).block()).isNotNull();
		}
		finally {
			scheduler.dispose();
		}
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(2)
			.allSatisfy((request) -> assertThat(request.getHeader(TestUltraCartApi.KEY_HEADER)).isEqualTo(KEY));
	}

	@Test
	void filterWhenNobodyIsInTheReactorContextThenNotCalledForWhoeverIsOnTheThread() {
		Mono<String> forNobody = get("/order/orders")
			.contextWrite(ReactiveSecurityContextHolder.withSecurityContext(Mono.just(new SecurityContextImpl())));
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class).isThrownBy(forNobody::block);
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@Test
	void closeWhenThreadMustNotBeBlockedThenNoMoreCalls() {
		this.filter.close();
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> forJane(get("/order/orders")).subscribeOn(Schedulers.parallel()).block())
			.returns(false, UltraCartApiException::wasSent);
		assertThat(this.callers).isEmpty();
	}

	@Test
	void filterWhenThreadMustNotBeBlockedThenAnotherIs() {
		assertThat(forJane(get("/order/orders")).subscribeOn(Schedulers.parallel()).block()).isNotNull();
		assertThat(this.callers).singleElement().extracting(Thread::getName).asString().startsWith("ultracart-calls-");
	}

	@Test
	void filterWhenNobodyIsSignedInThenExceptionSaysWhatToDoAndNoCall() {
		this.strategy.clearContext();
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(() -> get("/order/orders?email=jane").block())
			.withMessageStartingWith(
					"GET /rest/v2/order/orders is called on behalf of a user, but nobody is known on the thread")
			.withMessageContaining("DelegatingSecurityContextExecutor");
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@Test
	void filterWhenNotSubscribedThenNoCall() {
		get("/order/orders");
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@Test // F1
	void filterWhenForbiddenThenErrorSignalThatDoesNotRepeatTheKey() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(TestUltraCartApi.echo(403)));
		assertThat(failure(get("/order/orders"))).isInstanceOf(UltraCartForbiddenException.class)
			.hasMessage("GET /rest/v2/order/orders was answered with status 403: no ******")
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex)).doesNotContain(KEY));
	}

	@Test
	void filterWhenNoAnswerThenErrorSignal() {
		ultraCart
			.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE)));
		assertThat(failure(get("/order/orders"))).isInstanceOf(UltraCartUnavailableException.class);
	}

	@Test // F1
	void filterWhenUltraCartDoesNotKnowTheKeyThenSsoSessionIsOverAndKeyIsNotRepeated() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(TestUltraCartApi.echo(401)));
		assertThat(failure(get("/order/orders"))).isInstanceOf(SsoSessionEndedException.class)
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex)).doesNotContain(KEY));
		assertThat(this.currentSsoSessions.find(this.jane)).isNull();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSetterWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartKeyExchangeFilterFunction(null, this.currentSsoSessions))
			.withMessage("transport cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartKeyExchangeFilterFunction(this.transport, null))
			.withMessage("currentSsoSessions cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setExchangeStrategies(null))
			.withMessage("exchangeStrategies cannot be null");
	}

	private static @Nullable Map<String, Object> map(WebClient.RequestHeadersUriSpec<?> request) {
		return request.uri("/order/orders/DEMO-1")
			.retrieve()
			.bodyToMono(new ParameterizedTypeReference<Map<String, Object>>() {
			})
			.block();
	}

	private Mono<String> get(String url) {
		return this.client.get().uri(url).retrieve().bodyToMono(String.class);
	}

	private <T> Mono<T> forJane(Mono<T> call) {
		return call.contextWrite(ReactiveSecurityContextHolder.withAuthentication(this.jane));
	}

	private static @Nullable Throwable failure(Mono<?> call) {
		return Objects.requireNonNull(call.materialize().block()).getThrowable();
	}

	private ClientHttpRequestFactory noteCallers() {
		ClientHttpRequestFactory requestFactory = TestUltraCartApi.requestFactory();
		return (url, method) -> {
			this.callers.add(Thread.currentThread());
			return requestFactory.createRequest(url, method);
		};
	}

}
