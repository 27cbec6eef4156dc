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

package io.github.ultracartsso.test.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.page.LoginPages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
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
		// closing does not wait for the delayed response
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
		TestClient.assertRefused(this.client.user(key), 401, "Invalid credentials supplied.");
	}

	@ParameterizedTest
	@MethodSource
	void faultWhenConnectionBrokenThenCallFailsAndIsRecorded(SimulatedFault fault) {
		String code = this.client.code("Jane!ops");
		this.simulator.clearCalls();
		this.simulator.answerAlways(SimulatedOperation.TOKEN, fault);
		assertThatIOException().isThrownBy(() -> this.client.exchange(this.client.tokenCall(code)));
		assertThat(this.simulator.calls()).isNotEmpty().allMatch((call) -> call.status() == 0);
		this.simulator.clearFaults();
		assertThat(this.client.token(code).statusCode()).isEqualTo(200);
	}

	static List<SimulatedFault> faultWhenConnectionBrokenThenCallFailsAndIsRecorded() {
		return List.of(SimulatedFault.connectionReset(), SimulatedFault.emptyResponse(), SimulatedFault.garbage(),
				SimulatedFault.malformedChunk(), SimulatedFault.silence(Duration.ofMillis(50)));
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
	void answerSometimesWhenSourceHasFaultThenThatCallFails() {
		List<SimulatedOperation> asked = new ArrayList<>();
		this.simulator.answerSometimes((operation) -> {
			asked.add(operation);
			return (asked.size() == 2) ? SimulatedFault.status(503) : null;
		});
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
		assertThat(this.client.authorize().statusCode()).isEqualTo(503);
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.status(502));
		assertThat(this.client.authorize().statusCode()).isEqualTo(502);
		assertThat(this.client.token("unknown").statusCode()).isEqualTo(400);
		assertThat(asked).containsExactly(SimulatedOperation.AUTHORIZE, SimulatedOperation.AUTHORIZE,
				SimulatedOperation.TOKEN);
		this.simulator.clearFaults();
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
		assertThat(asked).hasSize(3);
	}

	@Test
	void takingEffectWhenAnswerReplacedThenCallTookEffect() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.answerNext(SimulatedOperation.SESSION_REVOKE, SimulatedFault.status(500).takingEffect());
		assertThat(this.client.revoke(key).statusCode()).isEqualTo(500);
		assertThat(this.simulator.liveKeys()).isZero();
	}

	@Test
	void takingEffectWhenAnswerAlteredThenCallTookEffectOnce() {
		this.simulator.answerNext(SimulatedOperation.TOKEN, SimulatedFault.nulls().takingEffect());
		HttpResponse<String> response = this.client.token(this.client.code("Jane!ops"));
		assertThat(response.body()).isEqualTo("{\"expiration_dts\":null,\"ip_address\":null,\"simple_key\":null}");
		assertThat(this.simulator.liveKeys()).isOne();
	}

	@Test
	void rateLimitedWhenUntilInstantThenRetryAfterIsDate() {
		HttpResponse<String> response = assertAnswer(
				SimulatedFault.rateLimitedUntil(Instant.parse("2026-11-05T16:16:50.5Z")), 429,
				"rate of 10000 per 86400 second(s) exceeded.");
		assertThat(response.headers().allValues("Retry-After")).containsExactly("Thu, 5 Nov 2026 16:16:50 GMT");
	}

	@Test
	void rateLimitedWhenNothingGivenThenNoRetryAfter() {
		HttpResponse<String> response = assertAnswer(SimulatedFault.rateLimited(), 429,
				"rate of 10000 per 86400 second(s) exceeded.");
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
		assertThat(response.headers().allValues("UC-REST-ERROR-MERCHANT-ID")).containsExactly("DEMO");
	}

	@Test
	void redirectWhenCalledThenLocation() {
		HttpResponse<String> response = authorize(SimulatedFault.redirect("https://elsewhere.example/"));
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().allValues("Location")).containsExactly("https://elsewhere.example/");
	}

	@Test
	void htmlPageWhenCalledThenNoJson() {
		HttpResponse<String> response = authorize(SimulatedFault.htmlPage(502));
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.headers().allValues("Content-Type")).containsExactly("text/html");
		assertThat(response.body()).startsWith("<html>");
	}

	@Test
	void emptyBodyWhenCalledThenStatusOnly() {
		HttpResponse<String> response = authorize(SimulatedFault.emptyBody());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void successWithErrorWhenCalledThenErrorObjectInA200() {
		HttpResponse<String> response = authorize(SimulatedFault.successWithError("Not today."));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(TestClient.json(response).path("error").path("user_message").stringValue()).isEqualTo("Not today.");
		assertThat(response.headers().firstValue("UC-REST-ERROR")).isEmpty();
	}

	@Test
	void truncatedWhenCalledThenHalfOfTheJson() {
		HttpResponse<String> response = authorize(SimulatedFault.truncated());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).startsWith("{\"expiration_dts\":\"2").doesNotEndWith("}");
	}

	@Test
	void contentTypeWhenCalledThenNormalAnswerUnderThatName() {
		HttpResponse<String> response = authorize(SimulatedFault.contentType("text/plain"));
		assertThat(response.headers().allValues("Content-Type")).containsExactly("text/plain");
		assertThat(TestClient.loginUrl(response)).isNotNull();
	}

	@Test
	void nullsWhenListsThenListsOfNull() {
		assertThat(user(SimulatedFault.nulls())).contains("\"login\":null", "\"permissions\":[null]");
	}

	@Test
	void wrongTypesWhenCalledThenObjectsAndTexts() {
		assertThat(user(SimulatedFault.wrongTypes())).contains("\"login\":{}", "\"user_id\":{}",
				"\"permissions\":\"a text\"");
	}

	@Test
	void duplicatesWhenCalledThenMembersTwice() {
		assertThat(user(SimulatedFault.duplicates())).containsSubsequence("\"login\":\"Jane!ops\"",
				"\"login\":\"another\"");
		assertThat(authorize(SimulatedFault.duplicates()).body())
			.matches("\\{\"expiration_dts\":\"2[^\"]+\",\"login_url\":\"h[^\"]+\","
					+ "\"expiration_dts\":\"another\",\"login_url\":\"another\"}");
	}

	@Test
	void unreadableDatesWhenCalledThenOnlyDatesChange() {
		HttpResponse<String> response = authorize(SimulatedFault.unreadableDates());
		assertThat(TestClient.json(response).path("expiration_dts").stringValue()).isEqualTo("half past ten");
		assertThat(TestClient.loginUrl(response).getPath()).isEqualTo(LoginPages.PATH);
	}

	@Test
	void hugeTextsWhenCalledThenThatLong() {
		HttpResponse<String> response = authorize(SimulatedFault.hugeTexts(1_000_000));
		assertThat(TestClient.json(response).path("login_url").stringValue()).hasSize(1_000_000);
	}

	@Test
	void deeplyNestedWhenCalledThenBesideNormalMembers() {
		HttpResponse<String> response = authorize(SimulatedFault.deeplyNested(3));
		assertThat(response.body()).startsWith("{\"nested\":[[[]]],\"expiration_dts\":");
		assertThat(authorize(SimulatedFault.deeplyNested(100_000)).body()).hasSizeGreaterThan(200_000);
	}

	@Test
	void invalidUtf8WhenCalledThenDoesNotDecode() {
		HttpResponse<String> response = authorize(SimulatedFault.invalidUtf8());
		assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json; charset=UTF-8");
		assertThat(TestClient.json(response).path("login_url").stringValue()).endsWith("\ufffd");
	}

	@Test
	void alterationsWhenAnswerHasNoJsonThenAsItIs() {
		for (SimulatedFault fault : List.of(SimulatedFault.nulls(), SimulatedFault.wrongTypes(),
				SimulatedFault.duplicates(), SimulatedFault.invalidUtf8(), SimulatedFault.drip(Duration.ofMillis(1)),
				SimulatedFault.truncated())) {
			String key = this.client.signIn("Jane!ops");
			this.simulator.answerNext(SimulatedOperation.SESSION_REVOKE, fault);
			assertThat(this.client.revoke(key).statusCode()).isEqualTo(204);
		}
		assertThat(this.simulator.liveKeys()).isZero();
	}

	@Test
	void dripWhenAwaitedThenEveryByteAfterItsPause() {
		long start = System.nanoTime();
		HttpResponse<String> response = authorize(SimulatedFault.drip(Duration.ofMillis(2)));
		long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
		assertThat(TestClient.loginUrl(response)).isNotNull();
		assertThat(millis).isGreaterThanOrEqualTo(2L * response.body().length());
	}

	@Test
	@Timeout(value = 30, unit = TimeUnit.SECONDS)
	void dripWhenReadThenBytesComeOneByOne() throws Exception {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.drip(Duration.ofMillis(100)));
		try (InputStream body = this.client.openStream(this.client.authorizeCall())) {
			assertThat(body.read()).isEqualTo('{');
			assertThat(body.available()).isZero();
		}
	}

	@Test
	void connectionResetMidwayWhenReadThenFirstHalfAndReset() throws Exception {
		String code = this.client.code("Jane!ops");
		this.simulator.answerNext(SimulatedOperation.TOKEN, SimulatedFault.connectionResetMidway());
		try (InputStream body = this.client.openStream(this.client.tokenCall(code))) {
			assertThatIOException().isThrownBy(body::readAllBytes);
		}
		assertThat(this.simulator.liveKeys()).isOne();
	}

	@Test
	void hugeBodyWhenReadThenThatLong() throws Exception {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.hugeBody(5_000_000));
		try (InputStream body = this.client.openStream(this.client.authorizeCall())) {
			assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(5_000_000);
		}
	}

	@Test
	@Timeout(value = 30, unit = TimeUnit.SECONDS)
	void hugeBodyWhenCallerGivesUpThenOthersAreAnswered() throws Exception {
		this.simulator.enforce(SimulatedLimits.none().oneCallAtATime());
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.hugeBody(Long.MAX_VALUE));
		try (InputStream body = this.client.openStream(this.client.authorizeCall())) {
			assertThat(body.readNBytes(100_000)).startsWith((byte) '{', (byte) '"').endsWith((byte) 'x');
		}
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@MethodSource
	@Timeout(value = 30, unit = TimeUnit.SECONDS)
	void closeWhenAnswerIsUnderWayThenDoesNotWait(SimulatedFault fault) throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		this.simulator.answerSometimes((operation) -> {
			arrived.countDown();
			return fault;
		});
		CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(this.client::authorize);
		arrived.await();
		long start = System.nanoTime();
		this.simulator.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		assertThat(answer).failsWithin(Duration.ofSeconds(10));
	}

	static List<SimulatedFault> closeWhenAnswerIsUnderWayThenDoesNotWait() {
		return List.of(SimulatedFault.silence(), SimulatedFault.delay(Duration.ofHours(1)),
				SimulatedFault.drip(Duration.ofSeconds(10)), SimulatedFault.hugeBody(Long.MAX_VALUE));
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
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.silence(Duration.ZERO))
			.withMessageContaining("duration");
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.drip(Duration.ZERO))
			.withMessageContaining("pause");
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.hugeBody(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.hugeTexts(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.deeplyNested(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.redirect(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.contentType(" "));
	}

	private HttpResponse<String> authorize(SimulatedFault fault) {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, fault);
		return this.client.authorize();
	}

	private String user(SimulatedFault fault) {
		this.simulator.answerNext(SimulatedOperation.SESSION_USER, fault);
		return this.client.user(this.client.signIn("Jane!ops")).body();
	}

	private HttpResponse<String> assertAnswer(SimulatedFault fault, int status, String message) {
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, fault);
		HttpResponse<String> response = this.client.authorize();
		TestClient.assertRefused(response, status, message);
		return response;
	}

}
