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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.ScriptedServer;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UltraCartApiTransport} where the answer has no end, breaks off, comes
 * too late or not at all.
 */
@Timeout(60)
class BrokenUserAnswerTests {

	private static final int BLOCK = 1024 * 1024;

	private static final int MAX_BLOCKS = 32;

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

	private static final String UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 9\r\n\r\n";

	private static final Duration LIMIT = Duration.ofMillis(500);

	private static final Duration BOUND = Duration.ofSeconds(5);

	/**
	 * Long enough to read all that is accepted, however slowly.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	/**
	 * Loading classes takes its time, too.
	 */
	@BeforeAll
	static void callOnce() {
		TestUserCall.answer(ultraCart, 200);
		TestUserCall.make(TestUltraCart.transport(ultraCart));
	}

	// G2
	@Test
	void sendWhenAnswerAsLargeAsAllowedThenAllOfIt() throws IOException {
		try (ScriptedServer server = ScriptedServer.following((exchange) -> sendBlocks(exchange, OK, 0))) {
			byte[] body = TestUserCall.make(TestUltraCart.transport(server.url("http", "/rest/v2"))).bytes();
			assertThat(body).hasSize(MAX_BLOCKS * BLOCK);
			assertThat(body[body.length - 1]).isEqualTo((byte) ' ');
		}
	}

	// G2
	@Test
	void sendWhenAnswerLargerThanAllowedThenInvalidAnswer() throws IOException {
		try (ScriptedServer server = ScriptedServer.following((exchange) -> sendBlocks(exchange, OK, 1))) {
			failsAsTooLarge(TestUltraCart.transport(server.url("http", "/rest/v2")));
			assertThat(server.requests()).hasSize(1);
		}
	}

	// G2: the HTTP library reads on to an end that is announced
	@ParameterizedTest
	@ValueSource(strings = { "X-Length: none", "Content-Length: 1099511627776" })
	void sendWhenAnswerHasNoEndThenInvalidAnswerAndBrokenOffAtOnce(String length) throws Exception {
		brokenOffAtOnce("HTTP/1.1 200 OK\r\n" + length + "\r\n\r\n", BrokenUserAnswerTests::failsAsTooLarge);
	}

	// G2
	@ParameterizedTest
	@ValueSource(strings = { "X-Length: none", "Content-Length: 1099511627776" })
	void sendWhenErrorHasNoEndThenFailureByStatusAndBrokenOffAtOnce(String length) throws Exception {
		brokenOffAtOnce("HTTP/1.1 503 Any\r\nRetry-After: 9\r\n" + length + "\r\n\r\n",
				(transport) -> failsByStatus(TestUserCall.make(transport)));
	}

	private static void brokenOffAtOnce(String head, Consumer<UltraCartApiTransport> call) throws Exception {
		CountDownLatch brokenOff = new CountDownLatch(1);
		try (ScriptedServer server = ScriptedServer
			.following((exchange) -> sendWithoutEnd(exchange, head, brokenOff))) {
			long begun = System.nanoTime();
			call.accept(TestUltraCart.transport(server.url("http", "/rest/v2"), PATIENCE, PATIENCE));
			assertThat(brokenOff.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
		}
	}

	// G1
	@ParameterizedTest
	@MethodSource("slowServers")
	void sendWhenServerTakesItsTimeThenBrokenOff(ScriptedServer.Script script) throws IOException {
		try (ScriptedServer server = ScriptedServer.following(script)) {
			UltraCartApiTransport transport = TestUltraCart.transport(server.url("http", "/rest/v2"),
					Duration.ofSeconds(60), LIMIT);
			long begun = System.nanoTime();
			assertThatExceptionOfType(UltraCartUnavailableException.class)
				.isThrownBy(() -> TestUserCall.make(transport))
				.withMessage(TestUserCall.NAME + " got no response within PT0.5S")
				.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
				.returns(null, UltraCartApiException::getStatus)
				.returns(true, UltraCartApiException::wasSent);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(LIMIT, BOUND);
			assertThat(server.requests()).hasSize(1);
		}
	}

	static Stream<Named<ScriptedServer.Script>> slowServers() {
		return Stream.of(Named.of("silent", ScriptedServer.Exchange::staySilent),
				Named.of("silent after the head", (exchange) -> exchange.send(OK).staySilent()),
				Named.of("drips its headers", (exchange) -> exchange.drip("HTTP/1.1 200 " + "O".repeat(5000), 50)),
				Named.of("drips its body", (exchange) -> exchange.send(OK).drip(" ".repeat(5000), 50)));
	}

	// G1
	@Test
	void sendWhenServerDripsAnErrorThenBrokenOffAndFailureByStatus() throws IOException {
		try (ScriptedServer server = ScriptedServer
			.following((exchange) -> exchange.send(UNAVAILABLE).drip(" ".repeat(5000), 50))) {
			UltraCartApiTransport transport = TestUltraCart.transport(server.url("http", "/rest/v2"),
					Duration.ofSeconds(60), LIMIT);
			long begun = System.nanoTime();
			failsByStatus(TestUserCall.make(transport));
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(LIMIT, BOUND);
		}
	}

	@Test
	void sendWhenOneWasBrokenOffThenTheNextHasItsWholeTime() throws IOException {
		try (ScriptedServer server = ScriptedServer.following(ScriptedServer.Exchange::staySilent)) {
			UltraCartApiTransport transport = TestUltraCart.transport(server.url("http", "/rest/v2"),
					Duration.ofSeconds(60), LIMIT);
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> TestUserCall.make(transport));
			server.follow((exchange) -> exchange.send(OK + TestUserCall.ANSWER));
			assertThat(TestUserCall.make(transport).getBody()).hasContent(TestUserCall.ANSWER);
		}
	}

	// G1
	@Test
	void sendWhenNoAnswerInTimeOfTheConnectionThenNoAnswer() {
		TestUserCall.answer(ultraCart, WireMock.okJson(TestUserCall.ANSWER).withFixedDelay(1000));
		UltraCartApiTransport impatient = TestUltraCart.transport(TestUltraCart.baseUrl(ultraCart),
				Duration.ofMillis(100), Duration.ofSeconds(10));
		assertThatExceptionOfType(UltraCartUnavailableException.class).isThrownBy(() -> TestUserCall.make(impatient))
			.withMessage(TestUserCall.NAME + " got no response (SocketTimeoutException)")
			.withCauseInstanceOf(SocketTimeoutException.class)
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
			.returns(true, UltraCartApiException::wasSent);
	}

	// G3, G6
	@ParameterizedTest
	@EnumSource
	void sendWhenConnectionBreaksThenNoAnswerAndNotRepeated(Fault fault) {
		TestUserCall.answer(ultraCart, WireMock.aResponse().withFault(fault));
		UltraCartApiTransport transport = TestUltraCart.transport(ultraCart);
		for (HttpMethod method : new HttpMethod[] { HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE }) {
			ultraCart.resetRequests();
			assertThatExceptionOfType(UltraCartUnavailableException.class)
				.isThrownBy(() -> TestUserCall.send(transport, TestUserCall.request(method, transport, "/item/items")))
				.withMessageMatching(method + " " + TestUserCall.PATH + " got no response \\(\\w+\\)")
				.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
				.returns(null, UltraCartApiException::getStatus)
				.returns(true, UltraCartApiException::wasSent);
			assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
		}
	}

	// G3: what the HTTP library would repeat by itself
	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void sendWhenStatusInvitesARepeatThenOneRequest(int status) {
		TestUserCall.answer(ultraCart, WireMock.status(status).withHeader("Retry-After", "0"));
		UltraCartApiTransport transport = TestUltraCart.transport(ultraCart);
		TestUserCall.send(transport, TestUserCall.request(HttpMethod.PUT, transport, "/item/items"));
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
	}

	// G6
	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 100\r\n\r\n{\"a\"", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\"",
			"Content-Length: 10\r\nContent-Encoding: gzip\r\n\r\nno gzip at" })
	void sendWhenAnswerBreaksOffThenNoAnswer(String answer) throws IOException {
		try (ScriptedServer server = ScriptedServer
			.following((exchange) -> exchange.send("HTTP/1.1 200 OK\r\n" + answer))) {
			UltraCartApiTransport transport = TestUltraCart.transport(server.url("http", "/rest/v2"));
			assertThatExceptionOfType(UltraCartUnavailableException.class)
				.isThrownBy(() -> TestUserCall.make(transport))
				.withMessageMatching(TestUserCall.NAME + " got no response \\(\\w+\\)")
				.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
				.returns(true, UltraCartApiException::wasSent);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void sendWhenErrorBreaksOffThenFailureByStatus() throws IOException {
		try (ScriptedServer server = ScriptedServer.following((exchange) -> exchange
			.send("HTTP/1.1 503 Any\r\nRetry-After: 9\r\nContent-Length: 100\r\n\r\n{\"error\": {"))) {
			failsByStatus(TestUserCall.make(TestUltraCart.transport(server.url("http", "/rest/v2"))));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 -1 OK\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "HTTP/1.1 099 Low\r\n\r\n" })
	void sendWhenAnswerIsNotHttpThenNoAnswer(String answer) throws IOException {
		try (ScriptedServer server = ScriptedServer.following((exchange) -> exchange.send(answer))) {
			UltraCartApiTransport transport = TestUltraCart.transport(server.url("http", "/rest/v2"));
			assertThatExceptionOfType(UltraCartUnavailableException.class)
				.isThrownBy(() -> TestUserCall.make(transport))
				.withMessageStartingWith(TestUserCall.NAME + " got no response (")
				.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure);
		}
	}

	@Test
	void sendWhenConnectionRefusedThenNotSent() throws IOException {
		URI nobodyListens;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobodyListens = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/rest/v2");
		}
		assertThatExceptionOfType(UltraCartUnavailableException.class)
			.isThrownBy(() -> TestUserCall.make(TestUltraCart.transport(nobodyListens)))
			.withMessage(TestUserCall.NAME + " got no response (HttpHostConnectException)")
			.withCauseInstanceOf(HttpHostConnectException.class)
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
			.returns(false, UltraCartApiException::wasSent);
	}

	private static void failsAsTooLarge(UltraCartApiTransport transport) {
		assertThatExceptionOfType(UltraCartUnavailableException.class).isThrownBy(() -> TestUserCall.make(transport))
			.withMessage("The response to " + TestUserCall.NAME + " is larger than is accepted")
			.withNoCause()
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure)
			.returns(TestUserCall.NAME, UltraCartApiException::getCall)
			.returns(200, UltraCartApiException::getStatus)
			.returns(true, UltraCartApiException::wasSent);
	}

	private static void failsByStatus(UltraCartApiResponse response) {
		assertThat(response.getStatusCode().value()).isEqualTo(503);
		assertThat(response.bytes()).isEmpty();
		assertThat(response.getFailure()).isInstanceOf(UltraCartUnavailableException.class)
			.hasMessage(TestUserCall.NAME + " was answered with status 503")
			.returns(UltraCartApiFailure.SERVER_ERROR, UltraCartApiException::getFailure)
			.returns(Duration.ofSeconds(9), UltraCartApiException::getRetryAfter);
	}

	private static void sendBlocks(ScriptedServer.Exchange exchange, String head, int more) throws IOException {
		exchange.send(head);
		byte[] block = block();
		for (int i = 0; i < MAX_BLOCKS; i++) {
			exchange.send(block);
		}
		exchange.send(" ".repeat(more));
	}

	private static void sendWithoutEnd(ScriptedServer.Exchange exchange, String head, CountDownLatch brokenOff)
			throws IOException {
		try {
			exchange.send(head).sendWithoutEnd(block());
		}
		finally {
			brokenOff.countDown();
		}
	}

	private static byte[] block() {
		return " ".repeat(BLOCK).getBytes(StandardCharsets.US_ASCII);
	}

}
