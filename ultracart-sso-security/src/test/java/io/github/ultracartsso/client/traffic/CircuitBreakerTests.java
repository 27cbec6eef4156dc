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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.http.RestClientUltraCartSsoClient;
import io.github.ultracartsso.client.http.TestUltraCart;
import io.github.ultracartsso.session.TestClock;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CircuitBreaker} and {@link Outage}, by way of the calls they hold
 * back.
 */
class CircuitBreakerTests {

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	private final CallGate gate = new CallGate(1, Duration.ofSeconds(5));

	private final RestClientUltraCartSsoClient client = TestUltraCart.client(ultraCart,
			TestUltraCart.settings().withCallGate(this.gate));

	private final CapturedLog log = CapturedLog.of(CircuitBreaker.class.getName());

	@BeforeEach
	void allIsWell() {
		this.gate.setClock(this.clock);
		for (TestCall call : TestCall.values()) {
			TestUltraCart.answer(ultraCart, call, 200, call.answer());
		}
	}

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	@Test // G4
	void authorizeWhenRejectedThenApplicationsCallsHeldBackAndUsersGoOn() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		answer(TestCall.AUTHORIZE, 200);
		heldBack(TestCall.AUTHORIZE).returns(UltraCartApiFailure.CREDENTIAL_REJECTED,
				UltraCartApiException::getFailure);
		heldBack(TestCall.EXCHANGE).withMessage("ssoToken is not called before 2026-11-21T12:00:30Z, because UltraCart"
				+ " rejects the credential of the application");
		passes(TestCall.SESSION_USER);
		passes(TestCall.REVOKE);
	}

	// G4
	@ParameterizedTest
	@EnumSource
	void callWhenApplicationDisabledThenOnlyRevocationsGoOn(TestCall disabled) {
		answer(disabled, 410);
		fails(disabled);
		answer(disabled, 200);
		for (TestCall call : List.of(TestCall.AUTHORIZE, TestCall.EXCHANGE, TestCall.SESSION_USER)) {
			heldBack(call)
				.withMessage(call.operation()
						+ " is not called before 2026-11-21T12:00:30Z, because UltraCart has disabled the application")
				.returns(UltraCartApiFailure.APPLICATION_DISABLED, UltraCartApiException::getFailure);
		}
		passes(TestCall.REVOKE);
	}

	// G4
	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503 })
	void callWhenFailedFiveTimesInARowThenOnlyRevocationsGoOn(int status) {
		fail(status, 5);
		answer(TestCall.AUTHORIZE, 200);
		for (TestCall call : List.of(TestCall.AUTHORIZE, TestCall.EXCHANGE, TestCall.SESSION_USER)) {
			heldBack(call)
				.withMessage(call.operation()
						+ " is not called before 2026-11-21T12:00:30Z, because UltraCart has failed the calls before")
				.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
				.returns(false, UltraCartApiException::wasSent);
		}
		passes(TestCall.REVOKE);
	}

	// G4
	@ParameterizedTest
	@EnumSource
	void callWhenNotAnsweredFiveTimesInARowThenHeldBack(TestCall silent) {
		TestUltraCart.answer(ultraCart, silent, WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> silent.make(this.client));
		}
		heldBack(TestCall.AUTHORIZE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 400, 401 })
	void callWhenAnsweredInBetweenThenNotInARow(int status) {
		for (int i = 0; i < 2; i++) {
			answer(TestCall.AUTHORIZE, 500);
			for (int failure = 0; failure < 4; failure++) {
				fails(TestCall.AUTHORIZE);
			}
			answer(TestCall.EXCHANGE, status);
			if (status == 200) {
				passes(TestCall.EXCHANGE);
			}
			else {
				fails(TestCall.EXCHANGE);
			}
			this.clock.advance(Duration.ofSeconds(30));
		}
		assertThat(states()).isEmpty();
	}

	// anybody can send a browser to the callback with a code of his own making
	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 500, 503 })
	void exchangeWhenCodeIsForgedThenNobodyElseIsHeldBack(int status) {
		answer(TestCall.EXCHANGE, status);
		for (int i = 0; i < 12; i++) {
			fails(TestCall.EXCHANGE);
		}
		passes(TestCall.AUTHORIZE);
		assertThat(states()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404 })
	void sessionUserWhenKeyIsRefusedThenNobodyElseIsHeldBack(int status) {
		answer(TestCall.SESSION_USER, status);
		for (int i = 0; i < 12; i++) {
			fails(TestCall.SESSION_USER);
		}
		passes(TestCall.AUTHORIZE);
		assertThat(states()).isEmpty();
	}

	// a single key may be what UltraCart cannot cope with
	@ParameterizedTest
	@EnumSource(names = { "SESSION_USER", "REVOKE" })
	void callWhenOneKeyMakesUltraCartFailThenNobodyElseIsHeldBack(TestCall call) {
		answer(call, 500);
		for (int i = 0; i < 12; i++) {
			fails(call);
		}
		passes(TestCall.AUTHORIZE);
		assertThat(states()).isEmpty();
	}

	// the redirect URI may have the host that the browser has sent
	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404, 422 })
	void authorizeWhenTheRequestIsRefusedThenNobodyElseIsHeldBack(int status) {
		fail(status, 12);
		answer(TestCall.AUTHORIZE, 200);
		passes(TestCall.AUTHORIZE);
		assertThat(states()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "EXCHANGE, 503", "EXCHANGE, 403", "SESSION_USER, 500", "SESSION_USER, 403" })
	void callWhenProbeSaysNothingThenStillHeldBack(TestCall probe, int status) {
		fail(503, 5);
		this.clock.advance(Duration.ofSeconds(30));
		answer(probe, status);
		fails(probe);
		heldBack(TestCall.AUTHORIZE);
		assertThat(states()).hasSize(1);
	}

	@Test
	void callWhenAnotherFailsForReasonsOfItsOwnInBetweenThenInARowAllTheSame() {
		fail(503, 4);
		answer(TestCall.EXCHANGE, 503);
		fails(TestCall.EXCHANGE);
		fail(503, 1);
		heldBack(TestCall.AUTHORIZE);
	}

	@Test
	void revokeWhenKeyIsDeadThenApplicationIsStillDisabled() {
		answer(TestCall.EXCHANGE, 410);
		fails(TestCall.EXCHANGE);
		answer(TestCall.REVOKE, 401);
		passes(TestCall.REVOKE);
		heldBack(TestCall.EXCHANGE);
	}

	@ParameterizedTest
	@CsvSource({ "AUTHORIZE, 2", "SESSION_USER, 3" })
	void sessionUserWhenReadThenDisabledIsOverOnlyIfUsersWereRefused(TestCall disabled, int states) {
		answer(disabled, 410);
		fails(disabled);
		answer(disabled, 200);
		this.clock.advance(Duration.ofSeconds(30));
		passes(TestCall.SESSION_USER);
		this.clock.advance(Duration.ofSeconds(60));
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		assertThat(states()).hasSize(states);
	}

	@Test
	void authorizeWhenOthersHavePassedBeforeItThenStillLetThrough() {
		answer(TestCall.AUTHORIZE, 410);
		fails(TestCall.AUTHORIZE);
		answer(TestCall.AUTHORIZE, 200);
		this.clock.advance(Duration.ofSeconds(30));
		passes(TestCall.SESSION_USER);
		passes(TestCall.SESSION_USER);
		passes(TestCall.REVOKE);
		passes(TestCall.AUTHORIZE);
		assertThat(this.gate.closedFor()).isZero();
	}

	@Test
	void sessionUserWhenReadAfterApplicationWasFoundDisabledAsWellThenNotOver() {
		answer(TestCall.SESSION_USER, 410);
		fails(TestCall.SESSION_USER);
		answer(TestCall.AUTHORIZE, 410);
		this.clock.advance(Duration.ofSeconds(30));
		fails(TestCall.AUTHORIZE);
		answer(TestCall.SESSION_USER, 200);
		this.clock.advance(Duration.ofSeconds(60));
		passes(TestCall.SESSION_USER);
		assertThat(states()).hasSize(1);
	}

	@Test
	void callWhenClockIsSetBackThenNotHeldBackForLonger() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		this.clock.advance(Duration.ofDays(-1));
		assertThat(this.gate.closedFor()).isZero();
	}

	@Test
	void callWhenFailingWhileApplicationIsRejectedThenUsersGoOn() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));
		for (int i = 0; i < 6; i++) {
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> TestCall.SESSION_USER.make(this.client))
				.returns(true, UltraCartApiException::wasSent);
		}
		heldBack(TestCall.AUTHORIZE).withMessageContaining("UltraCart rejects the credential of the application");
		assertThat(states()).hasSize(1);
	}

	@Test
	void callWhenHeldBackThenTellsHowLong() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		this.clock.advance(Duration.ofSeconds(12));
		heldBack(TestCall.AUTHORIZE).returns(Duration.ofSeconds(18), UltraCartApiException::getRetryAfter);
		assertThat(this.gate.closedFor()).hasSeconds(18);
	}

	@Test
	void callWhenOutageGoesOnThenOneProbeAfterEachPauseAndLongerPauses() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		for (int pause : new int[] { 30, 60, 120, 240, 300, 300 }) {
			this.clock.advance(Duration.ofSeconds(pause - 1));
			heldBack(TestCall.AUTHORIZE);
			this.clock.advance(Duration.ofSeconds(1));
			fails(TestCall.AUTHORIZE);
			heldBack(TestCall.AUTHORIZE);
		}
		assertThat(states()).hasSize(1);
	}

	@Test
	void callWhenProbeSucceedsThenAllPass() {
		answer(TestCall.AUTHORIZE, 410);
		fails(TestCall.AUTHORIZE);
		answer(TestCall.AUTHORIZE, 200);
		this.clock.advance(Duration.ofSeconds(30));
		for (TestCall call : TestCall.values()) {
			passes(call);
		}
		assertThat(this.gate.closedFor()).isZero();
	}

	@Test
	void callWhenOutageAfterAnotherIsOverThenShortPausesAgain() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		this.clock.advance(Duration.ofSeconds(30));
		fails(TestCall.AUTHORIZE);
		answer(TestCall.AUTHORIZE, 200);
		this.clock.advance(Duration.ofSeconds(60));
		passes(TestCall.AUTHORIZE);
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		assertThat(this.gate.closedFor()).hasSeconds(30);
		this.clock.advance(Duration.ofSeconds(30));
		fails(TestCall.AUTHORIZE);
		assertThat(this.gate.closedFor()).hasSeconds(60);
	}

	@Test
	void closedBecauseOfWhenOutageThenItsFailureUntilAProbeIsDue() {
		assertThat(this.gate.closedBecauseOf()).isNull();
		answer(TestCall.AUTHORIZE, 410);
		fails(TestCall.AUTHORIZE);
		assertThat(this.gate.closedBecauseOf()).isEqualTo(UltraCartApiFailure.APPLICATION_DISABLED);
		this.clock.advance(Duration.ofSeconds(30));
		assertThat(this.gate.closedBecauseOf()).isNull();
		fails(TestCall.AUTHORIZE);
		assertThat(this.gate.closedBecauseOf()).isEqualTo(UltraCartApiFailure.APPLICATION_DISABLED);
		this.clock.advance(Duration.ofSeconds(60));
		answer(TestCall.AUTHORIZE, 429);
		fails(TestCall.AUTHORIZE);
		assertThat(this.gate.closedBecauseOf()).isEqualTo(UltraCartApiFailure.APPLICATION_DISABLED);
	}

	@Test
	void closedBecauseOfWhenCoolDownThenRateLimited() {
		answer(TestCall.AUTHORIZE, 429);
		fails(TestCall.AUTHORIZE);
		assertThat(this.gate.closedBecauseOf()).isEqualTo(UltraCartApiFailure.RATE_LIMITED);
	}

	@Test
	void revokeWhenSuccessfulThenFailingIsOverButRejectedIsNot() {
		fail(500, 5);
		passes(TestCall.REVOKE);
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		passes(TestCall.REVOKE);
		heldBack(TestCall.AUTHORIZE);
	}

	@Test
	void logWhenRejectedThenOneErrorWithTheRemedy() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		heldBack(TestCall.AUTHORIZE);
		assertThat(states()).singleElement()
			.asString()
			.startsWith("ERROR UltraCart rejects the credential of this application, so users cannot sign in. Check it"
					+ " (ultracart.sso.simple-key)")
			.endsWith("Users who are signed in stay signed in. A single call is made now and then, the next one not"
					+ " before 2026-11-21T12:00:30Z: ssoAuthorize was answered with status 401: not well [request id "
					+ TestAnswers.REQUEST_ID + "]");
	}

	@Test
	void logWhenDisabledThenOneErrorWithTheRemedy() {
		answer(TestCall.SESSION_USER, 410);
		fails(TestCall.SESSION_USER);
		heldBack(TestCall.SESSION_USER);
		assertThat(states()).singleElement()
			.asString()
			.startsWith("ERROR UltraCart has disabled this application, so users cannot sign in. Only UltraCart can"
					+ " enable it again: ask its support.");
	}

	@Test
	void logWhenFailingThenOneWarningWithTheRemedy() {
		fail(500, 5);
		for (int i = 0; i < 12; i++) {
			heldBack(TestCall.AUTHORIZE);
		}
		assertThat(states()).singleElement()
			.asString()
			.startsWith("WARN UltraCart has failed 5 calls in a row, so users cannot sign in for now. If UltraCart is"
					+ " not down, check ultracart.sso.base-url and this machine's network.");
	}

	@Test
	void logWhenRejectedAfterFailuresThenNotSaidToBeOver() {
		fail(500, 5);
		this.clock.advance(Duration.ofSeconds(30));
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		assertThat(states()).hasSize(2).noneMatch((state) -> state.startsWith("INFO"));
	}

	@Test
	void adoptWhenTheOthersDoNotKnowYetThatTheApplicationIsDisabledThenItStaysSoAndTheyAreTold() {
		CircuitBreaker breaker = new CircuitBreaker();
		breaker.failed(CallKind.AUTHORIZE,
				UltraCartApiException.withFailure(UltraCartApiFailure.APPLICATION_DISABLED, "410").status(410).build(),
				this.clock.instant());
		GateState state = GateState.parse(null);
		breaker.adopt(state);
		assertThat(breaker.openBecauseOf(this.clock.instant())).isEqualTo(UltraCartApiFailure.APPLICATION_DISABLED);
		breaker.share(state);
		assertThat(state.outage()).isEqualTo(Outage.DISABLED);
		breaker.told();
		state.setOutage(null, this.clock.instant(), this.clock.instant(), Duration.ZERO);
		breaker.adopt(state);
		assertThat(breaker.openBecauseOf(this.clock.instant())).isNull();
	}

	@Test
	void shareWhenAnotherInstanceHasSeenTheEndOfTheOutageSinceThenNotOpenedAgain() {
		CircuitBreaker breaker = new CircuitBreaker();
		breaker.failed(CallKind.AUTHORIZE,
				UltraCartApiException.withFailure(UltraCartApiFailure.APPLICATION_DISABLED, "410").status(410).build(),
				this.clock.instant());
		GateState state = GateState.parse(null);
		state.setCircuitChangedAt(this.clock.instant().plusSeconds(1));
		breaker.share(state);
		breaker.told();
		assertThat(state.outage()).isNull();
		breaker.adopt(state);
		assertThat(breaker.openBecauseOf(this.clock.instant())).isNull();
	}

	@Test
	void logWhenOverThenOneLine() {
		answer(TestCall.AUTHORIZE, 401);
		fails(TestCall.AUTHORIZE);
		answer(TestCall.AUTHORIZE, 200);
		this.clock.advance(Duration.ofSeconds(90));
		passes(TestCall.AUTHORIZE);
		passes(TestCall.AUTHORIZE);
		assertThat(states()).hasSize(2).last().isEqualTo("INFO UltraCart serves this application again, after PT1M30S");
	}

	private static void answer(TestCall call, int status) {
		TestUltraCart.answer(ultraCart, call, status, (status == 200) ? call.answer() : TestAnswers.error("not well"));
	}

	private void fail(int status, int times) {
		answer(TestCall.AUTHORIZE, status);
		for (int i = 0; i < times; i++) {
			fails(TestCall.AUTHORIZE);
		}
	}

	private void passes(TestCall call) {
		int before = TestUltraCart.requests(ultraCart).size();
		call.make(this.client);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(before + 1);
	}

	private void fails(TestCall call) {
		int before = TestUltraCart.requests(ultraCart).size();
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(this.client))
			.withMessageContaining("was answered with status");
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(before + 1);
	}

	private ThrowableAssertAlternative<UltraCartApiException> heldBack(TestCall call) {
		int before = TestUltraCart.requests(ultraCart).size();
		ThrowableAssertAlternative<UltraCartApiException> refusal = assertThatExceptionOfType(
				UltraCartApiException.class)
			.isThrownBy(() -> call.make(this.client))
			.withMessageContaining(" is not called before ");
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

}
