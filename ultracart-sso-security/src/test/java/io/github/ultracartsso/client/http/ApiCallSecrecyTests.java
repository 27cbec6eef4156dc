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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.ScriptedServer;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.MockClientHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the key of a user and the application's credential get out of
 * {@link UltraCartApiTransport} in requests to UltraCart alone.
 */
@ParameterizedClass
@EnumSource
class ApiCallSecrecyTests {

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final TestCaller caller;

	private final UltraCartApiTransport transport = TestUltraCart.transport(ultraCart);

	private final CapturedLog log = CapturedLog.of("io.github.ultracartsso", "org.springframework");

	ApiCallSecrecyTests(TestCaller caller) {
		this.caller = caller;
	}

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	// F1
	@Test
	void logWhenCallSucceedsThenNoSecret() {
		TestUserCall.answer(ultraCart, 200, "{\"key\": \"" + this.caller.secret() + "\"}");
		assertThat(this.caller.make(this.transport)).hasToString("UltraCartApiResponse[200 OK]");
		assertThat(this.log.text()).doesNotContain(TestSecrets.inClear()).doesNotContain(this.caller.secret());
	}

	// F1
	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 403, 410, 500 })
	void logWhenCallFailsThenNoSecret(int status) {
		echo(status);
		assertThat(this.caller.make(this.transport).toString()).doesNotContain(this.caller.secret());
		assertThat(this.log.text()).doesNotContain(TestSecrets.inClear()).doesNotContain(this.caller.secret());
	}

	// F1
	@ParameterizedTest
	@EnumSource
	void exceptionWhenConnectionBreaksThenNoSecret(Fault fault) {
		TestUserCall.answer(ultraCart, WireMock.aResponse().withFault(fault));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.caller.make(this.transport))
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(TestSecrets.inClear())
				.doesNotContain(this.caller.secret()));
		assertThat(this.log.text()).doesNotContain(TestSecrets.inClear()).doesNotContain(this.caller.secret());
	}

	// F1, H2
	@Test
	void logWhenTooManyCallsThenNeitherSecretNorControlCharacter() {
		echo(429);
		this.caller.make(this.transport);
		assertThat(Stream.of(Level.WARN, Level.ERROR).flatMap((level) -> this.log.messages(level).stream()))
			.singleElement()
			.asString()
			.contains("You sent ******", "[request id ******")
			.doesNotContain(TestSecrets.inClear())
			.doesNotContain(this.caller.secret())
			.doesNotContainPattern("\\p{Cntrl}");
	}

	// F1
	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 403, 404, 410, 429, 500, 503 })
	void responseWhenUltraCartEchoesTheKeyThenMaskedEverywhere(int status) {
		echo(status);
		UltraCartApiResponse response = this.caller.make(this.transport);
		assertThat(response.getFailure()).isNotNull()
			.hasMessage(
					this.caller.nameOf(TestUserCall.NAME) + " was answered with status " + status + ": You sent ******")
			.returns("******", UltraCartApiException::getErrorCode)
			.returns("Key ****** is not known", UltraCartApiException::getUserMessage)
			.returns("******", UltraCartApiException::getRequestId)
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(this.caller.secret()));
		assertThat(new String(response.bytes(), StandardCharsets.UTF_8)).contains("\"error_code\": \"******\"", "é")
			.doesNotContain(this.caller.secret());
		assertThat(response.getBody()).asString(StandardCharsets.UTF_8).doesNotContain(this.caller.secret());
		assertThat(response.getHeaders().toString()).doesNotContain(this.caller.secret());
		assertThat(response.getHeaders().get("X-Echo")).containsExactly("one", "Key ******, twice: ******");
	}

	// F1
	@ParameterizedTest
	@ValueSource(strings = { "<html>You sent %s</html>", "%s", "{\"error\": \"%s" })
	void responseWhenUltraCartEchoesTheKeyInSomethingElseThenMasked(String body) {
		TestUserCall.answer(ultraCart, 502, body.formatted(this.caller.secret()));
		assertThat(this.caller.make(this.transport).getBody()).hasContent(body.formatted("******"));
	}

	// F1
	@Test
	void responseWhenNothingToMaskThenBytesAsTheyAre() {
		byte[] body = new byte[256];
		for (int i = 0; i < body.length; i++) {
			body[i] = (byte) i;
		}
		TestUserCall.answer(ultraCart,
				WireMock.status(500).withHeader("Content-Type", "application/octet-stream").withBody(body));
		assertThat(this.caller.make(this.transport).bytes()).isEqualTo(body);
	}

	@Test
	void responseWhenBodyIsShorterThanItWasThenNotSaidToBeLonger() {
		TestUserCall.answer(ultraCart,
				WireMock.status(400)
					.withHeader("Content-Length", String.valueOf(this.caller.secret().length()))
					.withBody(this.caller.secret()));
		UltraCartApiResponse response = this.caller.make(this.transport);
		assertThat(response.bytes()).hasSize(6);
		assertThat(response.getHeaders().getContentLength()).isIn(-1L, 6L);
	}

	// F1
	@Test
	void exceptionWhenThePathHoldsTheKeyThenNotInTheName() {
		MockClientHttpRequest request = TestUserCall.request(HttpMethod.GET, this.transport,
				"/item/" + this.caller.secret());
		assertThat(this.caller.send(this.transport, request).getFailure())
			.hasMessage(this.caller.nameOf("GET /rest/v2/item/{}") + " was answered with status 404")
			.returns(this.caller.nameOf("GET /rest/v2/item/{}"), UltraCartApiException::getCall);
	}

	@Test
	void exceptionWhenThereIsAQueryThenNotInTheName() {
		MockClientHttpRequest request = TestUserCall.request(HttpMethod.GET, this.transport,
				"/customer/customers?email=jane@merchant.example");
		assertThat(this.caller.send(this.transport, request).getFailure())
			.returns(this.caller.nameOf("GET /rest/v2/customer/customers"), UltraCartApiException::getCall);
		assertThat(this.log.text()).doesNotContain("jane@merchant.example");
	}

	@Test
	void exceptionWhenThePathIsLongThenCut() {
		MockClientHttpRequest request = TestUserCall.request(HttpMethod.GET, this.transport,
				"/item/" + "x".repeat(1000));
		assertThat(this.caller.send(this.transport, request).getFailure()).returns(
				this.caller.nameOf("GET /rest/v2/item/" + "x".repeat(182) + "..."), UltraCartApiException::getCall);
	}

	// F1: the text of the HTTP library's exception quotes what is malformed
	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{\"simple_key\": \"%s\"}\r\n",
			"HTTP/1.1 200 OK\r\n%s\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
			"HTTP/1.1 %s OK\r\n\r\n" })
	void exceptionWhenTheAnswerWithTheKeyIsMalformedThenNoSecret(String answer) throws IOException {
		try (ScriptedServer server = ScriptedServer
			.following((exchange) -> exchange.send(answer.formatted(this.caller.secret())))) {
			UltraCartApiTransport transport = TestUltraCart.transport(server.url("http", "/rest/v2"));
			assertThatExceptionOfType(UltraCartUnavailableException.class).isThrownBy(() -> this.caller.make(transport))
				.withMessageStartingWith(this.caller.nameOf(TestUserCall.NAME) + " got no response (")
				.withNoCause()
				.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(this.caller.secret()));
		}
		assertThat(this.log.text()).doesNotContain(this.caller.secret());
	}

	/**
	 * Has UltraCart repeat the key wherever it can.
	 */
	private void echo(int status) {
		TestUserCall.answer(ultraCart,
				WireMock.status(status)
					.withHeader("X-UltraCart-Request-Id", this.caller.secret())
					.withHeader("X-Echo", "one", "Key " + this.caller.secret() + ", twice: " + this.caller.secret())
					.withHeader("Location", "https://evil.example/" + this.caller.secret())
					.withBody("""
							{"error": {"error_code": "%1$s", "developer_message": "You\\n\\u001bsent %1$s",
							  "user_message": "Key\\r\\n%1$s\\u0000is not known", "more_info": "é"}}
							""".formatted(this.caller.secret())));
	}

	private static String stackTrace(Throwable ex) {
		StringWriter writer = new StringWriter();
		ex.printStackTrace(new PrintWriter(writer));
		return writer.toString();
	}

}
