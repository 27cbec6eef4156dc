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

package io.github.ultracartsso.test;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SimulatedFault}.
 */
class SimulatedFaultTests {

	private final UltraCartSimulator simulator = UltraCartSimulator.start()
		.addUser(SimulatedUser.withLogin("Jane!ops").build());

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void answerNextWhenCalledTwiceThenOnlyFirstCallFails() {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.status(503));
		assertThat(this.client.authorize().statusCode()).isEqualTo(503);
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void answerNextWhenSeveralThenInTheirOrder() {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.status(503));
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.status(502));
		assertThat(this.client.authorize().statusCode()).isEqualTo(503);
		assertThat(this.client.authorize().statusCode()).isEqualTo(502);
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void answerNextWhenOtherOperationCalledThenKeptForItsOwn() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.answerNext(SimulatedOperation.SESSION_REVOKE, SimulatedFault.status(500));
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
		assertThat(this.client.revoke(key).statusCode()).isEqualTo(500);
		assertThat(this.simulator.liveKeys()).isOne();
		assertThat(this.client.revoke(key).statusCode()).isEqualTo(204);
	}

	@Test
	void answerAlwaysWhenClearedThenNormalAgain() {
		this.simulator.answerAlways(SimulatedOperation.AUTHORIZE, SimulatedFault.status(503));
		assertThat(this.client.authorize().statusCode()).isEqualTo(503);
		assertThat(this.client.authorize().statusCode()).isEqualTo(503);
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.status(502));
		this.simulator.clearFaults();
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void answerNextWhenAlsoAlwaysThenNextComesFirst() {
		this.simulator.answerAlways(SimulatedOperation.AUTHORIZE, SimulatedFault.status(503));
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.status(502));
		assertThat(this.client.authorize().statusCode()).isEqualTo(502);
		assertThat(this.client.authorize().statusCode()).isEqualTo(503);
	}

	@Test
	void faultWhenItReplacesTheAnswerThenCallTakesNoEffect() {
		String code = this.client.code("Jane!ops");
		this.simulator.answerNext(SimulatedOperation.TOKEN, SimulatedFault.status(500));
		assertThat(this.client.token(code).statusCode()).isEqualTo(500);
		assertThat(this.client.token(code).statusCode()).isEqualTo(200);
	}

	@Test
	void statusWhenKnownThenUltraCartsOwnWords() {
		assertAnswer(SimulatedFault.status(401), 401, "Invalid credentials supplied.");
		assertAnswer(SimulatedFault.applicationDisabled(), 410,
				"Your authorized application has been disabled by UltraCart");
		assertAnswer(SimulatedFault.status(418), 418, "The request failed with status 418.");
		HttpResponse<String> response = assertAnswer(SimulatedFault.status(500), 500, "Internal server error");
		assertThat(TestClient.json(response).path("error").path("user_message").stringValue())
			.isEqualTo("An unexpected error occurred.");
	}

	@Test
	void statusWhenMessageGivenThenInEnvelope() {
		assertAnswer(SimulatedFault.status(403, "Not from this address."), 403, "Not from this address.");
	}

	@Test
	void statusWhenMessageHasLineBreaksThenHeaderStaysOneLine() {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.status(400, "one\r\nX-Two: é"));
		HttpResponse<String> response = this.client.authorize();
		assertThat(response.headers().firstValue("UC-REST-ERROR")).hasValue("one??X-Two: ?");
		assertThat(response.headers().firstValue("X-Two")).isEmpty();
		assertThat(TestClient.json(response).path("error").path("user_message").stringValue())
			.isEqualTo("one\r\nX-Two: é");
	}

	@Test
	void rateLimitedWhenCalledThenRetryAfterInWholeSeconds() {
		HttpResponse<String> response = assertAnswer(SimulatedFault.rateLimited(Duration.ofMillis(8_001)), 429,
				"rate of 10000 per 86400 second(s) exceeded.");
		assertThat(response.headers().allValues("Retry-After")).containsExactly("9");
		assertThat(response.headers().allValues("UC-REST-ERROR-MERCHANT-ID")).containsExactly("DEMO");
	}

	@Test
	void statusWhenRateLimitedWithoutDurationThenNoRetryAfter() {
		HttpResponse<String> response = assertAnswer(SimulatedFault.status(429), 429,
				"rate of 10000 per 86400 second(s) exceeded.");
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
	}

	@Test
	void delayWhenAwaitedThenNormalAnswerLater() {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.delay(Duration.ofMillis(200)));
		long start = System.nanoTime();
		HttpResponse<String> response = this.client.authorize();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(TestClient.loginUrl(response)).isNotNull();
	}

	@Test
	@Timeout(value = 30, unit = TimeUnit.SECONDS)
	void delayWhenNotAwaitedThenCallTookEffectAndOthersAreAnswered() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.answerNext(SimulatedOperation.SESSION_REVOKE, SimulatedFault.delay(Duration.ofMinutes(10)));
		HttpRequest.Builder revoke = this.client.call("/sso/session/revoke", key)
			.DELETE()
			.timeout(Duration.ofSeconds(1));
		assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> this.client.exchange(revoke));
		assertThat(this.simulator.liveKeys()).isZero();
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
		// closing is not held up by the answer still waiting
		this.simulator.close();
	}

	@Test
	void omittingWhenCalledThenNormalAnswerWithoutMembers() {
		this.simulator.answerNext(SimulatedOperation.TOKEN, SimulatedFault.omitting("expiration_dts", "ip_address"));
		HttpResponse<String> response = this.client.token(this.client.code("Jane!ops"));
		assertThat(TestClient.json(response).propertyNames()).containsExactly("simple_key");
		String key = TestClient.json(response).path("simple_key").stringValue();
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
	}

	@Test
	void omittingWhenNothingToOmitThenAnswerAsItIs() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.answerNext(SimulatedOperation.SESSION_REVOKE, SimulatedFault.omitting("error"));
		assertThat(this.client.revoke(key).statusCode()).isEqualTo(204);
		this.simulator.answerNext(SimulatedOperation.SESSION_USER, SimulatedFault.omitting("error"));
		RestApiTests.assertRefused(this.client.user(key), 401, "Invalid credentials supplied.");
	}

	@ParameterizedTest
	@MethodSource
	void faultWhenConnectionBrokenThenCallFailsAndIsRecorded(SimulatedFault fault) {
		String code = this.client.code("Jane!ops");
		this.simulator.clearCalls();
		this.simulator.answerAlways(SimulatedOperation.TOKEN, fault);
		HttpRequest.Builder token = this.client.applicationCall("/sso/token",
				"{\"grant_type\":\"simple_key\",\"code\":\"" + code + "\"}");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.client.exchange(token));
		assertThat(this.simulator.calls()).isNotEmpty().allMatch((call) -> call.status() == 0);
		this.simulator.clearFaults();
		assertThat(this.client.token(code).statusCode()).isEqualTo(200);
	}

	static List<SimulatedFault> faultWhenConnectionBrokenThenCallFailsAndIsRecorded() {
		return List.of(SimulatedFault.connectionReset(), SimulatedFault.emptyResponse(), SimulatedFault.garbage());
	}

	@Test
	void bodyWhenGivenThenAnsweredAsItIs() {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE,
				SimulatedFault.body(502, "text/html", "<html>Bad Gateway</html>"));
		HttpResponse<String> response = this.client.authorize();
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.headers().allValues("Content-Type")).containsExactly("text/html");
		assertThat(response.headers().firstValue("UC-REST-ERROR")).isEmpty();
		assertThat(response.headers().firstValue("X-UltraCart-Request-Id")).isPresent();
		assertThat(response.body()).isEqualTo("<html>Bad Gateway</html>");
		assertThat(this.simulator.calls()).last().extracting(SimulatedCall::status).isEqualTo(502);
	}

	@Test
	void factoriesWhenArgumentWrongThenIllegalArgument() {
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.status(200))
			.withMessageContaining("use body(status, contentType, body)");
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.status(600));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.body(100, "text/plain", ""));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.body(200, " ", ""));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.rateLimited(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.delay(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.delay(Duration.ofDays(2)));
		assertThatIllegalArgumentException().isThrownBy(SimulatedFault::omitting);
	}

	private HttpResponse<String> assertAnswer(SimulatedFault fault, int status, String message) {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, fault);
		HttpResponse<String> response = this.client.authorize();
		RestApiTests.assertRefused(response, status, message);
		return response;
	}

}
