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
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RestClientUltraCartSsoClient} where what comes back is not what
 * UltraCart documents, or nothing comes back.
 */
class BrokenAnswerTests {

	private static final int LIMIT = 1024 * 1024;

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final UltraCartSsoClient client = TestUltraCart.client(ultraCart);

	// G2, G6
	@ParameterizedTest
	@MethodSource("callsAndBodies")
	void callWhenSuccessWithoutTheDocumentedJsonThenInvalidAnswer(TestCall call, String body) {
		TestUltraCart.answer(ultraCart, call, 200, body);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
			.withMessage("The response to " + call.operation() + " is not the documented JSON")
			.withNoCause()
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure)
			.returns(200, UltraCartApiException::getStatus)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
	}

	static Stream<Arguments> callsAndBodies() {
		return Stream.of(TestCall.AUTHORIZE, TestCall.EXCHANGE, TestCall.SESSION_USER)
			.flatMap((call) -> Stream
				.of("", "\"\"", "null", "[]", "[" + call.answer() + "]", "5", "true",
						"<html>Sign in to continue</html>", call.answer().substring(0, call.answer().length() / 2),
						call.answer() + "}", call.answer() + call.answer(), "[".repeat(100_000), "\u0000")
				.map((body) -> Arguments.of(call, body)));
	}

	@Test
	void callWhenBadGatewayWithHtmlThenServerError() {
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE,
				WireMock.aResponse()
					.withStatus(502)
					.withHeader("Content-Type", "text/html")
					.withBody("<html>Bad Gateway</html>"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> TestCall.AUTHORIZE.make(this.client))
			.withMessage("ssoAuthorize was answered with status 502")
			.returns(UltraCartApiFailure.SERVER_ERROR, UltraCartApiException::getFailure);
	}

	// G2
	@Test
	void callWhenBodyAsLargeAsAllowedThenAccepted() {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 200, padded(TestAnswers.USER, LIMIT));
		assertThat(this.client.sessionUser(TestSecrets.USER_KEY).login()).isEqualTo("Jane!ops");
	}

	// G2
	@ParameterizedTest
	@ValueSource(ints = { LIMIT + 1, 8 * LIMIT })
	void callWhenBodyLargerThanAllowedThenInvalidAnswer(int size) {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 200, padded(TestAnswers.USER, size));
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> this.client.sessionUser(TestSecrets.USER_KEY))
			.withMessage("The response to getSsoSessionUser is larger or deeper than is accepted")
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure)
			.returns(200, UltraCartApiException::getStatus)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
	}

	// G4
	@Test
	void callWhenErrorWithLargeBodyThenFailureByStatus() {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE,
				WireMock.status(429)
					.withHeader("Retry-After", "9")
					.withBody(padded(TestAnswers.error("too much"), 2 * LIMIT)));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.client.exchange(TestSecrets.CODE))
			.withMessage("ssoToken was answered with status 429")
			.returns(UltraCartApiFailure.RATE_LIMITED, UltraCartApiException::getFailure)
			.returns(Duration.ofSeconds(9), UltraCartApiException::getRetryAfter);
	}

	// G6
	@ParameterizedTest
	@MethodSource("callsAndFaults")
	void callWhenConnectionBreaksThenNoAnswer(TestCall call, Fault fault) {
		TestUltraCart.answer(ultraCart, call, WireMock.aResponse().withFault(fault));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
			.withMessageMatching(call.operation() + " got no response \\(\\w+\\)")
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
			.returns(null, UltraCartApiException::getStatus)
			.returns(null, UltraCartApiException::getRequestId);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
	}

	static Stream<Arguments> callsAndFaults() {
		return Arrays.stream(TestCall.values())
			.flatMap((call) -> Arrays.stream(Fault.values())
				// the status alone says that a key is revoked
				.filter((fault) -> call != TestCall.REVOKE || fault != Fault.MALFORMED_RESPONSE_CHUNK)
				.map((fault) -> Arguments.of(call, fault)));
	}

	// G1
	@ParameterizedTest
	@EnumSource
	void callWhenNoAnswerInTimeThenNoAnswer(TestCall call) {
		TestUltraCart.answer(ultraCart, call, WireMock.okJson(call.answer()).withFixedDelay(1000));
		UltraCartSsoClient impatient = TestUltraCart.client(TestUltraCart.baseUrl(ultraCart), Duration.ofMillis(100),
				Duration.ofSeconds(10));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(impatient))
			.withMessage(call.operation() + " got no response (SocketTimeoutException)")
			.withCauseInstanceOf(SocketTimeoutException.class)
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure);
		assertThat(TestUltraCart.requests(ultraCart)).hasSizeLessThanOrEqualTo(1);
	}

	@Test
	void callWhenConnectionRefusedThenNoAnswer() throws IOException {
		URI nobodyListens;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobodyListens = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/rest/v2");
		}
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> TestUltraCart.client(nobodyListens).exchange(TestSecrets.CODE))
			.withMessage("ssoToken got no response (HttpHostConnectException)")
			.withCauseInstanceOf(HttpHostConnectException.class)
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure);
	}

	private static String padded(String json, int size) {
		return json + " ".repeat(size - json.length());
	}

}
