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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallGate}.
 */
@Timeout(60)
class CallGateTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final GatedCall AUTHORIZE = new TestGatedCall("ssoAuthorize", CallKind.AUTHORIZE);

	private static final GatedCall TOKEN = new TestGatedCall("ssoToken", CallKind.TOKEN);

	private static final GatedCall SESSION_USER = new TestGatedCall("getSsoSessionUser", CallKind.SESSION_USER);

	private static final GatedCall REVOKE = new TestGatedCall("ssoSessionRevoke", CallKind.REVOKE);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger calls = new AtomicInteger();

	private final CallGate gate = gate(1, Duration.ofSeconds(30));

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void passWhenOpenThenCalls() {
		assertThat(this.gate.pass(TOKEN, () -> "key")).isEqualTo("key");
	}

	@ParameterizedTest // G5
	@CsvSource({ "1", "3" })
	void passWhenManyTogetherThenNoMoreThanAllowedAtATime(int allowed) throws Exception {
		CallGate narrow = gate(allowed, Duration.ofSeconds(30));
		AtomicInteger underWay = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch full = new CountDownLatch(allowed);
		List<Future<Integer>> answers = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			answers.add(this.threads.submit(() -> narrow.pass(SESSION_USER, () -> {
				most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
				full.countDown();
				await(full);
				return underWay.decrementAndGet();
			})));
		}
		for (Future<Integer> answer : answers) {
			answer.get();
		}
		assertThat(most).hasValue(allowed);
	}

	@Test // G1
	void passWhenTurnDoesNotComeThenRateLimitedWithoutACall() {
		CallGate impatient = gate(1, Duration.ZERO);
		String answer = impatient.pass(AUTHORIZE, () -> {
			refused(impatient, SESSION_USER)
				.withMessage("getSsoSessionUser is not called, because it has waited in the queue for PT0S");
			return "first";
		});
		assertThat(answer).isEqualTo("first");
		assertThat(this.calls).hasValue(0);
		assertThat(impatient.pass(TOKEN, this.calls::incrementAndGet)).isOne();
	}

	@Test
	void checkWhenCallsAreNotMadeOrTooManyWaitThenRejected() throws Exception {
		this.gate.check(AUTHORIZE);
		CountDownLatch answered = new CountDownLatch(1);
		List<Future<Integer>> waiting = occupy(answered, 50);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.gate.check(AUTHORIZE))
			.withMessageContaining("50 calls are in the queue before it");
		answered.countDown();
		for (Future<Integer> call : waiting) {
			call.get();
		}
		this.gate.check(AUTHORIZE);
		fail(this.gate, 60);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.gate.check(AUTHORIZE))
			.withMessageContaining("has had too many calls");
		assertThat(this.gate.closedFor(CallGate.ClosedReason.COOL_DOWN)).isEqualTo(Duration.ofSeconds(60))
			.isEqualTo(this.gate.closedFor());
		assertThat(this.gate.closedFor(CallGate.ClosedReason.CIRCUIT)).isZero();
		assertThat(this.gate.closedFor(CallGate.ClosedReason.QUOTA)).isZero();
	}

	@Test
	void waitedTimeWhenCallsWaitedThenTheirTimeTogether() throws Exception {
		assertThat(this.gate.statistics().waitedCalls()).isZero();
		long begin = System.nanoTime();
		CountDownLatch answered = new CountDownLatch(1);
		List<Future<Integer>> waiting = occupy(answered, 3);
		answered.countDown();
		for (Future<Integer> call : waiting) {
			call.get();
		}
		long passed = System.nanoTime() - begin;
		assertThat(this.gate.statistics().waitedCalls()).isEqualTo(waiting.size());
		assertThat(this.gate.statistics().waitedTime()).isPositive()
			.isLessThan(Duration.ofNanos(passed * waiting.size()));
	}

	@ParameterizedTest // G5
	@CsvSource({ "AUTHORIZE, 50", "TOKEN, 100", "SESSION_USER, 100" })
	void passWhenTooManyWaitThenRateLimitedAtOnce(CallKind kind, int places) throws Exception {
		GatedCall operation = TestGatedCall.of(kind);
		CountDownLatch answered = new CountDownLatch(1);
		List<Future<Integer>> waiting = occupy(answered, places);
		refused(this.gate, operation)
			.withMessage(
					operation.callName() + " is not called, because " + places + " calls are in the queue before it")
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).hasSeconds(30))
			.returns(false, UltraCartApiException::wasSent);
		answered.countDown();
		for (Future<Integer> call : waiting) {
			assertThat(call.get()).isPositive();
		}
		assertThat(this.gate.pass(operation, () -> "served")).isEqualTo("served");
	}

	@Test // G5
	void passWhenTooManyStartsWaitThenOthersQueueAllTheSame() throws Exception {
		CountDownLatch answered = new CountDownLatch(1);
		occupy(answered, 50);
		Future<String> callback = this.threads.submit(() -> this.gate.pass(TOKEN, () -> "key"));
		answered.countDown();
		assertThat(callback.get()).isEqualTo("key");
	}

	@Test
	void logWhenTooManyWaitThenOneWarningUntilNobodyDoes() throws Exception {
		try (CapturedLog log = CapturedLog.of(CallGate.class.getName())) {
			for (int episode = 1; episode <= 2; episode++) {
				CountDownLatch answered = new CountDownLatch(1);
				List<Future<Integer>> waiting = occupy(answered, 50);
				for (int i = 0; i < 5; i++) {
					refused(this.gate, AUTHORIZE);
				}
				assertThat(log.messages(Level.WARN)).hasSize(episode)
					.last()
					.asString()
					.startsWith("ssoAuthorize is not called, because 50 calls are in the queue before it");
				answered.countDown();
				for (Future<Integer> call : waiting) {
					call.get();
				}
				this.gate.pass(AUTHORIZE, () -> "served");
			}
		}
	}

	/**
	 * Makes a call that lasts until the latch is open, and has others wait behind it.
	 */
	private List<Future<Integer>> occupy(CountDownLatch answered, int waiting) throws InterruptedException {
		CountDownLatch calling = new CountDownLatch(1);
		List<Future<Integer>> calls = new ArrayList<>();
		calls.add(this.threads.submit(() -> this.gate.pass(SESSION_USER, () -> {
			calling.countDown();
			await(answered);
			return 1;
		})));
		await(calling);
		for (int i = 0; i < waiting; i++) {
			calls.add(this.threads.submit(() -> this.gate.pass(SESSION_USER, () -> 1)));
		}
		while (this.gate.waiting() < waiting) {
			Thread.onSpinWait();
		}
		return calls;
	}

	@Test
	void passWhenInterruptedInTheQueueThenRateLimitedAndStillInterrupted() {
		this.gate.pass(AUTHORIZE, () -> {
			Thread.currentThread().interrupt();
			refused(this.gate, SESSION_USER)
				.withMessage("getSsoSessionUser was interrupted while it waited in the queue");
			return "first";
		});
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.calls).hasValue(0);
	}

	@ParameterizedTest // G4
	@CsvSource({ ", 30", "7, 7", "300, 300", "301, 300", "86400, 300" })
	void passWhenTooManyCallsThenNoneUntilRetryAfter(@Nullable Integer retryAfter, int coolDown) {
		fail(this.gate, retryAfter);
		at(NOW.plusSeconds(coolDown).minusMillis(1),
				() -> refused(this.gate, AUTHORIZE)
					.withMessage("ssoAuthorize is not called before %s, because UltraCart has had too many calls",
							NOW.plusSeconds(coolDown))
					.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofMillis(1))));
		assertThat(this.calls).hasValue(0);
		at(NOW.plusSeconds(coolDown), () -> this.gate.pass(AUTHORIZE, this.calls::incrementAndGet));
		assertThat(this.calls).hasValue(1);
	}

	@Test // G4
	void passWhenTooManyCallsWhileItWaitedForItsTurnThenNotMade() {
		fail(this.gate, 60);
		Iterator<Instant> beforeAndAfter = List.of(NOW.plusSeconds(60), NOW).iterator();
		this.gate.setClock(new Clock() {
			@Override
			public Instant instant() {
				return beforeAndAfter.next();
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}
		});
		refused(this.gate, SESSION_USER).withMessageContaining("getSsoSessionUser is not called before");
		assertThat(this.calls).hasValue(0);
	}

	@ParameterizedTest // G4
	@CsvSource({ "400, 30", ", 60" })
	void passWhenTooManyCallsAgainThenLongerUnlessUltraCartHasAnsweredOtherwise(@Nullable Integer status,
			int coolDown) {
		fail(this.gate, null);
		at(NOW.plusSeconds(30), () -> {
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> this.gate.pass(TOKEN, () -> this.gate.attempt(CallKind.TOKEN, () -> {
					throw otherFailure(status);
				})));
			fail(this.gate, null);
			assertThat(this.gate.closedFor()).hasSeconds(coolDown);
		});
	}

	@Test
	void passWhenAnotherFailureThenStaysOpen() {
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.gate.pass(SESSION_USER, () -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.SERVER_ERROR, "500").build();
		}));
		assertThat(this.gate.pass(SESSION_USER, this.calls::incrementAndGet)).isOne();
	}

	@Test // D5
	void passSoonWhenClosedThenCallsAllTheSame() {
		fail(this.gate, 60);
		assertThat(this.gate.passSoon(REVOKE, this.calls::incrementAndGet)).isOne();
	}

	@Test // D5
	void passSoonWhenOccupiedThenCallsAfterAMomentWithoutMakingRoomForOthers() {
		CallGate impatient = gate(1, Duration.ZERO);
		impatient.pass(SESSION_USER, () -> {
			long begun = System.nanoTime();
			impatient.passSoon(REVOKE, this.calls::incrementAndGet);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(500),
					Duration.ofSeconds(5));
			refused(impatient, SESSION_USER);
			return "first";
		});
		assertThat(this.calls).hasValue(1);
	}

	@Test // D5
	void passSoonWhenInterruptedThenCallsAtOnceAndStillInterrupted() {
		this.gate.pass(SESSION_USER, () -> {
			Thread.currentThread().interrupt();
			return this.gate.passSoon(REVOKE, this.calls::incrementAndGet);
		});
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void passSoonWhenCalledThenHasATurnOfItsOwn() {
		CallGate impatient = gate(1, Duration.ZERO);
		impatient.passSoon(REVOKE, () -> {
			refused(impatient, SESSION_USER);
			return "revoked";
		});
		assertThat(impatient.pass(SESSION_USER, this.calls::incrementAndGet)).isOne();
	}

	@Test // G4
	void passSoonWhenTooManyCallsThenOthersCoolDown() {
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> this.gate.passSoon(REVOKE, () -> answerTooMany(this.gate, 60)));
		refused(this.gate, AUTHORIZE);
	}

	@Test
	void callsThenEachAttemptIsCounted() {
		assertThat(this.gate.statistics().requests()).isZero();
		this.gate.pass(SESSION_USER, () -> this.gate.attempt(CallKind.TOKEN, () -> "first")
				+ this.gate.attempt(CallKind.TOKEN, () -> "second"));
		fail(this.gate, 60);
		refused(this.gate, AUTHORIZE);
		assertThat(this.gate.statistics().requests()).isEqualTo(3);
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenSenselessThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CallGate(0, Duration.ZERO))
			.withMessage("maxConcurrentCalls must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> new CallGate(1, Duration.ofMillis(-1)))
			.withMessage("queueTimeout cannot be negative");
		assertThatIllegalArgumentException().isThrownBy(() -> new CallGate(1, Duration.ofSeconds(Long.MAX_VALUE)))
			.withMessage("queueTimeout cannot exceed a day");
		assertThatIllegalArgumentException().isThrownBy(() -> this.gate.setClock(null))
			.withMessage("clock cannot be null");
	}

	private static CallGate gate(int maxConcurrentCalls, Duration queueTimeout) {
		CallGate gate = new CallGate(maxConcurrentCalls, queueTimeout);
		gate.setClock(Clock.fixed(NOW, ZoneOffset.UTC));
		return gate;
	}

	private void at(Instant now, Runnable action) {
		this.gate.setClock(Clock.fixed(now, ZoneOffset.UTC));
		action.run();
	}

	private static void fail(CallGate gate, @Nullable Integer retryAfter) {
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> gate.pass(TOKEN, () -> answerTooMany(gate, retryAfter)))
			.withMessage("429");
	}

	private org.assertj.core.api.ThrowableAssertAlternative<UltraCartApiException> refused(CallGate gate,
			GatedCall operation) {
		return assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> gate.pass(operation, this.calls::incrementAndGet))
			.satisfies((ex) -> assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.RATE_LIMITED))
			.satisfies((ex) -> assertThat(ex.getCall()).isEqualTo(operation.callName()));
	}

	private static Object answerTooMany(CallGate gate, @Nullable Integer retryAfter) {
		return gate.attempt(CallKind.TOKEN, () -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "429")
				.retryAfter((retryAfter != null) ? Duration.ofSeconds(retryAfter) : null)
				.build();
		});
	}

	private static UltraCartApiException otherFailure(@Nullable Integer status) {
		return (status != null)
				? UltraCartApiException.withFailure(UltraCartApiFailure.INVALID_REQUEST, "400").status(status).build()
				: UltraCartApiException.withFailure(UltraCartApiFailure.NO_RESPONSE, "none").build();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
