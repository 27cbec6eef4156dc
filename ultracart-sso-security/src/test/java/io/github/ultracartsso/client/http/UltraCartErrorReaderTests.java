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

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UltraCartErrorReader}, by way of the calls that use it.
 */
class UltraCartErrorReaderTests {

	private static final String PREFIX = "getSsoSessionUser was answered with status 400";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final RestClientUltraCartSsoClient client = TestUltraCart.client(ultraCart);

	@ParameterizedTest
	@MethodSource("callsAndStatuses")
	void callWhenStatusIsNoSuccessThenFailureByStatus(TestCall call, int status, UltraCartApiFailure failure) {
		TestUltraCart.answer(ultraCart, call, status, TestAnswers.error("Not this time."));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
			.withMessage(call.operation() + " was answered with status " + status
					+ ((status != 304) ? ": Not this time." : ""))
			.withNoCause()
			.returns(failure, UltraCartApiException::getFailure)
			.returns(status, UltraCartApiException::getStatus)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId)
			.returns(null, UltraCartApiException::getErrorCode)
			.returns(null, UltraCartApiException::getRetryAfter);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
	}

	static Stream<Arguments> callsAndStatuses() {
		return Arrays.stream(TestCall.values())
			.flatMap((call) -> Stream
				.of(Arguments.of(call, 302, UltraCartApiFailure.REFUSED),
						Arguments.of(call, 304, UltraCartApiFailure.REFUSED),
						Arguments.of(call, 400, UltraCartApiFailure.INVALID_REQUEST),
						Arguments.of(call, 401, UltraCartApiFailure.CREDENTIAL_REJECTED),
						Arguments.of(call, 403, UltraCartApiFailure.REFUSED),
						Arguments.of(call, 404, UltraCartApiFailure.REFUSED),
						Arguments.of(call, 405, UltraCartApiFailure.REFUSED),
						Arguments.of(call, 410, UltraCartApiFailure.APPLICATION_DISABLED),
						Arguments.of(call, 429, UltraCartApiFailure.RATE_LIMITED),
						Arguments.of(call, 499, UltraCartApiFailure.REFUSED),
						Arguments.of(call, 500, UltraCartApiFailure.SERVER_ERROR),
						Arguments.of(call, 502, UltraCartApiFailure.SERVER_ERROR),
						Arguments.of(call, 503, UltraCartApiFailure.SERVER_ERROR),
						Arguments.of(call, 504, UltraCartApiFailure.SERVER_ERROR),
						Arguments.of(call, 599, UltraCartApiFailure.SERVER_ERROR))
				// a key that is no longer known counts as revoked
				.filter((arguments) -> call != TestCall.REVOKE || !arguments.get()[1].equals(401)));
	}

	@ParameterizedTest
	@EnumSource(names = "REVOKE", mode = EnumSource.Mode.EXCLUDE)
	void callWhenErrorInASuccessfulAnswerThenInvalidAnswer(TestCall call) {
		String answer = call.answer().replaceFirst("\\{", "{\"error\": {\"user_message\": \"No such thing.\"},");
		TestUltraCart.answer(ultraCart, call, 200, answer);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
			.withMessage(call.operation() + " was answered with status 200: No such thing.")
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "\"invalid_grant\"", "[]", "true" })
	void callWhenOddErrorInASuccessfulAnswerThenInvalidAnswer(String error) {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200,
				TestAnswers.TOKEN.replaceFirst("\\{", "{\"error\": " + error + ","));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.client.exchange(TestSecrets.CODE))
			.withMessage("ssoToken was answered with status 200")
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'',
			value = { "from the header, from the developer, from the user, ': from the header'",
					"'', from the developer, from the user, ': from the developer'",
					"' ', ' ', from the user, ': from the user'", "'', '', '', ''" })
	void messageWhenSeveralTextsThenTheFirstOfHeaderDeveloperAndUser(String header, String developer, String user,
			String expected) {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER,
				WireMock.badRequest().withHeader("UC-REST-ERROR", header).withBody("""
						{"error": {"developer_message": "%s", "user_message": "%s"}, "metadata": {}}
						""".formatted(developer, user)));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call).withMessage(PREFIX + expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"\"", "{}", "[]", "null", "\"text\"", "5", "{\"error\": null}",
			"{\"error\": \"invalid_grant\", \"error_description\": \"no\"}", "{\"error\": []}", "{\"error\": {}}",
			"{\"error\": {\"developer_message\": null, \"user_message\": 5, \"error_code\": {\"a\": 1}}}",
			"{\"error\": {\"developer_message\": {\"text\": \"nested\"}}}", "{\"error\": {\"developer_mess",
			"<html>Bad Gateway</html>", "\u0000" })
	void messageWhenNoEnvelopeThenTheStatusAlone(String body) {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 400, body);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.withMessage(PREFIX)
			.returns(UltraCartApiFailure.INVALID_REQUEST, UltraCartApiException::getFailure)
			.returns(null, UltraCartApiException::getErrorCode)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
	}

	@Test
	void messageWhenAllSpecifiedFieldsThenErrorCodeToo() {
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE, 401, """
				{"error": {"developer_message": "The simple key has expired.", "error_code": "401",
				  "more_info": "https://www.ultracart.com/api/", "object_id": null,
				  "user_message": "Please sign in again."}, "metadata": {}, "success": false}
				""");
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> TestCall.AUTHORIZE.make(this.client))
			.withMessage("ssoAuthorize was answered with status 401: The simple key has expired.")
			.returns("401", UltraCartApiException::getErrorCode);
	}

	// H2
	@Test
	void messageWhenControlCharactersThenOneLine() {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 400, """
				{"error": {"developer_message": "a\\r\\n\\tb\\u0000c\\u001b[31md\\u0085e\\u2028f\\u202eg",
				  "error_code": "4\\n00"}}
				""");
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.withMessage(PREFIX + ": a b c [31md e f g")
			.returns("4 00", UltraCartApiException::getErrorCode);
	}

	@Test
	void messageWhenLongThenCut() {
		String body = "{\"error\": {\"developer_message\": \"%s\", \"error_code\": \"%1$s\"}}"
			.formatted("x".repeat(5000));
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 400, body);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.withMessage(PREFIX + ": " + "x".repeat(300) + "...")
			.returns("x".repeat(64) + "...", UltraCartApiException::getErrorCode);
	}

	@Test
	void userMessageThenThatOfTheEnvelopeAlone() {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER,
				WireMock.badRequest().withHeader("UC-REST-ERROR", "from the header").withBody("""
						{"error": {"developer_message": "from the developer", "user_message": "from the user"}}
						"""));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.withMessage(PREFIX + ": from the header")
			.returns("from the user", UltraCartApiException::getUserMessage);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"user_message\": null", "\"user_message\": \" \"", "\"user_message\": 5",
			"\"user_message\": {\"text\": \"nested\"}", "\"developer_message\": \"from the developer\"" })
	void userMessageWhenThereIsNoneThenNull(String error) {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 400, "{\"error\": {" + error + "}}");
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.returns(null, UltraCartApiException::getUserMessage);
	}

	// H2
	@Test
	void userMessageWhenControlCharactersThenOneLine() {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 400,
				"{\"error\": {\"user_message\": \"a\\r\\n\\tb\\u0000c\\u2028d<b>\"}}");
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.returns("a b c d<b>", UltraCartApiException::getUserMessage);
	}

	// F1
	@Test
	void userMessageWhenTheKeyIsEchoedThenMasked() {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 400, """
				{"error": {"user_message": "Key %s is not known"}}
				""".formatted(TestSecrets.USER_KEY.value()));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.returns("Key ****** is not known", UltraCartApiException::getUserMessage);
	}

	@Test
	void userMessageWhenLongThenCut() {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 400,
				"{\"error\": {\"user_message\": \"%s\"}}".formatted("x".repeat(5000)));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.returns("x".repeat(300) + "...", UltraCartApiException::getUserMessage);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', value = { "9, PT9S", "0, PT0S", "'Sat, 21 Nov 2026 16:17:00 GMT', PT1M",
			"'Sat, 21 Nov 2026 16:15:00 GMT', PT0S", "-5, ", "soon, ", "9.5, " })
	void retryAfterWhenAnsweredThenRead(String header, Duration expected) {
		UltraCartSsoClient client = TestUltraCart.client(ultraCart,
				TestUltraCart.settingsAt(Instant.parse("2026-11-21T16:16:00Z")));
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER,
				WireMock.aResponse()
					.withStatus(429)
					.withHeader("Retry-After", header)
					.withHeader("UC-REST-ERROR", "rate of 10000 per 86400 second(s) exceeded.")
					.withHeader("UC-REST-ERROR-MERCHANT-ID", "DEMO"));
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> client.sessionUser(TestSecrets.USER_KEY))
			.withMessage("getSsoSessionUser was answered with status 429: rate of 10000 per 86400 second(s) exceeded.")
			.returns(UltraCartApiFailure.RATE_LIMITED, UltraCartApiException::getFailure)
			.returns(expected, UltraCartApiException::getRetryAfter);
	}

	@Test
	void requestIdWhenMissingThenNull() {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, WireMock.badRequest());
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.returns(null, UltraCartApiException::getRequestId);
	}

	@Test
	void requestIdWhenLongThenCut() {
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER,
				WireMock.badRequest().withHeader("X-UltraCart-Request-Id", "F".repeat(1000)));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::call)
			.returns("F".repeat(64) + "...", UltraCartApiException::getRequestId);
	}

	private void call() {
		this.client.sessionUser(TestSecrets.USER_KEY);
	}

}
