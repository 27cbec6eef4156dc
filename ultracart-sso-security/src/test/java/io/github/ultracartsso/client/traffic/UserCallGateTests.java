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

package io.github.ultracartsso.client.traffic;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.ScriptedServer;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.client.http.RestClientUltraCartSsoClient;
import io.github.ultracartsso.client.http.TestUltraCart;
import io.github.ultracartsso.client.http.TestUserCall;
import io.github.ultracartsso.client.http.UltraCartApiResponse;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.client.http.UltraCartHttpSettings;
import io.github.ultracartsso.session.TestClock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CallGate} and {@link CircuitBreaker}: how the calls that an
 * application makes for its users and those of single sign-on get on with each other.
 */
@Timeout(60)
class UserCallGateTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	private final CallGate gate = gate(Duration.ofSeconds(30));

	private final RestClientUltraCartSsoClient client = client(TestUltraCart.baseUrl(ultraCart), this.gate);

	private final UltraCartApiTransport transport = transport(TestUltraCart.baseUrl(ultraCart), this.gate);

	private final CapturedLog log = CapturedLog.of(CircuitBreaker.class.getName());

	@BeforeEach
	void allIsWell() {
		for (TestCall call : TestCall.values()) {
			TestUltraCart.answer(ultraCart, call, 200, call.answer());
		}
		TestUserCall.answer(ultraCart, 200);
	}

	@AfterEach
	void stop() {
		this.log.close();
		this.threads.shutdownNow();
	}

	// G4
	@ParameterizedTest
	@EnumSource(names = { "AUTHORIZE", "EXCHANGE", "SESSION_USER" })
	void callWhenAUsersCallWasTooMuchThenNoneUntilRetryAfter(TestCall call) {
		tooMany(60);
		assertThat(TestUserCall.make(this.transport).getStatusCode().value()).isEqualTo(429);
		TestUserCall.answer(ultraCart, 200);
		this.clock.advance(Duration.ofMillis(59_999));
		heldBack(call)
			.withMessage(call.operation()
					+ " is not called before 2026-11-21T12:01:00Z, because UltraCart has had too many calls")
			.returns(UltraCartApiFailure.RATE_LIMITED, UltraCartApiException::getFailure);
		assertThat(this.gate.closedFor()).isEqualTo(Duration.ofMillis(1));
		this.clock.advance(Duration.ofMillis(1));
		passes(call);
	}

	// G4
	@ParameterizedTest
	@EnumSource
	void sendWhenACallOfSingleSignOnWasTooMuchThenNotSentUntilRetryAfter(TestCall call) {
		TestUltraCart.answer(ultraCart, call, WireMock.status(429).withHeader("Retry-After", "60"));
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> call.make(this.client));
		this.clock.advance(Duration.ofSeconds(59));
		heldBack().isInstanceOf(UltraCartRateLimitException.class)
			.withMessage(TestUserCall.NAME
					+ " is not called before 2026-11-21T12:01:00Z, because UltraCart has had too many calls")
			.returns(UltraCartApiFailure.RATE_LIMITED, UltraCartApiException::getFailure)
			.returns(TestUserCall.NAME, UltraCartApiException::getCall)
			.returns(Duration.ofSeconds(1), UltraCartApiException::getRetryAfter);
		this.clock.advance(Duration.ofSeconds(1));
		passes();
	}

	// G4
	@Test
	void sendWhenAUsersCallWasTooMuchThenOthersNeitherUntilRetryAfter() {
		tooMany(60);
		TestUserCall.make(this.transport);
		heldBack();
		TestUserCall.answer(ultraCart, 200);
		this.clock.advance(Duration.ofSeconds(60));
		passes();
	}

	@Test // D5
	void revokeWhenAUsersCallWasTooMuchThenRevokedAllTheSame() {
		tooMany(60);
		TestUserCall.make(this.transport);
		passes(TestCall.REVOKE);
	}

	@Test // G4
	void logWhenAUsersCallWasTooMuchThenNamed() {
		try (CapturedLog coolDown = CapturedLog.of(CoolDown.class.getName())) {
			passes();
			passes(TestCall.SESSION_USER);
			tooMany(60);
			TestUserCall.make(this.transport);
			assertThat(coolDown.messages(Level.WARN)).singleElement()
				.asString()
				.contains(TestUserCall.NAME + " was answered with status 429");
			assertThat(this.gate.statistics().requests()).isEqualTo(3);
		}
	}

	@Test // G5
	void sendWhenACallOfSingleSignOnIsUnderWayThenWaitsForItsTurn() throws Exception {
		try (Occupied occupied = new Occupied(OK + TestAnswers.USER)) {
			Future<@Nullable Object> first = this.threads.submit(() -> TestCall.SESSION_USER.make(occupied.client));
			occupied.awaitCall();
			Future<UltraCartApiResponse> second = this.threads.submit(() -> TestUserCall.make(occupied.transport));
			waitsBehind(occupied, first, second);
			assertThat(occupied.server.requests()).containsExactly("GET /rest/v2/sso/session/user",
					"GET /rest/v2/item/items");
		}
	}

	@Test // G5
	void callWhenAUsersCallIsUnderWayThenWaitsForItsTurn() throws Exception {
		try (Occupied occupied = new Occupied(OK + TestAnswers.USER)) {
			Future<UltraCartApiResponse> first = this.threads.submit(() -> TestUserCall.make(occupied.transport));
			occupied.awaitCall();
			Future<@Nullable Object> second = this.threads.submit(() -> TestCall.SESSION_USER.make(occupied.client));
			waitsBehind(occupied, first, second);
			assertThat(occupied.server.requests()).containsExactly("GET /rest/v2/item/items",
					"GET /rest/v2/sso/session/user");
		}
	}

	@Test // G5
	void sendWhenAnAnswerIsStillBeingReadThenWaitsForItsTurn() throws Exception {
		CountDownLatch rest = new CountDownLatch(1);
		CountDownLatch begun = new CountDownLatch(1);
		try (ScriptedServer server = ScriptedServer.following((exchange) -> {
			exchange.send(OK + "{");
			begun.countDown();
			await(rest);
			exchange.send("}");
		})) {
			UltraCartApiTransport transport = transport(server.url("http", "/rest/v2"), this.gate);
			Future<UltraCartApiResponse> first = this.threads.submit(() -> TestUserCall.make(transport));
			await(begun);
			Future<UltraCartApiResponse> second = this.threads.submit(() -> TestUserCall.make(transport));
			awaitWaiting(1);
			assertThat(server.requests()).hasSize(1);
			rest.countDown();
			assertThat(first.get().getBody()).hasContent("{}");
			assertThat(second.get().getBody()).hasContent("{}");
		}
	}

	private void waitsBehind(Occupied occupied, Future<?> first, Future<?> second) throws Exception {
		awaitWaiting(1);
		assertThat(occupied.server.requests()).hasSize(1);
		assertThat(first).isNotDone();
		occupied.release();
		assertThat(first.get()).isNotNull();
		assertThat(second.get()).isNotNull();
	}

	@Test // D5
	void revokeWhenAUsersCallIsUnderWayThenPassesIt() throws Exception {
		try (Occupied occupied = new Occupied(OK + "{}")) {
			Future<UltraCartApiResponse> first = this.threads.submit(() -> TestUserCall.make(occupied.transport));
			occupied.awaitCall();
			occupied.server.follow((exchange) -> exchange.send(OK));
			occupied.client.revoke(TestSecrets.USER_KEY);
			assertThat(occupied.server.requests()).containsExactly("GET /rest/v2/item/items",
					"DELETE /rest/v2/sso/session/revoke");
			assertThat(first).isNotDone();
			occupied.release();
			assertThat(first.get().getFailure()).isNull();
		}
	}

	@Test // D5
	void revokeWhenUltraCartAllowsNoTwoCallsAtOnceThenNobodyIsHeldBack() throws Exception {
		try (Occupied occupied = new Occupied(OK + "{}")) {
			Future<UltraCartApiResponse> first = this.threads.submit(() -> TestUserCall.make(occupied.transport));
			occupied.awaitCall();
			occupied.server.follow((exchange) -> exchange.send("HTTP/1.1 429 \r\nContent-Length: 0\r\n\r\n"));
			assertThatExceptionOfType(UltraCartRateLimitException.class)
				.isThrownBy(() -> occupied.client.revoke(TestSecrets.USER_KEY));
			assertThat(this.gate.closedFor()).isZero();
			occupied.release();
			assertThat(first.get().getFailure()).isNull();
		}
	}

	@Test // D5
	void sendWhenASignOutOverlapsAndUltraCartAllowsNoTwoCallsAtOnceThenNobodyIsHeldBack() throws Exception {
		try (Occupied occupied = new Occupied("HTTP/1.1 429 \r\nContent-Length: 0\r\n\r\n")) {
			Future<UltraCartApiResponse> first = this.threads.submit(() -> TestUserCall.make(occupied.transport));
			occupied.awaitCall();
			occupied.server.follow((exchange) -> exchange.send(OK));
			occupied.client.revoke(TestSecrets.USER_KEY);
			occupied.release();
			assertThat(first.get().getFailure()).isInstanceOf(UltraCartRateLimitException.class)
				.extracting(UltraCartApiException::getRetryAfter)
				.isEqualTo(Duration.ZERO);
			assertThat(this.gate.closedFor()).isZero();
		}
	}

	@Test
	void sendWhenTooMuchAndUltraCartDoesNotSayHowLongThenTheExceptionDoes() {
		TestUserCall.answer(ultraCart, WireMock.status(429));
		assertThat(TestUserCall.make(this.transport).getFailure()).isInstanceOf(UltraCartRateLimitException.class)
			.extracting(UltraCartApiException::getRetryAfter)
			.isEqualTo(Duration.ofSeconds(30));
	}

	@Test // G5
	void authorizeWhenUsersCallsWaitThenComesBeforeThem() throws Exception {
		List<String> turns = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		List<Future<?>> calls = new ArrayList<>();
		calls.add(this.threads.submit(() -> this.gate.pass(TestGatedCall.of(CallKind.USER_CALL), () -> {
			running.countDown();
			await(released);
			return turns.add("first");
		})));
		await(running);
		for (int i = 0; i < 3; i++) {
			int waiting = i + 1;
			calls.add(this.threads
				.submit(() -> this.gate.pass(TestGatedCall.of(CallKind.USER_CALL), () -> turns.add("user"))));
			awaitWaiting(waiting);
		}
		calls.add(this.threads
			.submit(() -> this.gate.pass(TestGatedCall.of(CallKind.AUTHORIZE), () -> turns.add("login"))));
		awaitWaiting(4);
		released.countDown();
		for (Future<?> call : calls) {
			call.get();
		}
		assertThat(turns).containsExactly("first", "login", "user", "user", "user");
	}

	@Test // G5
	void passWhenUsersCallsCrowdTheGateThenSingleSignOnQueuesAllTheSame() throws Exception {
		try (Occupied occupied = new Occupied(OK + "{}")) {
			List<Future<UltraCartApiResponse>> calls = new ArrayList<>();
			for (int i = 0; i < 101; i++) {
				calls.add(this.threads.submit(() -> TestUserCall.make(occupied.transport)));
			}
			awaitWaiting(100);
			Future<String> callback = this.threads
				.submit(() -> this.gate.pass(TestGatedCall.of(CallKind.TOKEN), () -> "key"));
			awaitWaiting(101);
			occupied.release();
			assertThat(callback.get()).isEqualTo("key");
			for (Future<UltraCartApiResponse> call : calls) {
				call.get();
			}
		}
	}

	@Test // G1
	void sendWhenTurnDoesNotComeThenRateLimitedWithoutACall() {
		CallGate impatient = gate(Duration.ZERO);
		UltraCartApiTransport transport = TestUltraCart.transport(ultraCart,
				TestUltraCart.settings().withCallGate(impatient));
		impatient.pass(TestGatedCall.of(CallKind.SESSION_USER),
				() -> heldBack(() -> TestUserCall.make(transport)).isInstanceOf(UltraCartRateLimitException.class)
					.withMessage(TestUserCall.NAME + " is not called, because it has waited in the queue for PT0S")
					.returns(Duration.ZERO, UltraCartApiException::getRetryAfter));
		passes();
	}

	@Test // G5
	void sendWhenTooManyWaitThenRateLimitedAtOnce() throws Exception {
		try (Occupied occupied = new Occupied(OK + "{}")) {
			List<Future<UltraCartApiResponse>> calls = new ArrayList<>();
			for (int i = 0; i < 101; i++) {
				calls.add(this.threads.submit(() -> TestUserCall.make(occupied.transport)));
			}
			awaitWaiting(100);
			assertThatExceptionOfType(UltraCartRateLimitException.class)
				.isThrownBy(() -> TestUserCall.make(occupied.transport))
				.withMessage(TestUserCall.NAME + " is not called, because 100 calls are in the queue before it")
				.returns(Duration.ofSeconds(30), UltraCartApiException::getRetryAfter)
				.returns(false, UltraCartApiException::wasSent);
			assertThat(occupied.server.requests()).hasSize(1);
			occupied.release();
			for (Future<UltraCartApiResponse> call : calls) {
				assertThat(call.get().getFailure()).isNull();
			}
		}
	}

	@Test // G5
	void authorizeWhenUsersCallsWaitThenQueuesAllTheSame() throws Exception {
		try (Occupied occupied = new Occupied(OK + "{}")) {
			List<Future<UltraCartApiResponse>> calls = new ArrayList<>();
			for (int i = 0; i < 11; i++) {
				calls.add(this.threads.submit(() -> TestUserCall.make(occupied.transport)));
			}
			awaitWaiting(10);
			Future<?> login = this.threads.submit(() -> TestCall.AUTHORIZE.make(occupied.client));
			awaitWaiting(11);
			login.cancel(true);
			occupied.release();
			for (Future<UltraCartApiResponse> call : calls) {
				assertThat(call.get().getFailure()).isNull();
			}
		}
	}

	// what is refused or fails may be what one application asks for
	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 403, 404, 410, 500, 502, 503 })
	void sendWhenAnsweredWithAFailureThenNobodyIsHeldBack(int status) {
		TestUserCall.answer(ultraCart, status);
		for (int i = 0; i < 12; i++) {
			assertThat(TestUserCall.make(this.transport).getFailure()).isNotNull();
		}
		assertThat(states()).isEmpty();
		passes(TestCall.AUTHORIZE);
		assertThat(this.gate.closedFor()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void sendWhenNotAnsweredThenNobodyIsHeldBack(Fault fault) {
		TestUserCall.answer(ultraCart, WireMock.aResponse().withFault(fault));
		for (int i = 0; i < 6; i++) {
			assertThatExceptionOfType(UltraCartUnavailableException.class)
				.isThrownBy(() -> TestUserCall.make(this.transport))
				.returns(true, UltraCartApiException::wasSent);
		}
		assertThat(states()).isEmpty();
		passes(TestCall.AUTHORIZE);
	}

	@Test
	void sendWhenNotAnsweredInTimeThenNobodyIsHeldBack() throws IOException {
		try (ScriptedServer server = ScriptedServer.following(ScriptedServer.Exchange::staySilent)) {
			UltraCartApiTransport impatient = TestUltraCart.transport(server.url("http", "/rest/v2"),
					Duration.ofSeconds(60),
					TestUltraCart.settings()
						.withCallGate(this.gate)
						.withTimeLimit(new CallTimeLimit(Duration.ofMillis(100))));
			for (int i = 0; i < 6; i++) {
				assertThatExceptionOfType(UltraCartUnavailableException.class)
					.isThrownBy(() -> TestUserCall.make(impatient));
			}
		}
		assertThat(states()).isEmpty();
		passes(TestCall.AUTHORIZE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 410, 503 })
	void authorizeWhenAUsersCallFailsInBetweenThenInARowAllTheSame(int status) {
		fail(4);
		TestUserCall.answer(ultraCart, status);
		TestUserCall.make(this.transport);
		assertThat(states()).isEmpty();
		fail(1);
		heldBack(TestCall.AUTHORIZE);
	}

	@Test
	void authorizeWhenAUsersCallSucceedsInBetweenThenReachedAndNotInARow() {
		getNoAnswer(4);
		passes();
		getNoAnswer(4);
		assertThat(states()).isEmpty();
	}

	@Test // single sign-on alone may fail
	void authorizeWhenFailedAndAUsersCallSucceedsInBetweenThenInARowAllTheSame() {
		fail(4);
		passes();
		fail(1);
		heldBack(TestCall.AUTHORIZE);
		passes();
		heldBack(TestCall.AUTHORIZE);
		assertThat(states()).hasSize(1);
	}

	@Test // G4
	void sendWhenSingleSignOnAloneFailsThenGoesOn() {
		fail(5);
		heldBack(TestCall.AUTHORIZE);
		TestUserCall.answer(ultraCart, 503);
		for (int i = 0; i < 3; i++) {
			assertThat(TestUserCall.make(this.transport).getStatusCode().value()).isEqualTo(503);
		}
	}

	@Test // G4
	void sendWhenApplicationRejectedThenGoesOn() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		passes();
		heldBack(TestCall.AUTHORIZE);
		assertThat(states()).hasSize(1);
	}

	@Test // G4
	void sendWhenApplicationDisabledThenHeldBack() {
		answer(TestCall.AUTHORIZE, 410);
		fails(TestCall.AUTHORIZE);
		heldBack().isExactlyInstanceOf(UltraCartApiException.class)
			.withMessage(TestUserCall.NAME
					+ " is not called before 2026-11-21T12:00:30Z, because UltraCart has disabled the application")
			.returns(UltraCartApiFailure.APPLICATION_DISABLED, UltraCartApiException::getFailure)
			.returns(Duration.ofSeconds(30), UltraCartApiException::getRetryAfter);
	}

	@Test // G4
	void sendWhenUltraCartDoesNotAnswerThenHeldBack() {
		getNoAnswer(5);
		heldBack().isInstanceOf(UltraCartUnavailableException.class)
			.withMessage(TestUserCall.NAME
					+ " is not called before 2026-11-21T12:00:30Z, because UltraCart has failed the calls before")
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
			.returns(Duration.ofSeconds(30), UltraCartApiException::getRetryAfter);
	}

	@Test
	void sendWhenSuccessfulAfterThePauseThenFailingIsOver() {
		getNoAnswer(5);
		this.clock.advance(Duration.ofSeconds(30));
		passes();
		assertThat(this.gate.closedFor()).isZero();
		assertThat(states()).hasSize(2).last().isEqualTo("INFO UltraCart serves this application again, after PT30S");
		// or else the next failure would be the sixth in a row
		getNoAnswer(4);
		assertThat(states()).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTHORIZE", "SESSION_USER" })
	void sendWhenSuccessfulAfterThePauseThenDisabledIsNotOver(TestCall disabled) {
		answer(disabled, 410);
		fails(disabled);
		this.clock.advance(Duration.ofSeconds(30));
		passes();
		assertThat(states()).hasSize(1);
		fails(disabled);
		heldBack(disabled);
		assertThat(states()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 410, 429, 503 })
	void sendWhenRefusedAfterThePauseThenFailingIsNotOver(int status) {
		getNoAnswer(5);
		this.clock.advance(Duration.ofSeconds(30));
		TestUserCall.answer(ultraCart, WireMock.status(status).withHeader("Retry-After", "0"));
		TestUserCall.make(this.transport);
		assertThat(states()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTHORIZE", "SESSION_USER" })
	void callWhenUsersCallsHavePassedBeforeItThenStillLetThrough(TestCall broken) {
		answer(broken, 410);
		fails(broken);
		this.clock.advance(Duration.ofSeconds(30));
		TestUserCall.answer(ultraCart, 503);
		assertThat(TestUserCall.make(this.transport).getStatusCode().value()).isEqualTo(503);
		heldBack();
		fails(broken);
		heldBack();
		assertThat(this.gate.closedFor()).hasSeconds(60);
	}

	@Test // G4
	void sendWhenStillFailingAfterThePauseThenOneNowAndThen() {
		getNoAnswer(5);
		TestUserCall.answer(ultraCart, 503);
		for (int i = 0; i < 3; i++) {
			this.clock.advance(Duration.ofSeconds(30));
			assertThat(TestUserCall.make(this.transport).getStatusCode().value()).isEqualTo(503);
			heldBack().returns(Duration.ofSeconds(30), UltraCartApiException::getRetryAfter);
		}
	}

	private CallGate gate(Duration queueTimeout) {
		CallGate gate = new CallGate(1, queueTimeout);
		gate.setClock(this.clock);
		return gate;
	}

	private static RestClientUltraCartSsoClient client(URI baseUrl, CallGate gate) {
		return TestUltraCart.client(baseUrl, Duration.ofSeconds(60), patient(gate));
	}

	private static UltraCartApiTransport transport(URI baseUrl, CallGate gate) {
		return TestUltraCart.transport(baseUrl, Duration.ofSeconds(60), patient(gate));
	}

	private static UltraCartHttpSettings patient(CallGate gate) {
		return TestUltraCart.settings().withCallGate(gate).withTimeLimit(new CallTimeLimit(Duration.ofSeconds(60)));
	}

	private static void tooMany(int retryAfter) {
		TestUserCall.answer(ultraCart, WireMock.status(429).withHeader("Retry-After", String.valueOf(retryAfter)));
	}

	private static void answer(TestCall call, int status) {
		TestUltraCart.answer(ultraCart, call, status, TestAnswers.error("not well"));
	}

	private void fail(int times) {
		answer(TestCall.AUTHORIZE, 503);
		for (int i = 0; i < times; i++) {
			fails(TestCall.AUTHORIZE);
		}
	}

	private void getNoAnswer(int times) {
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE, WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));
		for (int i = 0; i < times; i++) {
			assertThatExceptionOfType(UltraCartUnavailableException.class)
				.isThrownBy(() -> TestCall.AUTHORIZE.make(this.client))
				.withMessageContaining("got no response");
		}
	}

	private void fails(TestCall call) {
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
			.withMessageContaining("was answered with status");
	}

	private void passes(TestCall call) {
		int before = TestUltraCart.requests(ultraCart).size();
		call.make(this.client);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(before + 1);
	}

	private void passes() {
		int before = TestUltraCart.requests(ultraCart).size();
		assertThat(TestUserCall.make(this.transport).getFailure()).isNull();
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(before + 1);
	}

	private ThrowableAssertAlternative<UltraCartApiException> heldBack(TestCall call) {
		return heldBack(() -> call.make(this.client));
	}

	private ThrowableAssertAlternative<UltraCartApiException> heldBack() {
		return heldBack(() -> TestUserCall.make(this.transport));
	}

	private static ThrowableAssertAlternative<UltraCartApiException> heldBack(ThrowingCallable call) {
		int before = TestUltraCart.requests(ultraCart).size();
		ThrowableAssertAlternative<UltraCartApiException> refusal = assertThatExceptionOfType(
				UltraCartApiException.class)
			.isThrownBy(call)
			.withMessageContaining(" is not called")
			.returns(null, UltraCartApiException::getStatus)
			.returns(false, UltraCartApiException::wasSent);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(before);
		return refusal;
	}

	/**
	 * Returns what the log tells of changes.
	 */
	private List<String> states() {
		return Stream.of(Level.ERROR, Level.WARN, Level.INFO)
			.flatMap((level) -> this.log.messages(level).stream().map((message) -> level + " " + message))
			.toList();
	}

	private void awaitWaiting(int waiting) {
		while (this.gate.waiting() < waiting) {
			Thread.onSpinWait();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A server that keeps the first call, and with it the gate, until it is released.
	 */
	private final class Occupied implements AutoCloseable {

		private final CountDownLatch called = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final ScriptedServer server;

		private final RestClientUltraCartSsoClient client;

		private final UltraCartApiTransport transport;

		Occupied(String answer) {
			this.server = ScriptedServer.following((exchange) -> {
				this.called.countDown();
				UserCallGateTests.await(this.released);
				exchange.send(answer);
			});
			URI baseUrl = this.server.url("http", "/rest/v2");
			this.client = UserCallGateTests.client(baseUrl, UserCallGateTests.this.gate);
			this.transport = UserCallGateTests.transport(baseUrl, UserCallGateTests.this.gate);
		}

		void awaitCall() {
			UserCallGateTests.await(this.called);
		}

		void release() {
			this.released.countDown();
		}

		@Override
		public void close() throws IOException {
			release();
			this.server.close();
		}

	}

}
