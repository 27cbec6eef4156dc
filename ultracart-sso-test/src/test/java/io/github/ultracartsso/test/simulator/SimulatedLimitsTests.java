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
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SimulatedLimits} and {@link SimulatedTraffic}.
 */
@Timeout(30)
class SimulatedLimitsTests {

	private static final String CONCURRENT = "Concurrent requests are not allowed.";

	private final MutableClock clock = new MutableClock("2026-11-21T16:16:50Z");

	private final UltraCartSimulator simulator = UltraCartSimulator.builder()
		.clock(this.clock)
		.start()
		.addUser(SimulatedUser.withLogin("Jane!ops").build());

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void rateWhenExceededThenRefusedAsByUltraCart() {
		enforce(SimulatedLimits.none().rate(2, Duration.ofHours(1)));
		authorize(200, 200);
		HttpResponse<String> response = this.client.authorize();
		TestClient.assertRefused(response, 429, "rate of 2 per 3600 second(s) exceeded.");
		assertThat(response.headers().allValues("Retry-After")).containsExactly("1800");
		assertThat(response.headers().allValues("UC-REST-ERROR-MERCHANT-ID")).containsExactly("DEMO");
		assertThat(this.simulator.calls()).last().extracting(SimulatedCall::status).isEqualTo(429);
		assertThat(this.simulator.traffic())
			.extracting(SimulatedTraffic::calls, SimulatedTraffic::rateRefusals, SimulatedTraffic::concurrencyRefusals)
			.containsExactly(3L, 1L, 0L);
	}

	@Test
	void rateWhenTimePassesThenBucketLeaks() {
		enforce(SimulatedLimits.none().rate(2, Duration.ofHours(1)));
		authorize(200, 200);
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(this.client.authorize().headers().firstValue("Retry-After")).hasValue("1200");
		this.clock.advance(Duration.ofMinutes(20));
		authorize(200, 429);
		// an empty bucket stays empty
		this.clock.advance(Duration.ofHours(10));
		authorize(200, 200, 429);
	}

	@Test
	void rateWhenPartOfSecondIsLeftThenRetryAfterRoundedUp() {
		enforce(SimulatedLimits.none().rate(1, Duration.ofSeconds(10)));
		authorize(200);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.client.authorize().headers().firstValue("Retry-After")).hasValue("10");
	}

	@Test
	void rateWhenCallsRefusedThenTheyDoNotCount() {
		enforce(SimulatedLimits.none().rate(1, Duration.ofSeconds(10)));
		authorize(200, 429, 429, 429);
		this.clock.advance(Duration.ofSeconds(10));
		authorize(200);
	}

	@Test
	void rateWhenSeveralThenStrictestIsTold() {
		enforce(SimulatedLimits.none().rate(2, Duration.ofSeconds(20)).rate(3, Duration.ofHours(1)));
		authorize(200, 200);
		TestClient.assertRefused(this.client.authorize(), 429, "rate of 2 per 20 second(s) exceeded.");
		this.clock.advance(Duration.ofSeconds(20));
		authorize(200);
		HttpResponse<String> response = this.client.authorize();
		TestClient.assertRefused(response, 429, "rate of 3 per 3600 second(s) exceeded.");
		assertThat(response.headers().firstValue("Retry-After")).hasValue("1180");
	}

	@Test
	void rateWhenOtherKindsOfCallsThenAllCount() {
		String key = this.client.signIn("Jane!ops");
		enforce(SimulatedLimits.none().rate(4, Duration.ofHours(1)));
		authorize(200);
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
		assertThat(this.client.user("wrong").statusCode()).isEqualTo(401);
		assertThat(this.client.token("wrong").statusCode()).isEqualTo(400);
		assertThat(this.client.revoke(key).statusCode()).isEqualTo(429);
		assertThat(this.simulator.liveKeys()).isOne();
	}

	@Test
	void rateWhenOtherApplicationThenHasItsOwn() {
		String other = this.simulator.addApplication();
		String userKey = TestClient
			.json(this.client.send(as(other, this.client.tokenCall(this.client.code("Jane!ops")))))
			.path("simple_key")
			.stringValue();
		enforce(SimulatedLimits.none().rate(2, Duration.ofHours(1)));
		authorize(200, 200, 429);
		assertThat(this.client.send(as(other, this.client.authorizeCall())).statusCode()).isEqualTo(200);
		assertThat(this.client.user(userKey).statusCode()).isEqualTo(200);
		assertThat(this.client.user(userKey).statusCode()).isEqualTo(429);
		assertThat(this.client.send(as(other, this.client.authorizeCall())).statusCode()).isEqualTo(429);
		assertThat(this.simulator.calls()).last()
			.extracting(SimulatedCall::credential)
			.isEqualTo(SimulatedCall.Credential.APPLICATION);
	}

	@Test
	void rateWhenOtherAddressThenHasItsOwn() throws IOException {
		enforce(SimulatedLimits.none().rate(1, Duration.ofHours(1)));
		assertThat(statusOfCallFrom("127.0.0.1")).isEqualTo("200");
		assertThat(statusOfCallFrom("127.0.0.1")).isEqualTo("429");
		assertThat(statusOfCallFrom("127.0.0.2")).isEqualTo("200");
		assertThat(statusOfCallFrom("127.0.0.2")).isEqualTo("429");
	}

	@Test
	void oneCallAtATimeWhenOtherApplicationThenNotRefused() {
		String other = this.simulator.addApplication();
		enforce(SimulatedLimits.none().oneCallAtATime());
		CompletableFuture<HttpResponse<String>> first = authorizeWith(SimulatedFault.delay(Duration.ofMillis(400)));
		assertThat(this.client.send(as(other, this.client.authorizeCall())).statusCode()).isEqualTo(200);
		authorize(429);
		assertThat(first.join().statusCode()).isEqualTo(200);
	}

	private static HttpRequest.Builder as(String applicationKey, HttpRequest.Builder call) {
		return call.setHeader("x-ultracart-simple-key", applicationKey);
	}

	/**
	 * Starts a login from a loopback address.
	 */
	private String statusOfCallFrom(String address) throws IOException {
		URI url = this.simulator.baseUrl();
		String body = "{\"redirect_uri\": \"" + TestClient.REDIRECT_URI + "\"}";
		String request = String.join("\r\n", "PUT " + url.getPath() + "/sso/authorize HTTP/1.1",
				"Host: " + url.getAuthority(), "Connection: close", "X-UltraCart-Api-Version: 2017-03-01",
				"x-ultracart-simple-key: " + this.simulator.applicationKey(), "Content-Type: application/json",
				"Content-Length: " + body.length(), "", body);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort(), InetAddress.getByName(address),
				0)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return response.split(" ", 3)[1];
		}
	}

	@Test
	void rateWhenLoginPageOpenedThenNotCounted() {
		enforce(SimulatedLimits.none().rate(1, Duration.ofHours(1)));
		assertThat(this.client.open(this.client.startLogin()).statusCode()).isEqualTo(200);
		assertThat(this.simulator.traffic().calls()).isOne();
	}

	@Test
	void limitsWhenCallRefusedThenFaultWaitsForNextCall() {
		enforce(SimulatedLimits.none().rate(1, Duration.ofSeconds(10)));
		authorize(200);
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.status(503));
		authorize(429);
		this.clock.advance(Duration.ofSeconds(10));
		authorize(503);
	}

	@Test
	void enforceWhenSetAgainThenBucketsEmpty() {
		SimulatedLimits limits = SimulatedLimits.none().rate(1, Duration.ofHours(1));
		enforce(limits);
		authorize(200, 429);
		enforce(limits);
		authorize(200, 429);
		enforce(SimulatedLimits.none());
		authorize(200, 200);
	}

	@Test
	void builderWhenLimitsGivenThenEnforced() {
		try (UltraCartSimulator other = UltraCartSimulator.builder()
			.limits(SimulatedLimits.none().rate(1, Duration.ofHours(1)))
			.start()) {
			TestClient otherClient = new TestClient(other);
			assertThat(otherClient.authorize().statusCode()).isEqualTo(200);
			assertThat(otherClient.authorize().statusCode()).isEqualTo(429);
		}
	}

	@Test
	void ultraCartWhenAskedThenAsDocumented() {
		assertThat(SimulatedLimits.ultraCart()).hasToString("SimulatedLimits[rates=[Rate[calls=1000, period=PT1H], "
				+ "Rate[calls=10000, period=PT24H]], oneCallAtATime=true]");
		assertThat(SimulatedLimits.none()).hasToString("SimulatedLimits[rates=[], oneCallAtATime=false]");
	}

	@Test
	void rateWhenOutOfRangeThenIllegalArgument() {
		SimulatedLimits none = SimulatedLimits.none();
		assertThatIllegalArgumentException().isThrownBy(() -> none.rate(0, Duration.ofHours(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> none.rate(1, Duration.ofMillis(999)));
		assertThatIllegalArgumentException().isThrownBy(() -> none.rate(1, Duration.ofDays(1).plusNanos(1)));
	}

	@Test
	void oneCallAtATimeWhenCallsFollowEachOtherThenAllAnswered() {
		enforce(SimulatedLimits.none().oneCallAtATime());
		for (int i = 0; i < 200; i++) {
			authorize(200);
		}
		assertThat(this.simulator.traffic().mostConcurrentCalls()).isOne();
	}

	@ParameterizedTest
	@MethodSource
	void oneCallAtATimeWhenAnotherIsBeingAnsweredThenRefused(SimulatedFault slow) {
		enforce(SimulatedLimits.none().oneCallAtATime());
		CompletableFuture<HttpResponse<String>> first = authorizeWith(slow);
		HttpResponse<String> second = this.client.token("code");
		TestClient.assertRefused(second, 429, CONCURRENT);
		assertThat(second.headers().allValues("Retry-After")).containsExactly("1");
		first.join();
		authorize(200);
		assertThat(this.simulator.traffic().concurrencyRefusals()).isOne();
		assertThat(this.simulator.traffic().rateRefusals()).isZero();
		assertThat(this.simulator.traffic().mostConcurrentCalls()).isEqualTo(2);
	}

	static List<SimulatedFault> oneCallAtATimeWhenAnotherIsBeingAnsweredThenRefused() {
		return List.of(SimulatedFault.delay(Duration.ofMillis(400)), SimulatedFault.drip(Duration.ofMillis(3)));
	}

	@Test
	void oneCallAtATimeWhenClientHasGivenUpThenNextIsAnswered() {
		enforce(SimulatedLimits.none().oneCallAtATime());
		this.simulator.answerNext(SimulatedOperation.AUTHORIZE, SimulatedFault.silence());
		assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> this.client
			.exchange(this.client.applicationCall("/sso/authorize", "{}").timeout(Duration.ofMillis(100))));
		authorize(200);
		assertThat(this.simulator.traffic().mostConcurrentCalls()).isOne();
	}

	@Test
	void oneCallAtATimeWhenConnectionBrokenThenNextIsAnswered() {
		enforce(SimulatedLimits.none().oneCallAtATime());
		for (SimulatedFault fault : List.of(SimulatedFault.connectionReset(), SimulatedFault.emptyResponse(),
				SimulatedFault.garbage(), SimulatedFault.malformedChunk(), SimulatedFault.connectionResetMidway())) {
			this.simulator.answerNext(SimulatedOperation.AUTHORIZE, fault);
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this.client::authorize);
			authorize(200);
		}
		assertThat(this.simulator.traffic().concurrencyRefusals()).isZero();
	}

	@Test
	void trafficWhenCallsOverlapThenSaysWhichOnes() {
		String key = this.client.signIn("Jane!ops");
		CompletableFuture<HttpResponse<String>> first = authorizeWith(SimulatedFault.delay(Duration.ofMillis(400)));
		assertThat(this.client.revoke(key).statusCode()).isEqualTo(204);
		assertThat(first.join().statusCode()).isEqualTo(200);
		SimulatedTraffic traffic = this.simulator.traffic();
		assertThat(traffic.simultaneous())
			.contains(List.of(SimulatedOperation.AUTHORIZE, SimulatedOperation.SESSION_REVOKE));
		assertThat(traffic.mostConcurrentCalls()).isEqualTo(2);
		assertThat(traffic.mostConcurrentCallsApartFrom(SimulatedOperation.SESSION_REVOKE)).isOne();
		this.simulator.clearCalls();
		assertThat(this.simulator.traffic()).isEqualTo(new SimulatedTraffic(0, 0, 0, Set.of()));
		assertThat(this.simulator.traffic().mostConcurrentCalls()).isZero();
	}

	/**
	 * Starts a call that is in progress when the method returns.
	 */
	private CompletableFuture<HttpResponse<String>> authorizeWith(SimulatedFault slow) {
		CountDownLatch arrived = new CountDownLatch(1);
		this.simulator.answerSometimes((operation) -> {
			arrived.countDown();
			return (operation == SimulatedOperation.AUTHORIZE) ? slow : null;
		});
		CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(this.client::authorize);
		await(arrived);
		this.simulator.clearFaults();
		return answer;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void enforce(SimulatedLimits limits) {
		this.simulator.enforce(limits);
	}

	private void authorize(int... statuses) {
		for (int status : statuses) {
			assertThat(this.client.authorize().statusCode()).isEqualTo(status);
		}
	}

}
