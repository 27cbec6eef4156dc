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

package io.github.ultracartsso.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.support.StaticMessageSource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartApiException}.
 */
class UltraCartApiExceptionTests {

	@Test
	void buildWhenNoAnswerThenNothingButFailureMessageAndCause() {
		IOException cause = new IOException("Connection reset");
		UltraCartApiException ex = UltraCartApiException
			.withFailure(UltraCartApiFailure.NO_RESPONSE, "ssoToken got no response")
			.cause(cause)
			.build();
		assertThat(ex).hasMessage("ssoToken got no response").hasCause(cause);
		assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.NO_RESPONSE);
		assertThat(ex.getStatus()).isNull();
		assertThat(ex.getCall()).isNull();
		assertThat(ex.getErrorCode()).isNull();
		assertThat(ex.getUserMessage()).isNull();
		assertThat(ex.getRequestId()).isNull();
		assertThat(ex.getRetryAfter()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "CREDENTIAL_REJECTED", "APPLICATION_DISABLED" })
	void bodyWhenTheApplicationIsRejectedThenUsersAreNotAskedToSignIn(UltraCartApiFailure failure) {
		UltraCartApiException ex = UltraCartApiException.withFailure(failure, "message for the log")
			.userMessage("Please sign in again.")
			.build();
		assertThat(ex.getBody().getDetail()).isEqualTo("UltraCart has not given a usable response.");
	}

	@Test
	void bodyWhenChangedThenKept() {
		UltraCartApiException ex = UltraCartApiException.withFailure(UltraCartApiFailure.REFUSED, "message for the log")
			.build();
		ex.getBody().setProperty("page", "orders");
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage(ex.getDetailMessageCode(), Locale.ROOT, "UltraCart hat nein gesagt.");
		assertThat(ex.updateAndGetBody(messages, Locale.ROOT)).isSameAs(ex.getBody());
		assertThat(ex.getBody().getDetail()).isEqualTo("UltraCart hat nein gesagt.");
		assertThat(ex.getBody().getProperties()).containsEntry("page", "orders");
	}

	@Test
	void buildWhenAnsweredThenWhatTheAnswerSaid() {
		UltraCartApiException ex = UltraCartApiException
			.withFailure(UltraCartApiFailure.RATE_LIMITED, "ssoToken was answered with status 429")
			.status(429)
			.errorCode("429")
			.userMessage("Please try again later.")
			.requestId(TestAnswers.REQUEST_ID)
			.retryAfter(Duration.ofSeconds(9))
			.build();
		assertThat(ex).hasMessage("ssoToken was answered with status 429").hasNoCause();
		assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.RATE_LIMITED);
		assertThat(ex.getStatus()).isEqualTo(429);
		assertThat(ex.getErrorCode()).isEqualTo("429");
		assertThat(ex.getUserMessage()).isEqualTo("Please try again later.");
		assertThat(ex.getRequestId()).isEqualTo(TestAnswers.REQUEST_ID);
		assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(9));
	}

	@ParameterizedTest
	@MethodSource("types")
	void buildThenTypeByFailureAndStatus(UltraCartApiFailure failure, @Nullable Integer status,
			Class<? extends UltraCartApiException> type) {
		UltraCartApiException.Builder builder = UltraCartApiException.withFailure(failure, "failed");
		if (status != null) {
			builder.status(status);
		}
		assertThat(builder.build()).isExactlyInstanceOf(type)
			.hasMessage("failed")
			.returns(failure, UltraCartApiException::getFailure)
			.returns(status, UltraCartApiException::getStatus)
			.returns(true, UltraCartApiException::wasSent);
		assertThat(builder.notSent().build()).isExactlyInstanceOf(type).returns(false, UltraCartApiException::wasSent);
	}

	static Stream<Arguments> types() {
		return Stream.of(Arguments.of(UltraCartApiFailure.INVALID_REQUEST, 400, UltraCartApiException.class),
				Arguments.of(UltraCartApiFailure.INVALID_REQUEST, 403, UltraCartApiException.class),
				Arguments.of(UltraCartApiFailure.CREDENTIAL_REJECTED, 401, UltraCartApiException.class),
				Arguments.of(UltraCartApiFailure.APPLICATION_DISABLED, 410, UltraCartApiException.class),
				Arguments.of(UltraCartApiFailure.APPLICATION_DISABLED, null, UltraCartApiException.class),
				Arguments.of(UltraCartApiFailure.REFUSED, 302, UltraCartApiException.class),
				Arguments.of(UltraCartApiFailure.REFUSED, 403, UltraCartForbiddenException.class),
				Arguments.of(UltraCartApiFailure.REFUSED, 404, UltraCartApiException.class),
				Arguments.of(UltraCartApiFailure.REFUSED, null, UltraCartApiException.class),
				Arguments.of(UltraCartApiFailure.RATE_LIMITED, 429, UltraCartRateLimitException.class),
				Arguments.of(UltraCartApiFailure.RATE_LIMITED, null, UltraCartRateLimitException.class),
				Arguments.of(UltraCartApiFailure.SERVER_ERROR, 500, UltraCartUnavailableException.class),
				Arguments.of(UltraCartApiFailure.NO_RESPONSE, null, UltraCartUnavailableException.class),
				Arguments.of(UltraCartApiFailure.INVALID_RESPONSE, 200, UltraCartUnavailableException.class));
	}

	@ParameterizedTest
	@CsvSource({ "REFUSED, 403, 403", "REFUSED, 404, 404", "REFUSED, 302, 502", "REFUSED, 418, 502",
			"INVALID_REQUEST, 400, 502", "CREDENTIAL_REJECTED, 401, 502", "APPLICATION_DISABLED, 410, 502",
			"RATE_LIMITED, 429, 503", "SERVER_ERROR, 500, 502", "SERVER_ERROR, 503, 502", "NO_RESPONSE, , 502",
			"INVALID_RESPONSE, 200, 502" })
	void responseWhenNotHandledThenStatusThatFits(UltraCartApiFailure failure, @Nullable Integer status, int expected) {
		UltraCartApiException.Builder builder = UltraCartApiException.withFailure(failure, "message for the log")
			.requestId("req-1");
		UltraCartApiException ex = ((status != null) ? builder.status(status) : builder).build();
		MvcTestResult response = responseTo(ex);
		assertThat(response).hasStatus(expected);
		assertThat(ex.getBody().getStatus()).isEqualTo(expected);
		assertThat(ex.getBody().getProperties()).containsEntry("requestId", "req-1");
		assertThat(ex.getBody().getDetail()).doesNotContain("message for the log");
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 1", "PT0.001S, 1", "PT76.5S, 77", ", 30" })
	void responseWhenCallMaySucceedLaterThenSaysWhen(@Nullable Duration retryAfter, String seconds) {
		UltraCartApiException.Builder limited = UltraCartApiException
			.withFailure(UltraCartApiFailure.RATE_LIMITED, "429")
			.retryAfter(retryAfter);
		MvcTestResult response = responseTo(limited.build());
		assertThat(response).hasStatus(503).hasHeader("Retry-After", seconds);
	}

	@Test
	void responseWhenHeldBackThenMaySucceedLater() {
		MvcTestResult response = responseTo(
				UltraCartApiException.withFailure(UltraCartApiFailure.APPLICATION_DISABLED, "is not called")
					.retryAfter(Duration.ofSeconds(20))
					.notSent()
					.build());
		assertThat(response).hasStatus(503).hasHeader("Retry-After", "20");
	}

	@Test
	void bodyWhenUltraCartHasAMessageForUsersThenThat() {
		UltraCartApiException ex = UltraCartApiException.withFailure(UltraCartApiFailure.REFUSED, "log")
			.status(403)
			.userMessage("You do not have permission to read orders.")
			.build();
		assertThat(ex.getBody().getDetail()).isEqualTo("You do not have permission to read orders.");
		assertThat(ex.getHeaders().isEmpty()).isTrue();
	}

	private static MvcTestResult responseTo(UltraCartApiException ex) {
		return MockMvcTester.of(new FailingController(ex)).get().uri("/").exchange();
	}

	@RestController
	static final class FailingController {

		private final UltraCartApiException failure;

		private FailingController(UltraCartApiException failure) {
			this.failure = failure;
		}

		@GetMapping("/")
		public String fail() {
			throw this.failure;
		}

	}

}
