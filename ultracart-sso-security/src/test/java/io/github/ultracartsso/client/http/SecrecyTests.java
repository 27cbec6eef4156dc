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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that neither a key nor a code nor a state gets out of
 * {@link RestClientUltraCartSsoClient} except in requests to UltraCart.
 */
class SecrecyTests {

	private static final String UNCHUNKED_TOKEN = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{\"simple_key\": \"%s\"}\r\n";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final UltraCartSsoClient client = TestUltraCart.client(ultraCart);

	private final CapturedLog log = CapturedLog.of("io.github.ultracartsso", "org.springframework");

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	// F1
	@ParameterizedTest
	@EnumSource
	void logWhenCallSucceedsThenNoSecret(TestCall call) {
		TestUltraCart.answer(ultraCart, call, 200, call.answer());
		call.make(this.client);
		assertThat(this.log.text()).doesNotContain(TestSecrets.inClear());
	}

	// F1
	@ParameterizedTest
	@EnumSource(names = { "AUTHORIZE", "EXCHANGE" })
	void logWhenSpringLogsTheRequestBodyThenNotItsContent(TestCall call) {
		TestUltraCart.answer(ultraCart, call, 200, call.answer());
		call.make(this.client);
		assertThat(this.log.messages(Level.DEBUG))
			.anyMatch((message) -> message.startsWith("Writing [") && message.contains("application/json"));
	}

	// F1
	@ParameterizedTest
	@EnumSource
	void logWhenCallFailsThenNoSecret(TestCall call) {
		TestUltraCart.answer(ultraCart, call, echo(call, 500));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client));
		TestUltraCart.answer(ultraCart, call, WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client));
		assertThat(this.log.text()).doesNotContain(TestSecrets.inClear());
	}

	// F1, H2
	@ParameterizedTest
	@CsvSource({ "AUTHORIZE, 401", "EXCHANGE, 410", "SESSION_USER, 429", "REVOKE, 410" })
	void logWhenUltraCartIsNotToBeCalledThenNeitherSecretNorControlCharacter(TestCall call, int status) {
		TestUltraCart.answer(ultraCart, call, echo(call, status));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client));
		assertThat(Stream.of(Level.WARN, Level.ERROR).flatMap((level) -> this.log.messages(level).stream()))
			.singleElement()
			.asString()
			.contains("You sent ******", "[request id ******")
			.doesNotContain(TestSecrets.inClear())
			.doesNotContainPattern("\\p{Cntrl}");
	}

	// F1
	@ParameterizedTest
	@EnumSource
	void exceptionWhenUltraCartEchoesWhatItWasSentThenMasked(TestCall call) {
		String masked = switch (call) {
			case AUTHORIZE, EXCHANGE -> "****** and ******";
			case SESSION_USER, REVOKE -> "******";
		};
		TestUltraCart.answer(ultraCart, call, echo(call, 400));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
			.withMessage(call.operation() + " was answered with status 400: You sent " + masked)
			.returns(masked, UltraCartApiException::getErrorCode)
			.returns(masked, UltraCartApiException::getRequestId);
	}

	// F1
	@ParameterizedTest
	@EnumSource
	void exceptionWhenUltraCartEchoesInTheBodyThenMasked(TestCall call) {
		String own = switch (call) {
			case AUTHORIZE -> TestSecrets.STATE;
			case EXCHANGE -> TestSecrets.CODE;
			case SESSION_USER, REVOKE -> TestSecrets.USER_KEY.value();
		};
		TestUltraCart.answer(ultraCart, call, 403, TestAnswers.error("x".repeat(290) + own + own));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
			.withMessageEndingWith("x******" + "****...");
	}

	// F1
	@Test
	void exceptionWhenAnotherCredentialIsEchoedThenMasked() {
		UltraCartSsoClient client = new RestClientUltraCartSsoClient(RestClient.builder(),
				TestUltraCart.baseUrl(ultraCart), (headers) -> headers.setBearerAuth("dummy-access"));
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 401, TestAnswers.error("No token dummy-access is known"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> client.exchange(TestSecrets.CODE))
			.withMessage("ssoToken was answered with status 401: No token ****** is known");
	}

	// F1
	@ParameterizedTest
	@ValueSource(strings = { "{\"simple_key\": \"%s\", \"expiration_dts\": {}}", "{\"simple_key\": [\"%s\"]}",
			"{\"simple_key\": \"%s\\n\"}", "{\"simple_key\": \"%s\"", "\"%s\"", "{\"key\": \"%s\"}" })
	void exceptionWhenTheAnswerWithTheKeyCannotBeReadThenNoSecret(String answer) {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200, answer.formatted(TestSecrets.USER_KEY.value()));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.client.exchange(TestSecrets.CODE))
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(TestSecrets.inClear()));
	}

	// F1
	@ParameterizedTest
	@EnumSource
	void exceptionWhenConnectionBreaksThenNoSecret(Fault fault) {
		for (TestCall call : List.of(TestCall.AUTHORIZE, TestCall.EXCHANGE, TestCall.SESSION_USER)) {
			TestUltraCart.answer(ultraCart, call, WireMock.aResponse().withFault(fault));
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
				.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(TestSecrets.inClear()));
		}
	}

	// F1: the text of the HTTP library's exception quotes what is malformed
	@ParameterizedTest
	@ValueSource(strings = { UNCHUNKED_TOKEN, "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n" })
	void exceptionWhenTheAnswerWithTheKeyIsMalformedThenNoSecret(String answer) throws IOException {
		exchange(answer, RestClient.builder());
	}

	// F1
	@Test
	void observationWhenTheAnswerWithTheKeyIsMalformedThenNoSecret() throws IOException {
		List<Throwable> errors = new ArrayList<>();
		ObservationRegistry observationRegistry = ObservationRegistry.create();
		observationRegistry.observationConfig().observationHandler(new ObservationHandler<>() {
			@Override
			public void onError(Observation.Context context) {
				errors.add(Objects.requireNonNull(context.getError()));
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}
		});
		exchange(UNCHUNKED_TOKEN, RestClient.builder().observationRegistry(observationRegistry));
		assertThat(errors).hasSize(1)
			.allSatisfy((error) -> assertThat(stackTrace(error)).doesNotContain(TestSecrets.inClear()));
	}

	private static void exchange(String answer, RestClient.Builder builder) throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> answered = CompletableFuture
				.runAsync(() -> answerOnce(server, answer.formatted(TestSecrets.USER_KEY.value())));
			UltraCartSsoClient client = TestUltraCart.client(URI.create("http://127.0.0.1:" + server.getLocalPort()),
					builder.requestFactory(TestUltraCart.requestFactory(new UltraCartHttpClientCustomizer())),
					TestUltraCart.settings());
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> client.exchange(TestSecrets.CODE))
				.withMessageStartingWith("ssoToken got no response (")
				.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
				.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(TestSecrets.inClear()));
			answered.join();
		}
	}

	@Test
	void exceptionWhenCodeIsEmptyThenMessageUntouched() {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 400, TestAnswers.error("No code."));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.client.exchange(""))
			.withMessage("ssoToken was answered with status 400: No code.");
	}

	// F1
	@Test
	void toStringThenNoSecret() {
		assertThat(new SingleSignOnAuthorizeRequest("https://app.example.com/", TestSecrets.STATE))
			.hasToString("SingleSignOnAuthorizeRequest[redirectUri=https://app.example.com/, state=******]");
		assertThat(new SingleSignOnAuthorizeResponse("https://x.example/?token=" + TestSecrets.CODE, "never"))
			.hasToString("SingleSignOnAuthorizeResponse[expirationDts=never]");
		assertThat(new SsoRequest(SsoOperation.TOKEN, new HttpHeaders(), TestSecrets.CODE, List.of(TestSecrets.CODE)))
			.hasToString("SsoRequest[TOKEN]");
		assertThat(new SingleSignOnTokenResponse(TestSecrets.USER_KEY, "never", "203.0.113.24"))
			.hasToString("SingleSignOnTokenResponse[simpleKey=******, expirationDts=never, ipAddress=203.0.113.24]");
	}

	/**
	 * Returns an answer that repeats all the secrets that the call has sent.
	 */
	private static ResponseDefinitionBuilder echo(TestCall call, int status) {
		String own = switch (call) {
			case AUTHORIZE -> TestSecrets.APPLICATION_KEY.value() + " and " + TestSecrets.STATE;
			case EXCHANGE -> TestSecrets.APPLICATION_KEY.value() + " and " + TestSecrets.CODE;
			case SESSION_USER, REVOKE -> TestSecrets.USER_KEY.value();
		};
		return WireMock.status(status)
			.withHeader("X-UltraCart-Request-Id", own)
			.withBody("{\"error\": {\"error_code\": \"%1$s\", \"developer_message\": \"You\\n\\u001bsent %1$s\"}}"
				.formatted(own));
	}

	private static void answerOnce(ServerSocket server, String answer) {
		try (Socket connection = server.accept()) {
			connection.getInputStream().read(new byte[8192]);
			connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String stackTrace(Throwable ex) {
		StringWriter writer = new StringWriter();
		ex.printStackTrace(new PrintWriter(writer));
		return writer.toString();
	}

}
