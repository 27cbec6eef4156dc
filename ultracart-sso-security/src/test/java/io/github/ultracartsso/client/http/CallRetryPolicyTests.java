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

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.TestGatedCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallRetryPolicy}: how often the server is asked.
 */
class CallRetryPolicyTests {

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	// G3
	@ParameterizedTest
	@CsvSource({ "AUTHORIZE, 429, 2", "AUTHORIZE, 503, 1", "EXCHANGE, 429, 1", "EXCHANGE, 500, 1",
			"SESSION_USER, 429, 2", "SESSION_USER, 500, 2", "SESSION_USER, 502, 2", "SESSION_USER, 401, 1",
			"REVOKE, 429, 2", "REVOKE, 503, 2", "REVOKE, 404, 1" })
	void callWhenStatusThenAsOftenAsTheCallAllows(TestCall call, int status, int requests) {
		UltraCartSsoClient client = retrying(1);
		TestUltraCart.answer(ultraCart, call, WireMock.status(status).withHeader("Retry-After", "0"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(client))
			.returns(status, UltraCartApiException::getStatus);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(requests);
	}

	// G3
	@ParameterizedTest
	@CsvSource({ "AUTHORIZE, 1", "EXCHANGE, 1", "SESSION_USER, 2", "REVOKE, 2" })
	void callWhenConnectionLostAfterTheRequestThenAsOftenAsTheCallAllows(TestCall call, int requests) {
		UltraCartSsoClient client = retrying(1);
		TestUltraCart.answer(ultraCart, call, WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(client))
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(requests);
	}

	@Test
	void callWhenFailureGoesOnThenNoMoreThanTheRetriesAllowed() {
		UltraCartSsoClient client = retrying(2);
		TestUltraCart.answer(ultraCart, TestCall.REVOKE, WireMock.serverError());
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> client.revoke(TestSecrets.USER_KEY))
			.withMessage("ssoSessionRevoke was answered with status 500");
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(3);
	}

	@Test
	void callWhenFailurePassesThenAnswered() {
		UltraCartSsoClient client = retrying(1);
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 200, TestAnswers.USER);
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl())
			.inScenario("passing")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("passed")
			.willReturn(WireMock.status(502)));
		assertThat(client.sessionUser(TestSecrets.USER_KEY).login()).isEqualTo("Jane!ops");
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(2);
	}

	// G1, G4
	@ParameterizedTest
	@EnumSource
	void callWhenUltraCartAsksToWaitLongerThanACallMayTakeThenFailsAtOnce(TestCall call) {
		UltraCartSsoClient client = retrying(2);
		TestUltraCart.answer(ultraCart, call, WireMock.status(429).withHeader("Retry-After", "60"));
		long begun = System.nanoTime();
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(client))
			.returns(Duration.ofSeconds(60), UltraCartApiException::getRetryAfter);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
	}

	@Test
	void callWhenInterruptedInThePauseThenFailsAtOnceAndStillInterrupted() {
		UltraCartSsoClient interrupted = TestUltraCart.client(TestUltraCart.baseUrl(ultraCart),
				RestClient.builder().requestInterceptor((request, body, execution) -> {
					ClientHttpResponse response = execution.execute(request, body);
					Thread.currentThread().interrupt();
					return response;
				}), TestUltraCart.settings().withMaxRetries(2));
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, WireMock.serverError());
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> interrupted.sessionUser(TestSecrets.USER_KEY))
			.withMessage("getSsoSessionUser was answered with status 500");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
	}

	@Test
	void backOffThenGrowingAndJitteredUntilNoRetriesAreLeft() {
		BackOffExecution execution = policy(2, Duration.ZERO).getBackOff().start();
		assertThat(execution.nextBackOff()).isBetween(50L, 150L);
		assertThat(execution.nextBackOff()).isBetween(150L, 450L);
		assertThat(execution.nextBackOff()).isEqualTo(BackOffExecution.STOP);
	}

	@Test // G4
	void backOffWhenUltraCartAsksToWaitThenNotSooner() {
		BackOffExecution execution = policy(1, Duration.ofSeconds(7)).getBackOff().start();
		assertThat(execution.nextBackOff()).isEqualTo(7001);
		assertThat(execution.nextBackOff()).isEqualTo(BackOffExecution.STOP);
	}

	@Test
	void shouldRetryWhenNotUltraCartsFailureThenFalse() {
		assertThat(policy(1, Duration.ZERO).shouldRetry(new IllegalStateException())).isFalse();
	}

	@Test
	void constructorWhenNegativeThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> policy(-1, Duration.ZERO))
			.withMessage("maxRetries cannot be negative");
	}

	private static UltraCartSsoClient retrying(int maxRetries) {
		return TestUltraCart.client(ultraCart, TestUltraCart.settings().withMaxRetries(maxRetries));
	}

	private static CallRetryPolicy policy(int maxRetries, Duration coolDown) {
		return new CallRetryPolicy(TestGatedCall.of(CallKind.SESSION_USER), maxRetries, Duration.ofSeconds(10),
				() -> coolDown);
	}

}
