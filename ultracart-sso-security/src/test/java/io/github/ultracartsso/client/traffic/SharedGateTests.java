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
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SharedGate}, and for {@link CallGate} with one.
 */
@Timeout(60)
class SharedGateTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private static final GatedCall AUTHORIZE = TestGatedCall.of(CallKind.AUTHORIZE);

	private static final GatedCall TOKEN = new TestGatedCall("TOKEN", CallKind.TOKEN, CallPriority.LOGIN);

	private static final GatedCall REVOKE = TestGatedCall.of(CallKind.REVOKE);

	private static final Duration SHORTLY = Duration.ofMillis(20);

	private static final Duration LEASE = Duration.ofSeconds(30);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TestLimitStore store = new TestLimitStore();

	private final CallGate first = gate(LEASE);

	private final CallGate second = gate(LEASE);

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void passWhenManyInstancesThenOneCallAtATimeAndAllAreMade() throws Exception {
		AtomicInteger underWay = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<Future<Integer>> calls = new ArrayList<>();
		for (CallGate gate : List.of(this.first, this.second, gate(LEASE))) {
			for (int i = 0; i < 20; i++) {
				calls.add(this.threads.submit(() -> gate.pass(TOKEN, () -> {
					most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
					return underWay.decrementAndGet();
				})));
			}
		}
		for (Future<Integer> call : calls) {
			call.get();
		}
		assertThat(most).hasValue(1);
		assertThat(state().turns()).isEmpty();
		assertThat(state().waiting()).isEmpty();
	}

	@Test
	void passWhenOtherInstancesWaitThenServedInTheOrderInWhichTheyCame() throws Exception {
		List<String> made = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch calling = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		List<Future<?>> calls = new ArrayList<>();
		calls.add(this.threads.submit(() -> this.first.pass(TOKEN, () -> {
			calling.countDown();
			await(answered);
			return made.add("first");
		})));
		await(calling);
		calls.add(this.threads.submit(() -> this.second.pass(TOKEN, () -> made.add("second"))));
		awaitWaiting(1);
		calls.add(this.threads.submit(() -> gate(LEASE).pass(TOKEN, () -> made.add("third"))));
		awaitWaiting(2);
		calls.add(this.threads.submit(() -> this.first.pass(TOKEN, () -> made.add("first again"))));
		answered.countDown();
		for (Future<?> call : calls) {
			call.get();
		}
		assertThat(made).containsExactly("first", "second", "third", "first again");
	}

	@Test
	void passWhenTurnDoesNotComeThenRateLimitedAndNotInTheQueueAnyMore() {
		CallGate impatient = gate(LEASE, Duration.ofMillis(20));
		this.first.pass(TOKEN, () -> {
			assertThatExceptionOfType(UltraCartRateLimitException.class)
				.isThrownBy(() -> impatient.pass(TOKEN, () -> "not called"))
				.withMessageContaining("it has waited in the queue for PT0.02S")
				.returns(false, UltraCartApiException::wasSent);
			return "called";
		});
		assertThat(state().waiting()).isEmpty();
		assertThat(impatient.statistics().rejectedCalls(CallKind.TOKEN)).isOne();
		assertThat(impatient.statistics().waitedCalls()).isZero();
	}

	@Test
	void passWhenIdleThenOneCallToTheStoreBeforeAndOneAfter() {
		this.first.pass(TOKEN, () -> "called");
		int before = this.store.calls();
		this.first.pass(TOKEN, () -> {
			assertThat(this.store.calls()).isEqualTo(before + 1);
			return "called";
		});
		assertThat(this.store.calls()).isEqualTo(before + 2);
	}

	@Test
	void passWhenAnInstanceDiesDuringACallThenOthersWaitNoLongerThanACallMayLast() throws Exception {
		// its clock is ahead, so that its turn never looks old
		SharedGate dead = shared(LEASE, at(Instant.now().plus(Duration.ofDays(1))));
		assertThat(take(dead, 0)).isNotNull();
		assertThat(gate(Duration.ofMillis(100)).pass(TOKEN, () -> "called")).isEqualTo("called");
	}

	@Test
	void passWhenAnInstanceHasDiedLongerAgoThanACallMayLastThenOthersDoNotWait() throws Exception {
		take(shared(LEASE, at(Instant.now().minus(LEASE).minusMillis(2100))), 0);
		CallGate impatient = gate(LEASE, Duration.ofMillis(20));
		assertThat(impatient.pass(TOKEN, () -> "called")).isEqualTo("called");
	}

	@Test
	void passWhenACallOfAnotherInstanceMayStillLastThenWaitsForIt() throws Exception {
		take(shared(LEASE, at(Instant.now().minus(LEASE))), 0);
		CallGate impatient = gate(LEASE, Duration.ofMillis(20));
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> impatient.pass(TOKEN, () -> "not called"));
	}

	@Test
	void passWhenTheClockOfTheGateRunsFastThenTurnsAreTimedByTheTimeThatPasses() {
		CallGate fast = gate(LEASE, Duration.ofMillis(20));
		fast.setClock(at(Instant.now().plus(Duration.ofDays(1))));
		this.first.pass(TOKEN, () -> {
			assertThatExceptionOfType(UltraCartRateLimitException.class)
				.isThrownBy(() -> fast.pass(TOKEN, () -> "not called"));
			return "called";
		});
	}

	@Test
	void takeWhenAnErrorIsThrownThenTheTurnIsFreeAgain() throws Exception {
		SharedGate shared = shared(LEASE, Clock.systemUTC());
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> shared.take(1, 0, (left) -> true, (state) -> {
				throw new StackOverflowError();
			}));
		assertThat(take(shared, Duration.ofMillis(20).toNanos())).isNotNull();
	}

	@Test
	void takeWhenTheStateChangesAllTheTimeThenAPauseBetweenAttempts() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		LimitStore contended = new LimitStore() {

			@Override
			public @Nullable String read(String name) {
				return null;
			}

			@Override
			public boolean replace(String name, @Nullable String expected, String text) {
				attempts.incrementAndGet();
				return false;
			}

		};
		SharedGate shared = new SharedGate(new ResilientLimitStore(contended), "shop", LEASE);
		assertThat(take(shared, Duration.ofMillis(100).toNanos())).isNull();
		// and a hundred when it leaves the queue
		assertThat(attempts).hasValueLessThan(250);
	}

	@Test
	void passWhenATurnCouldNotBeGivenBackThenNotWaitedFor() {
		ResilientLimitStore impatient = impatient(SHORTLY);
		CallGate gate = gate(new SharedGate(impatient, "shop", LEASE), Duration.ofMillis(20));
		gate.pass(TOKEN, () -> {
			this.store.fail(true);
			return "called";
		});
		this.store.fail(false);
		await(impatient);
		assertThat(gate.pass(TOKEN, () -> "called")).isEqualTo("called");
		assertThat(state().turns()).isEmpty();
	}

	@Test
	void passWhenThreadIsInterruptedDuringTheCallThenTurnIsGivenBack() {
		this.store.failIfInterrupted();
		this.first.pass(TOKEN, () -> {
			Thread.currentThread().interrupt();
			return "called";
		});
		assertThat(Thread.interrupted()).isTrue();
		assertThat(state().turns()).isEmpty();
	}

	@Test
	void passWhenStoreHasLostItsContentsThenWhatThisInstanceKnowsHolds() {
		for (int i = 0; i < 5; i++) {
			this.first.pass(TOKEN, () -> this.first.attempt(CallKind.TOKEN, () -> "called"));
		}
		this.store.clear();
		this.first.pass(TOKEN, () -> this.first.attempt(CallKind.TOKEN, () -> "called"));
		assertThat(state().requests().lastHour().count(NOON)).isEqualTo(6);
	}

	@Test
	void passWhenAnInstanceDiesWhileItWaitsThenOthersGoOn() {
		GateState state = GateState.parse(null);
		state.waiting().add("dead");
		this.store.replace("gate:1:shop", null, state.format());
		assertThat(this.first.pass(TOKEN, () -> "called")).isEqualTo("called");
		assertThat(state().waiting()).isEmpty();
	}

	@Test
	void passWhenAnotherInstanceHasHadTooManyCallsThenNoneUntilRetryAfter() {
		fail(this.first, AUTHORIZE,
				UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "429")
					.status(429)
					.retryAfter(Duration.ofSeconds(77))
					.build());
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> this.second.pass(AUTHORIZE, () -> "not called"))
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(77)));
		assertThat(this.second.closedFor()).isEqualTo(Duration.ofSeconds(77));
	}

	@Test
	void passWhenApplicationIsRejectedThenAnotherInstanceDoesNotCallEither() {
		fail(this.first, AUTHORIZE,
				UltraCartApiException.withFailure(UltraCartApiFailure.CREDENTIAL_REJECTED, "401").status(401).build());
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> this.second.pass(AUTHORIZE, () -> "not called"))
			.returns(UltraCartApiFailure.CREDENTIAL_REJECTED, UltraCartApiException::getFailure)
			.returns(false, UltraCartApiException::wasSent);
		this.first.setClock(Clock.fixed(NOON.plusSeconds(31), ZoneOffset.UTC));
		this.second.setClock(Clock.fixed(NOON.plusSeconds(31), ZoneOffset.UTC));
		assertThat(this.second.pass(AUTHORIZE, () -> "called")).isEqualTo("called");
		assertThat(this.first.pass(AUTHORIZE, () -> "called")).isEqualTo("called");
		assertThat(this.first.closedBecauseOf()).isNull();
	}

	@Test
	void passWhenAnotherInstanceHasClosedTheCircuitThenMadeBeforeItsOwnProbe() {
		fail(this.first, AUTHORIZE,
				UltraCartApiException.withFailure(UltraCartApiFailure.CREDENTIAL_REJECTED, "401").status(401).build());
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> this.second.pass(AUTHORIZE, () -> "not called"));
		// its clock is ahead
		this.second.setClock(at(NOON.plusSeconds(31)));
		this.second.pass(AUTHORIZE, () -> "called");
		assertThat(this.first.closedFor(CallGate.ClosedReason.CIRCUIT)).isPositive();
		assertThat(this.first.pass(AUTHORIZE, () -> "called")).isEqualTo("called");
	}

	@Test
	void passWhenACallSucceedsWhileAnotherInstanceOpensTheCircuitThenItStaysOpen() {
		CallGate here = gate(LEASE);
		here.pass(TOKEN, () -> {
			GateState state = state();
			state.setOutage(Outage.REJECTED, NOON, NOON.plusSeconds(30), Duration.ofSeconds(30));
			String text = this.store.read("gate:1:shop");
			assertThat(this.store.replace("gate:1:shop", text, state.format())).isTrue();
			return "called";
		});
		assertThat(state().outage()).isEqualTo(Outage.REJECTED);
	}

	@Test
	void passWhenOthersHaveSpentTheQuotaThenNotCalled() {
		this.first.setQuota(new CallQuota(10, 100));
		this.second.setQuota(new CallQuota(10, 100));
		for (int i = 0; i < 5; i++) {
			this.first.pass(TOKEN, () -> this.first.attempt(CallKind.TOKEN, () -> "called"));
			this.second.pass(TOKEN, () -> this.second.attempt(CallKind.TOKEN, () -> "called"));
		}
		assertThat(this.second.leftInHour()).isZero();
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> this.first.pass(TOKEN, () -> "not called"));
		assertThat(this.first.leftInDay()).isEqualTo(90);
	}

	@Test
	void passSoonWhenAnotherInstanceMakesACallThenNotHeldUpForLongAndCounted() {
		this.first.pass(TOKEN, () -> {
			assertThat(this.second.passSoon(REVOKE, () -> this.second.attempt(CallKind.TOKEN, () -> "revoked")))
				.isEqualTo("revoked");
			return "called";
		});
		assertThat(state().requests().lastHour().count(NOON)).isOne();
		assertThat(state().turns()).isEmpty();
	}

	@Test
	void passSoonWhenItOverlapsACallOfAnotherInstanceThenThatDoesNotMakeAllCoolDown() {
		this.first.pass(TOKEN, () -> this.second.passSoon(REVOKE, () -> {
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> this.first.attempt(CallKind.TOKEN, () -> {
					throw tooManyCalls();
				}));
			return "revoked";
		}));
		assertThat(this.first.coolDownLeft()).isZero();
		pass(this.second);
		pass(this.first);
	}

	@Test
	void passWhenACallOfAnotherInstanceHasOverlappedLongAgoThenCoolsDown() {
		TickingClock clock = new TickingClock(NOON);
		CallGate here = gate(new SharedGate(new ResilientLimitStore(this.store), "shop", LEASE, clock), LEASE);
		CallGate there = gate(new SharedGate(new ResilientLimitStore(this.store), "shop", LEASE, clock), LEASE);
		here.pass(TOKEN, () -> there.passSoon(REVOKE, () -> "revoked"));
		clock.now = NOON.plusMillis(1001);
		fail(here, TOKEN, tooManyCalls());
		assertThat(here.coolDownLeft()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void passWhenAClockThatIsWrongHasAnnouncedAnOverlapThenCoolsDown() {
		GateState state = GateState.parse(null);
		state.setOverlapUntil(Instant.now().plus(Duration.ofHours(1)));
		this.store.replace("gate:1:shop", null, state.format());
		fail(this.first, TOKEN, tooManyCalls());
		assertThat(this.first.coolDownLeft()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void passWhenStoreIsDownThenEachInstanceGoesOnByItselfAndComesBack() {
		ResilientLimitStore impatient = impatient(SHORTLY);
		CallGate gate = gate(new SharedGate(impatient, "shop", LEASE), Duration.ofSeconds(60));
		try (CapturedLog log = CapturedLog.of(ResilientLimitStore.class.getName())) {
			this.store.fail(true);
			for (int i = 0; i < 3; i++) {
				assertThat(gate.pass(TOKEN, () -> gate.attempt(CallKind.TOKEN, () -> "called"))).isEqualTo("called");
			}
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("their store does not work");
			this.store.fail(false);
			await(impatient);
			gate.pass(TOKEN, () -> gate.attempt(CallKind.TOKEN, () -> "called"));
			assertThat(log.messages(Level.INFO)).hasSize(1);
		}
		assertThat(state().requests().lastHour().count(NOON)).isEqualTo(4);
	}

	@Test
	void passWhenStoreFailsThenNotAskedAgainForAWhile() {
		SharedGate impatient = new SharedGate(impatient(Duration.ofHours(1)), "shop", LEASE);
		CallGate gate = gate(impatient, Duration.ofSeconds(60));
		this.store.fail(true);
		gate.pass(TOKEN, () -> "called");
		int before = this.store.calls();
		gate.pass(TOKEN, () -> "called");
		assertThat(this.store.calls()).isEqualTo(before);
	}

	@Test
	void passWhenStoreIsRestartedThenCallsWaitForIt() throws Exception {
		this.store.fail(true);
		Future<String> call = this.threads
			.submit(() -> this.first.pass(TOKEN, () -> "turns " + state().turns().size()));
		int before = this.store.calls();
		while (this.store.calls() < before + 3) {
			Thread.onSpinWait();
		}
		this.store.fail(false);
		assertThat(call.get()).isEqualTo("turns 1");
	}

	@Test
	void passWhenStoreHangsThenNoCallIsHeldUpForLongAndNoneOnceTheInstanceGoesByItself() {
		ResilientLimitStore resilient = new ResilientLimitStore(this.store, Duration.ofMillis(50),
				Duration.ofMillis(150), SHORTLY);
		CallGate gate = gate(new SharedGate(resilient, "shop", LEASE), Duration.ofSeconds(5));
		pass(gate);
		this.store.hang(true);
		assertThat(gate.pass(TOKEN, () -> "called")).isEqualTo("called");
		assertThat(resilient.isAvailable()).isFalse();
		long begin = System.nanoTime();
		for (int i = 0; i < 100; i++) {
			pass(gate);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
		this.store.hang(false);
		await(resilient);
		pass(gate);
		assertThat(state().turns()).isEmpty();
		assertThat(state().requests().lastHour().count(NOON)).isEqualTo(102);
	}

	@Test
	void passWhenStoreFailsAtTheEndOfTheWaitThenNotMadeWithoutATurn() {
		CallGate impatient = gate(LEASE, Duration.ofMillis(20));
		this.first.pass(TOKEN, () -> {
			this.store.fail(true);
			assertThatExceptionOfType(UltraCartRateLimitException.class)
				.isThrownBy(() -> impatient.pass(TOKEN, () -> "not called"));
			this.store.fail(false);
			return "called";
		});
	}

	@Test
	void passSoonWhenStoreFailsForAMomentThenCountsAsOverlapping() {
		this.first.pass(TOKEN, () -> {
			this.store.fail(true);
			this.second.passSoon(REVOKE, () -> this.second.attempt(CallKind.REVOKE, () -> "revoked"));
			this.store.fail(false);
			return "called";
		});
		assertThat(this.second).extracting("overlaps").asString().isEqualTo("1");
	}

	@Test
	void passWhenTheTurnCannotBeGivenBackForAMomentThenItIsSoonWithoutAnotherCall() {
		pass(this.second);
		this.first.pass(TOKEN, () -> {
			this.store.fail(true);
			return "called";
		});
		this.store.fail(false);
		assertThat(gate(LEASE, Duration.ofSeconds(5)).pass(TOKEN, () -> "called")).isEqualTo("called");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1\n2", "\n\n\n\n\nx\n-\n", "a\n\nb\n\n\n0\n-\n" })
	void passWhenTheSharedTextCannotBeReadThenReplacedWithOneWarning(String text) {
		this.store.replace("gate:1:shop", null, text);
		try (CapturedLog log = CapturedLog.of(SharedGate.class.getName())) {
			assertThat(this.first.pass(TOKEN, () -> "called")).isEqualTo("called");
			this.store.clear();
			this.store.replace("gate:1:shop", null, text);
			assertThat(this.first.pass(TOKEN, () -> "called")).isEqualTo("called");
			assertThat(log.messages(Level.WARN)).hasSize(1);
		}
		assertThat(state().turns()).isEmpty();
	}

	@Test
	void passWhenNothingIsSharedYetThenReadBeforeTheFirstText() {
		pass(this.first);
		pass(this.second);
		assertThat(this.store.failedInserts()).isZero();
	}

	@Test
	void passWhenStoreIsDownThenEachInstanceUsesItsShareOfTheQuota() {
		List<CallGate> gates = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			CallGate gate = gate(new SharedGate(impatient(Duration.ofHours(1)), "shop", LEASE), Duration.ofSeconds(60));
			gate.setQuota(new CallQuota(33, 1000));
			gates.add(gate);
			pass(gate);
		}
		// each knows of all when it has made another call
		gates.forEach(SharedGateTests::pass);
		this.store.fail(true);
		for (CallGate gate : gates) {
			int made = 0;
			while (gate.closedFor(CallGate.ClosedReason.QUOTA).isZero()) {
				pass(gate);
				made++;
			}
			assertThat(made).isBetween(9, 10);
		}
		this.store.fail(false);
	}

	@Test
	void passWhenStoreWasNeverReachedThenAQuarterOfTheQuotaIsUsed() {
		this.store.fail(true);
		CallGate gate = gate(new SharedGate(impatient(Duration.ofHours(1)), "shop", LEASE), Duration.ofSeconds(60));
		gate.setQuota(new CallQuota(40, 1000));
		int made = 0;
		while (gate.closedFor(CallGate.ClosedReason.QUOTA).isZero()) {
			pass(gate);
			made++;
		}
		assertThat(made).isEqualTo(10);
		this.store.fail(false);
	}

	@Test
	void passWhenStoreWasDownThenCallsOfAllInstancesAreAdded() {
		List<CallGate> gates = new ArrayList<>();
		List<ResilientLimitStore> stores = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ResilientLimitStore impatient = impatient(SHORTLY);
			stores.add(impatient);
			gates.add(gate(new SharedGate(impatient, "shop", LEASE), Duration.ofSeconds(60)));
		}
		this.store.fail(true);
		for (int i = 0; i < 5; i++) {
			gates.forEach(SharedGateTests::pass);
		}
		this.store.fail(false);
		stores.forEach(SharedGateTests::await);
		gates.forEach(SharedGateTests::pass);
		assertThat(state().requests().lastHour().count(NOON)).isEqualTo(18);
		assertThat(state().requests().lastDay().count(NOON)).isEqualTo(18);
	}

	@Test
	void storeWhenItWorksAgainThenAnIdleInstanceTellsOfItsCalls() {
		ResilientLimitStore impatient = impatient(SHORTLY);
		CallGate idle = gate(new SharedGate(impatient, "shop", LEASE), Duration.ofSeconds(60));
		this.store.fail(true);
		for (int i = 0; i < 5; i++) {
			pass(idle);
		}
		this.store.fail(false);
		await(impatient);
		await(() -> state().requests().lastHour().count(NOON) == 5);
		pass(this.second);
		assertThat(this.second.madeInHour()).isEqualTo(6);
	}

	@Test
	void storeWhenItWorksAgainThenAnIdleInstanceTellsThatTheApplicationIsDisabled() {
		ResilientLimitStore impatient = impatient(SHORTLY);
		CallGate idle = gate(new SharedGate(impatient, "shop", LEASE), Duration.ofSeconds(60));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> idle.pass(AUTHORIZE, () -> {
			this.store.fail(true);
			throw UltraCartApiException.withFailure(UltraCartApiFailure.APPLICATION_DISABLED, "410")
				.status(410)
				.build();
		}));
		this.store.fail(false);
		await(impatient);
		await(() -> state().outage() == Outage.DISABLED);
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> this.second.pass(AUTHORIZE, () -> "not called"))
			.returns(false, UltraCartApiException::wasSent);
	}

	@Test
	void passWhenTooManyCallsAtSeveralInstancesThenTheCoolDownGrowsAsAtOne() {
		CallGate[] gates = { this.first, this.second, this.first, this.second };
		int[] lengths = { 30, 60, 120, 240 };
		Instant now = NOON;
		for (int i = 0; i < gates.length; i++) {
			gates[i].setClock(at(now));
			fail(gates[i], TOKEN, tooManyCalls());
			assertThat(gates[i].coolDownLeft()).isEqualTo(Duration.ofSeconds(lengths[i]));
			now = now.plusSeconds(lengths[i] + 1);
		}
		this.first.setClock(at(now));
		pass(this.first);
		this.second.setClock(at(now));
		fail(this.second, TOKEN, tooManyCalls());
		assertThat(this.second.coolDownLeft()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void passWhenItHasWaitedLongForItsTurnThenTheTurnIsNotTakenForOld() throws Exception {
		TickingClock clock = new TickingClock(Instant.now());
		SharedGate waiting = shared(LEASE, clock);
		CountDownLatch calling = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		Future<?> call = this.threads.submit(() -> this.first.pass(TOKEN, () -> {
			calling.countDown();
			await(answered);
			return "called";
		}));
		await(calling);
		clock.now = Instant.now().minusSeconds(60);
		Future<SharedGate.Turn> turn = this.threads.submit(() -> take(waiting, Duration.ofSeconds(60).toNanos()));
		awaitWaiting(1);
		clock.now = Instant.now();
		answered.countDown();
		call.get();
		assertThat(turn.get()).isNotNull();
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> gate(LEASE, Duration.ofMillis(20)).pass(TOKEN, () -> "not called"));
	}

	@Test
	void paceWhenUsersAreAtSeveralInstancesThenCountedTogether() {
		RefreshPace here = new RefreshPace(Duration.ofMinutes(30), 100, Duration.ofHours(4));
		RefreshPace there = new RefreshPace(Duration.ofMinutes(30), 100, Duration.ofHours(4));
		this.first.setRefreshPace(here);
		this.second.setRefreshPace(there);
		for (int i = 0; i < 100; i++) {
			here.isEarly("here" + i, NOON, NOON);
			there.isEarly("there" + i, NOON, NOON);
		}
		assertThat(here.stretch()).isBetween(1.9, 2.1);
		pass(this.first);
		pass(this.second);
		pass(this.first);
		here.isEarly("here0", NOON, NOON);
		there.isEarly("there0", NOON, NOON);
		assertThat(here.stretch()).isBetween(3.8, 4.2).isEqualTo(there.stretch());
	}

	@Test
	void paceWhenUsersAreReadAtSeveralInstancesThenCountedTogether() {
		RefreshPace here = new RefreshPace(Duration.ofMinutes(30), 100, Duration.ofHours(4));
		RefreshPace there = new RefreshPace(Duration.ofMinutes(30), 100, Duration.ofHours(4));
		this.first.setRefreshPace(here);
		this.second.setRefreshPace(there);
		assertThat(take(here, 30)).isEqualTo(30);
		pass(this.first);
		assertThat(take(here, 30)).isEqualTo(30);
		here.giveBack();
		pass(this.first);
		pass(this.second);
		assertThat(take(there, 100)).isEqualTo(41);
		pass(this.second);
		pass(this.first);
		assertThat(take(here, 100)).isZero();
		assertThat(state().refreshes().count(NOON)).isEqualTo(100);
	}

	@Test
	void paceWhenStoreHasLostItsContentsThenReadsAreStillCounted() {
		RefreshPace here = new RefreshPace(Duration.ofMinutes(30), 100, Duration.ofHours(4));
		this.first.setRefreshPace(here);
		take(here, 60);
		pass(this.first);
		this.store.clear();
		take(here, 10);
		pass(this.first);
		assertThat(state().refreshes().count(NOON)).isEqualTo(70);
		assertThat(take(here, 100)).isEqualTo(30);
	}

	@Test
	void paceWhenStoreIsDownThenEachInstanceUsesItsShare() {
		List<RefreshPace> paces = new ArrayList<>();
		List<CallGate> gates = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			RefreshPace pace = new RefreshPace(Duration.ofMinutes(30), 100, Duration.ofHours(4));
			CallGate gate = gate(new SharedGate(impatient(Duration.ofHours(1)), "shop", LEASE), Duration.ofSeconds(60));
			gate.setRefreshPace(pace);
			paces.add(pace);
			gates.add(gate);
			pass(gate);
		}
		gates.forEach(SharedGateTests::pass);
		this.store.fail(true);
		gates.forEach(SharedGateTests::pass);
		assertThat(paces).allSatisfy((pace) -> assertThat(take(pace, 100)).isEqualTo(50));
		this.store.fail(false);
	}

	private static int take(RefreshPace pace, int most) {
		int taken = 0;
		while (taken < most && pace.take(false, NOON)) {
			taken++;
		}
		return taken;
	}

	@Test
	void circuitWhenAnotherInstanceHasOpenedItThenLogSaysHowLongItWasOpen() {
		fail(this.first, AUTHORIZE,
				UltraCartApiException.withFailure(UltraCartApiFailure.CREDENTIAL_REJECTED, "401").status(401).build());
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> this.second.pass(AUTHORIZE, () -> "not called"));
		this.second.setClock(at(NOON.plusSeconds(90)));
		try (CapturedLog log = CapturedLog.of(CircuitBreaker.class.getName())) {
			this.second.pass(AUTHORIZE, () -> "called");
			assertThat(log.messages(Level.INFO)).singleElement().asString().endsWith("again, after PT1M30S");
		}
	}

	@Test
	void stateWhenWrittenThenReadTheSame() {
		GateState state = GateState.parse(null);
		state.turns().add("a/1");
		state.waiting().addAll(List.of("b", "c"));
		state.noteInstance("a", NOON);
		state.setSessions("1 2 AQ==");
		count(state, 3, NOON);
		count(state, 2, NOON.plusSeconds(600));
		state.setCoolDownUntil(NOON, NOON);
		state.setCoolDownGuess(Duration.ofSeconds(60));
		state.setOverlapUntil(NOON);
		state.setCircuitChangedAt(NOON.plusSeconds(1));
		state.setOutage(Outage.FAILING, NOON, NOON.plusSeconds(30), Duration.ofSeconds(60));
		GateState read = GateState.parse(state.format());
		assertThat(read.format()).isEqualTo(state.format());
		assertThat(read.requests().lastHour().count(NOON.plusSeconds(3660))).isEqualTo(2);
		assertThat(read.coolDownUntil()).isEqualTo(NOON);
		assertThat(read.overlapUntil()).isEqualTo(NOON);
		assertThat(read.circuitChangedAt()).isEqualTo(NOON.plusSeconds(1));
		assertThat(read.coolDownGuess()).isEqualTo(Duration.ofSeconds(60));
		assertThat(read.pause()).isEqualTo(Duration.ofSeconds(60));
		assertThat(read.outageSince()).isEqualTo(NOON);
		assertThat(read.instances()).isOne();
		assertThat(read.sessions()).isEqualTo("1 2 AQ==");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenSenselessThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SharedGate(null, "shop", LEASE))
			.withMessage("store cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SharedGate(new ResilientLimitStore(this.store), "", LEASE))
			.withMessage("group cannot be empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SharedGate(new ResilientLimitStore(this.store), "shop", null))
			.withMessage("lease cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.first.setSharedGate(null))
			.withMessage("sharedGate cannot be null");
	}

	private static void fail(CallGate gate, GatedCall call, UltraCartApiException failure) {
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> gate.pass(call, () -> gate.attempt(CallKind.TOKEN, () -> {
				throw failure;
			})));
	}

	private static UltraCartApiException tooManyCalls() {
		return UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "429").status(429).build();
	}

	private static void pass(CallGate gate) {
		gate.pass(TOKEN, () -> gate.attempt(CallKind.TOKEN, () -> "called"));
	}

	private static void count(GateState state, int requests, Instant now) {
		for (int i = 0; i < requests; i++) {
			state.requests().add(now);
		}
	}

	private static Clock at(Instant now) {
		return Clock.fixed(now, ZoneOffset.UTC);
	}

	private GateState state() {
		return GateState.parse(this.store.read("gate:1:shop"));
	}

	private void awaitWaiting(int instances) {
		while (state().waiting().size() < instances) {
			Thread.onSpinWait();
		}
	}

	/**
	 * Waits for five seconds at most.
	 */
	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

	private static SharedGate.@Nullable Turn take(SharedGate shared, long timeout) throws InterruptedException {
		return shared.take(1, timeout, (left) -> true, (state) -> {
		});
	}

	private SharedGate shared(Duration lease, Clock clock) {
		return new SharedGate(new ResilientLimitStore(Objects.requireNonNull(this.store)), "shop", lease, clock);
	}

	private CallGate gate(Duration lease) {
		return gate(lease, Duration.ofSeconds(60));
	}

	private CallGate gate(Duration lease, Duration queueTimeout) {
		return gate(new SharedGate(new ResilientLimitStore(Objects.requireNonNull(this.store)), "shop", lease),
				queueTimeout);
	}

	private static CallGate gate(SharedGate shared, Duration queueTimeout) {
		CallGate gate = new CallGate(1, queueTimeout);
		gate.setClock(Clock.fixed(NOON, ZoneOffset.UTC));
		gate.setSharedGate(shared);
		return gate;
	}

	private ResilientLimitStore impatient(Duration retryAfter) {
		return new ResilientLimitStore(Objects.requireNonNull(this.store), Duration.ofSeconds(30), Duration.ZERO,
				retryAfter);
	}

	private static void await(ResilientLimitStore store) {
		while (!store.isAvailable()) {
			Thread.onSpinWait();
		}
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

	private static final class TickingClock extends Clock {

		private volatile Instant now;

		private TickingClock(Instant now) {
			this.now = now;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
