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

package io.github.ultracartsso.test.login;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.web.api.UltraCartApi;
import io.github.ultracartsso.web.api.UltraCartApi.Caller;
import io.github.ultracartsso.web.session.CurrentSsoSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a request ends with that does not handle the failure of a call to UltraCart,
 * in an application that has nothing but the starter: a page, and a response to a script.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = UnhandledFailureTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "ultracart.sso.permit-all=/public/**", "ultracart.sso.http.call-timeout=2s",
				"ultracart.sso.http.queue-timeout=500ms" })
class UnhandledFailureTests {

	@Autowired
	private UltraCartSimulator ultraCart;

	@Autowired
	private Keys keys;

	private Browser browser;

	@BeforeEach
	void setUp(@LocalServerPort int port) {
		this.browser = new Browser("http://localhost:" + port);
	}

	@AfterEach
	void clear(@Autowired CallGate callGate) {
		this.ultraCart.clearFaults();
		callGate.reset();
	}

	static Stream<Arguments> failures() {
		return Stream.of(Arguments.of(SimulatedFault.status(403, "No, you may not."), 403, "No, you may not."),
				Arguments.of(SimulatedFault.status(404, "There is none."), 404, "There is none."),
				Arguments.of(SimulatedFault.rateLimited(Duration.ZERO), 503, "exceeded"),
				Arguments.of(SimulatedFault.status(500, "Broken."), 502, "Broken."),
				Arguments.of(SimulatedFault.htmlPage(502), 502, "UltraCart has not given a usable response."));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void callAsApplicationWhenFailedThenStatusForPageAndProblemForScript(SimulatedFault fault, int status,
			String detail) {
		for (String url : new String[] { "/public/stock", "/public/stock/wrapped", "/public/stock/http-interface" }) {
			fail(url, fault, status, detail);
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void callForUserWhenFailedThenStatusForPageAndProblemForScript(SimulatedFault fault, int status, String detail) {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		fail("/orders", fault, status, detail);
	}

	@Test
	void callAsApplicationWhenItsCredentialIsRejectedThenBadGatewayAndTheUserStaysSignedIn() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		fail("/public/stock", SimulatedFault.status(401, "Please sign in again."), 502,
				"UltraCart has not given a usable response.");
		this.ultraCart.clearFaults();
		assertThat(this.browser.navigate("/orders").statusCode()).isEqualTo(200);
	}

	static Stream<SimulatedFault> unusableSuccesses() {
		return Stream.of(SimulatedFault.htmlPage(200), SimulatedFault.emptyBody(),
				SimulatedFault.body(200, "application/json", "{\"count\": \"many\"}"),
				SimulatedFault.body(200, "application/json", "[1]"), SimulatedFault.body(200, "text/plain", "OK"),
				SimulatedFault.body(200, "application/json", "null"), SimulatedFault.body(200, "json", "{}"));
	}

	@ParameterizedTest
	@MethodSource("unusableSuccesses")
	void callWhenSuccessCannotBeUsedThenBadGateway(SimulatedFault fault) {
		for (String url : new String[] { "/public/counted", "/public/counted/http-interface" }) {
			fail(url, fault, 502, "UltraCart has not given a usable response.");
		}
	}

	private void fail(String url, SimulatedFault fault, int status, String detail) {
		this.ultraCart.answerAlways(SimulatedOperation.RESOURCE, fault);
		assertErrorPage(this.browser.navigate(url), status);
		assertErrorPage(this.browser.navigate(url, "Accept",
				"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"), status);
		assertProblem(this.browser.fetch(url), status, detail);
		assertProblem(this.browser.fetch(url, "Accept", "application/json"), status, detail);
		assertProblem(this.browser.fetch(url, "Accept", "application/json, text/plain, */*"), status, detail);
		assertProblem(this.browser.fetch(url, "Accept", "application/problem+json"), status, detail);
	}

	@Test
	void callWhenUltraCartFailsThenLoggedWithItsExplanationAndRequestId(CapturedOutput output) {
		fail("/public/stock", SimulatedFault.status(500, "Broken."), 502, "Broken.");
		assertThat(logged(output)).hasSize(6)
			.allSatisfy((line) -> assertThat(line).contains(" WARN ")
				.containsPattern("ends with status 502: GET /rest/v2/item/stock as the application was answered"
						+ " with status 500: Broken\\. \\[request id [-0-9A-F]+\\]$"));
	}

	@Test
	void callWhenResponseDoesNotFitThenLoggedWithTheCallAndWhatDoesNotFit(CapturedOutput output) {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE,
				SimulatedFault.body(200, "application/json", "{\"count\": \"many\"}"));
		this.browser.fetch("/public/counted");
		assertThat(logged(output)).singleElement()
			.asString()
			.contains(" WARN ", "GET /rest/v2/item/stock as the application", "Counted", "count")
			.doesNotContain("many");
	}

	@ParameterizedTest
	@ValueSource(ints = { 403, 404 })
	void callWhenRefusedThenLoggedAsInformation(int status, CapturedOutput output) {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.status(status, "No."));
		this.browser.fetch("/public/stock");
		assertThat(logged(output)).singleElement()
			.asString()
			.contains(" INFO ", "ends with status " + status, "answered with status " + status + ": No. [request id ");
	}

	@Test
	void callWhenHeldBackThenNotLogged(CapturedOutput output) {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ZERO));
		assertThat(this.browser.fetch("/public/stock").statusCode()).isEqualTo(503);
		assertThat(logged(output)).isEmpty();
	}

	private static List<String> logged(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("UltraCartApiExceptionAdvice")).toList();
	}

	/**
	 * The application has decided what the request ends with, and the failure is only the
	 * cause.
	 */
	@ParameterizedTest
	@CsvSource({ "response-status, 409", "annotated, 410", "error-response, 422", "access-denied, 403" })
	void callWhenApplicationChoosesTheStatusThenThatOne(String exception, int status) {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		this.ultraCart.answerAlways(SimulatedOperation.RESOURCE, SimulatedFault.status(500, "Broken."));
		String url = "/orders/with/" + exception;
		assertThat(this.browser.navigate(url).statusCode()).isEqualTo(status);
		assertThat(this.browser.fetch(url).statusCode()).isEqualTo(status);
	}

	/**
	 * Spring Security has to see it, to ask for a login.
	 */
	@Test
	void callWhenApplicationThrowsAuthenticationExceptionThenALogin() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		this.ultraCart.answerAlways(SimulatedOperation.RESOURCE, SimulatedFault.status(500, "Broken."));
		assertThat(this.browser.fetch("/orders/with/authentication").statusCode()).isEqualTo(401);
	}

	@Test
	void callWhenSuccessHasAnErrorThenBadGateway() {
		assertErrorPage(this.browser.navigate("/public/refused"), 502);
		assertProblem(this.browser.fetch("/public/refused"), 502, "It is sold out.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/public/stock", "/orders" })
	void callWhenNoResponseInTimeThenBadGateway(String url) {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		this.ultraCart.answerAlways(SimulatedOperation.RESOURCE, SimulatedFault.delay(Duration.ofSeconds(10)));
		assertErrorPage(this.browser.navigate(url), 502);
		assertProblem(this.browser.fetch(url), 502, "UltraCart has not given a usable response.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/public/stock", "/orders" })
	void callWhenHeldBackAfterTooManyThenUnavailableUntil(String url) {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ofSeconds(60)));
		assertErrorPage(this.browser.navigate(url), 503);
		assertErrorPage(this.browser.navigate(url), 503);
		assertProblem(this.browser.fetch(url), 503, "UltraCart cannot be called now. Try again later.");
		assertThat(retryAfter(this.browser.fetch(url))).isBetween(50L, 60L);
	}

	/**
	 * Calls are made again after five minutes, whatever UltraCart asks for.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/public/stock", "/orders" })
	void callWhenUltraCartAsksForADayThenUnavailableUntilCallsAreMade(String url) {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ofDays(1)));
		assertThat(retryAfter(this.browser.fetch(url))).isBetween(280L, 300L);
		assertThat(retryAfter(this.browser.fetch(url))).isBetween(280L, 300L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/public/stock", "/orders" })
	void callWhenWaitedTooLongInTheQueueThenUnavailable(String url, @Autowired Slow slow) throws Exception {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		slow.reset();
		CompletableFuture<HttpResponse<String>> first = CompletableFuture
			.supplyAsync(() -> this.browser.fetch("/public/slow"));
		try {
			assertThat(slow.begun().await(10, TimeUnit.SECONDS)).isTrue();
			assertErrorPage(this.browser.navigate(url), 503);
			assertProblem(this.browser.fetch(url), 503, "UltraCart cannot be called now. Try again later.");
		}
		finally {
			slow.end().countDown();
		}
		assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/public/stock", "/orders" })
	void callWhenFailedThenProblemHasTheRequestId(String url) {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		this.ultraCart.answerAlways(SimulatedOperation.RESOURCE, SimulatedFault.status(500, "Broken."));
		assertThat(this.browser.fetch(url).body()).containsPattern("\"requestId\":\"[-0-9A-F]+\"");
	}

	private void assertNoKey(HttpResponse<String> response) {
		assertThat(response.body() + response.headers().map()).doesNotContain(this.ultraCart.applicationKey());
		String userKey = this.keys.ofUser;
		if (userKey != null) {
			assertThat(response.body() + response.headers().map()).doesNotContain(userKey);
		}
	}

	private void assertErrorPage(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
		assertThat(response.body()).contains("Whitelabel Error Page", "status=" + status);
		assertNoKey(response);
		assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
	}

	private void assertProblem(HttpResponse<String> response, int status, String detail) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		assertThat(response.body()).contains("\"status\":" + status, detail);
		assertNoKey(response);
		assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
	}

	private static long retryAfter(HttpResponse<String> response) {
		return Long.parseLong(response.headers().firstValue("Retry-After").orElseThrow());
	}

	@ResponseStatus(HttpStatus.GONE)
	static class OrderGoneException extends RuntimeException {

		OrderGoneException(Throwable cause) {
			super(cause);
		}

	}

	static class Slow {

		private volatile CountDownLatch begun = new CountDownLatch(1);

		private volatile CountDownLatch end = new CountDownLatch(1);

		void reset() {
			this.begun = new CountDownLatch(1);
			this.end = new CountDownLatch(1);
		}

		CountDownLatch begun() {
			return this.begun;
		}

		CountDownLatch end() {
			return this.end;
		}

	}

	static class Keys {

		private volatile @Nullable String ofUser;

	}

	record Counted(Integer count) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

		@Bean
		SimulatedUser jane() {
			return SimulatedUser.withLogin("Jane!ops").build();
		}

		@Bean
		SimulatedResource stock() {
			return SimulatedResource.get("/item/stock").json("{\"stock\":1}");
		}

		@Bean
		SimulatedResource refused() {
			return SimulatedResource.get("/item/refused")
				.json("{\"error\":{\"developer_message\":\"gone\",\"user_message\":\"It is sold out.\"}}");
		}

		@Bean
		Slow slow() {
			return new Slow();
		}

		@Bean
		Keys keys() {
			return new Keys();
		}

		@Bean
		SimulatedResource slowResource(Slow slow) {
			return SimulatedResource.get("/item/slow").answer((request) -> {
				slow.begun().countDown();
				try {
					return ResponseEntity.ok(String.valueOf(slow.end().await(10, TimeUnit.SECONDS)));
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
		}

		@Bean
		StockApi stockApi(@UltraCartApi(as = Caller.APPLICATION) RestClient ultraCart) {
			return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(ultraCart))
				.build()
				.createClient(StockApi.class);
		}

		interface StockApi {

			@GetExchange("/item/stock")
			String stock();

			@GetExchange("/item/stock")
			Counted counted();

		}

		@RestController
		static class Controller {

			private final RestClient user;

			private final RestClient application;

			private final StockApi stockApi;

			private final Keys keys;

			Controller(@UltraCartApi RestClient user, @UltraCartApi(as = Caller.APPLICATION) RestClient application,
					StockApi stockApi, Keys keys) {
				this.keys = keys;
				this.user = user;
				this.application = application;
				this.stockApi = stockApi;
			}

			@GetMapping("/orders")
			String orders(@CurrentSsoSession SsoSession ssoSession) {
				this.keys.ofUser = ssoSession.simpleKey().value();
				return orders();
			}

			private String orders() {
				return this.user.get().uri("/item/stock").retrieve().requiredBody(String.class);
			}

			@GetMapping("/orders/with/{exception}")
			String chosen(@PathVariable String exception) {
				try {
					return orders();
				}
				catch (UltraCartApiException ex) {
					throw switch (exception) {
						case "response-status" ->
							new ResponseStatusException(HttpStatus.CONFLICT, "The order is locked", ex);
						case "annotated" -> new OrderGoneException(ex);
						case "error-response" -> new ErrorResponseException(HttpStatus.UNPROCESSABLE_CONTENT, ex);
						case "access-denied" -> new AccessDeniedException("Not this order", ex);
						case "authentication" -> new InsufficientAuthenticationException("Once more, please", ex);
						default -> ex;
					};
				}
			}

			@GetMapping("/public/stock")
			String stock() {
				return this.application.get().uri("/item/stock").retrieve().requiredBody(String.class);
			}

			@GetMapping("/public/stock/wrapped")
			String wrapped() {
				try {
					return stock();
				}
				catch (UltraCartApiException ex) {
					throw new IllegalStateException("The stock cannot be shown", ex);
				}
			}

			@GetMapping("/public/stock/http-interface")
			String httpInterface() {
				return this.stockApi.stock();
			}

			@GetMapping("/public/counted")
			Counted counted() {
				return this.application.get().uri("/item/stock").retrieve().requiredBody(Counted.class);
			}

			@GetMapping("/public/counted/http-interface")
			Counted countedByHttpInterface() {
				return this.stockApi.counted();
			}

			@GetMapping("/public/refused")
			String refused() {
				return this.application.get().uri("/item/refused").retrieve().requiredBody(String.class);
			}

			@GetMapping("/public/slow")
			String slow() {
				return this.application.get().uri("/item/slow").retrieve().requiredBody(String.class);
			}

		}

	}

}
