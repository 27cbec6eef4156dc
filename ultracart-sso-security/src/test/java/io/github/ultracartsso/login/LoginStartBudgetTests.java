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

package io.github.ultracartsso.login;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.LimitStore;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;
import io.github.ultracartsso.client.traffic.SharedGate;
import io.github.ultracartsso.client.traffic.TestGatedCall;
import io.github.ultracartsso.client.traffic.TestLimitStore;
import io.github.ultracartsso.session.TestClock;

import ch.qos.logback.classic.Level;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LoginStartBudget}.
 */
class LoginStartBudgetTests {

	private static final Duration A_MOMENT = Duration.ofNanos(1);

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	private static final StartingBrowser KNOWN = new StartingBrowser("192.0.2.1", "browser");

	private final LoginStartBudget budget = budget(2);

	private int states;

	@Test // G5
	void takeWhenSpentThenNothing() {
		take();
		take();
		assertThat(tryToTake()).isFalse();
	}

	@Test // G5
	void takeWhenAnHourAfterAStartThenItsPlaceIsFreeAndNoOther() {
		take();
		pass(Duration.ofMinutes(59));
		take();
		pass(Duration.ofMinutes(1).minus(A_MOMENT));
		assertThat(tryToTake()).isFalse();
		pass(A_MOMENT);
		take();
		assertThat(tryToTake()).isFalse();
	}

	@ParameterizedTest // G5
	@ValueSource(strings = { "PT-1H", "P-1D", "P-36500D", "PT1H", "P36500D" })
	void takeWhenClockIsSetThenFreeAgain(Duration time) {
		take();
		take();
		pass(time);
		assertThat(this.budget.untilNextStart(KNOWN)).isZero();
		take();
		take();
		assertThat(tryToTake()).isFalse();
	}

	@Test // G5
	void takeWhenClockIsSetBackByLessThanAnHourThenSpentForTwoHoursAtMost() {
		take();
		take();
		pass(Duration.ofMinutes(-59));
		assertThat(tryToTake()).isFalse();
		assertThat(this.budget.untilNextStart(KNOWN)).isEqualTo(Duration.ofMinutes(119));
		pass(Duration.ofMinutes(119));
		take();
	}

	@Test
	void takeWhenStartWasGivenBackThenItsPlaceIsFree() {
		String start = take();
		take();
		this.budget.giveBack(start);
		take();
		assertThat(tryToTake()).isFalse();
	}

	@Test
	void takeWhenStartWasGivenBackThenTheOthersStayAsTheyWere() {
		String first = take();
		pass(Duration.ofMinutes(30));
		take();
		this.budget.giveBack(first);
		take();
		assertThat(this.budget.untilNextStart(KNOWN)).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void takeWhenStartWasGivenBackTwiceThenOnePlaceIsFree() {
		String start = take();
		take();
		this.budget.giveBack(start);
		this.budget.giveBack(start);
		take();
		assertThat(tryToTake()).isFalse();
	}

	@Test
	void takeWhenStartIsGivenBackAfterItsHourThenNothingMoreIsFree() {
		String start = take();
		take();
		pass(Duration.ofHours(1));
		take();
		take();
		this.budget.giveBack(start);
		assertThat(tryToTake()).isFalse();
	}

	@Test
	void takeWhenNotSetThenFiveHundred() {
		LoginStartBudget budget = new LoginStartBudget();
		budget.setClock(this.clock);
		for (int i = 0; i < 500; i++) {
			assertThat(budget.take("state-" + i, known(i))).isTrue();
		}
		assertThat(budget.take("state", KNOWN)).isFalse();
	}

	@Test // G5
	void takeWhenManyTogetherThenNoMoreThanTheBudget() throws Exception {
		LoginStartBudget shared = budget(1000);
		CountDownLatch together = new CountDownLatch(4);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Integer>> taken = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				int thread = i;
				taken.add(threads.submit(() -> {
					together.countDown();
					together.await();
					int count = 0;
					for (int j = 0; j < 1000; j++) {
						count += shared.take(thread + "-" + j, known(j)) ? 1 : 0;
					}
					return count;
				}));
			}
			int all = 0;
			for (Future<Integer> some : taken) {
				all += some.get();
			}
			assertThat(all).isEqualTo(1000);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test // G5
	void takeWhenRefusedOrOverThenNothingIsRemembered() {
		for (int hour = 0; hour < 3; hour++) {
			take();
			take();
			for (int i = 0; i < 100; i++) {
				assertThat(tryToTake()).isFalse();
			}
			assertThat(this.budget).extracting("own.uncompleted", InstanceOfAssertFactories.MAP).hasSize(2);
			assertThat(this.budget).extracting("own.ofSource", InstanceOfAssertFactories.MAP).hasSize(1);
			pass(Duration.ofHours(1));
		}
	}

	@Test
	void takeWhenOneAddressStartsTooManyThenOthersStillCan() {
		LoginStartBudget budget = budget(500);
		assertThat(startAsManyAsPossible(budget, newAt("203.0.113.7"))).isEqualTo(50);
		assertThat(budget.take("other", newAt("203.0.113.8"))).isTrue();
		assertThat(budget.take("known", KNOWN)).isTrue();
	}

	@Test
	void takeWhenManyAddressesStartTooManyThenKnownBrowsersStillCan() {
		LoginStartBudget budget = budget(500);
		int started = 0;
		for (int address = 0; address < 1000; address++) {
			for (int i = 0; i < 10; i++) {
				StartingBrowser stranger = newAt("10.0." + address / 250 + "." + address % 250);
				started += budget.take(address + "-" + i, stranger) ? 1 : 0;
			}
		}
		assertThat(started).isEqualTo(250);
		assertThat(budget.left(false)).isZero();
		assertThat(budget.left(true)).isEqualTo(250);
		assertThat(budget.take("new", newAt("203.0.113.8"))).isFalse();
		for (int i = 0; i < 250; i++) {
			assertThat(budget.take("known-" + i, known(i))).isTrue();
		}
		assertThat(budget.take("last", KNOWN)).isFalse();
		assertThat(budget).extracting("own.uncompleted", InstanceOfAssertFactories.MAP).hasSize(500);
		assertThat(budget).extracting("own.ofSource", InstanceOfAssertFactories.MAP).hasSizeLessThanOrEqualTo(500);
	}

	@Test
	void takeWhenLoginsAreCompletedThenTheAddressCanStartMore() {
		LoginStartBudget budget = budget(500);
		for (int i = 0; i < 499; i++) {
			assertThat(budget.take("state-" + i, newAt("203.0.113.7"))).isTrue();
			budget.complete("state-" + i);
		}
		assertThat(budget).extracting("own.uncompleted", InstanceOfAssertFactories.MAP).isEmpty();
		assertThat(budget).extracting("own.ofSource", InstanceOfAssertFactories.MAP).isEmpty();
		assertThat(budget.take("last", newAt("203.0.113.7"))).isTrue();
		assertThat(budget.take("too many", newAt("203.0.113.7"))).isFalse();
	}

	@Test
	void takeWhenLoginIsCompletedThenStillOfTheBudget() {
		this.budget.complete(take());
		take();
		assertThat(tryToTake()).isFalse();
	}

	@Test
	void takeWhenOneKnownBrowserStartsTooManyThenOthersStillCan() {
		LoginStartBudget budget = budget(500);
		assertThat(startAsManyAsPossible(budget, KNOWN)).isEqualTo(50);
		assertThat(budget.take("other", known(2))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2::1, 2001:db8:1:2:ffff::9", "::ffff:203.0.113.7, 203.0.113.7",
			"203.0.113.7:4711, 203.0.113.7", "[2001:db8:1:2::1]:4711, 2001:DB8:1:2:0:0:0:2" })
	void takeWhenAddressesAreOfOneNetworkThenCountedTogether(String address, String other) {
		LoginStartBudget budget = budget(64);
		assertThat(startAsManyAsPossible(budget, newAt(address))).isEqualTo(16);
		assertThat(budget.take("other", newAt(other))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2::1, 2001:db8:1:3::1", "203.0.113.7, 203.0.113.8", "unknown, 203.0.113.7",
			"host.example, other.example", "fe80::1%eth0, fe80:0:0:1::1%eth0" })
	void takeWhenAddressesAreOfTwoNetworksThenCountedApart(String address, String other) {
		LoginStartBudget budget = budget(64);
		assertThat(startAsManyAsPossible(budget, newAt(address))).isEqualTo(16);
		assertThat(budget.take("other", newAt(other))).isTrue();
	}

	@Test
	void untilNextStartWhenPartOfAnAddressIsSpentThenUntilItsOldestIsAnHourOld() {
		LoginStartBudget budget = budget(500);
		StartingBrowser stranger = newAt("203.0.113.7");
		startAsManyAsPossible(budget, stranger);
		pass(Duration.ofMinutes(20));
		assertThat(budget.untilNextStart(stranger)).isEqualTo(Duration.ofMinutes(40));
		assertThat(budget.untilNextStart(newAt("203.0.113.8"))).isZero();
		assertThat(budget.untilNextStart(KNOWN)).isZero();
		pass(Duration.ofMinutes(40));
		assertThat(budget.take("again", stranger)).isTrue();
	}

	@Test
	void takeWhenPartOfAnAddressIsSpentThenWarnedOnceWithRemedy() {
		LoginStartBudget budget = budget(500);
		try (CapturedLog log = CapturedLog.of(LoginStartBudget.class.getName())) {
			startAsManyAsPossible(budget, newAt("203.0.113.7"));
			startAsManyAsPossible(budget, newAt("203.0.113.7"));
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("not completed", "server.forward-headers-strategy");
		}
	}

	@Test
	void takeWhenInstancesShareAStoreThenOneBudgetForAll() {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget first = sharedBudget(store);
		LoginStartBudget second = sharedBudget(store);
		assertThat(startAsManyAsPossible(first, newAt("203.0.113.7"))).isEqualTo(50);
		assertThat(startAsManyAsPossible(second, newAt("203.0.113.7"))).isZero();
		second.complete(newAt("203.0.113.7") + "-0");
		pass(Duration.ofSeconds(1));
		assertThat(first.take("more", newAt("203.0.113.7"))).isTrue();
		second.giveBack("more");
		assertThat(second.left(true)).isEqualTo(450);
		assertThat(second.left(false)).isEqualTo(201);
		assertThat(store.read("starts:1:shop")).doesNotContain("203.0.113.7");
		pass(Duration.ofHours(1));
		assertThat(second.left(true)).isEqualTo(500);
	}

	@Test
	void takeWhenStoreWasNeverReachedThenAQuarterOfTheBudgetIsUsed() {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget shared = sharedBudget(store);
		store.fail(true);
		assertThat(startAsManyAsPossible(shared, newAt("203.0.113.7"))).isEqualTo(12);
	}

	@Test
	void takeWhenStoreIsDownThenEachInstanceHasItsShareAndTellsTheOthersLater() throws Exception {
		TestLimitStore store = new TestLimitStore();
		ResilientLimitStore first = new ResilientLimitStore(store);
		ResilientLimitStore second = new ResilientLimitStore(store);
		// both know that there are two
		for (ResilientLimitStore each : List.of(first, second, first)) {
			CallGate gate = new CallGate(1, Duration.ofSeconds(5));
			gate.setSharedGate(new SharedGate(each, "shop", Duration.ofSeconds(11)));
			gate.setClock(this.clock);
			gate.pass(TestGatedCall.of(CallKind.TOKEN), () -> "called");
		}
		LoginStartBudget here = budget(100);
		here.setLimitStore(first, "shop");
		LoginStartBudget there = budget(100);
		there.setLimitStore(second, "shop");
		assertThat(here.take("before", known(1))).isTrue();
		store.fail(true);
		int started = 0;
		for (int i = 0; i < 100; i++) {
			started += here.take("here-" + i, known(i)) ? 1 : 0;
		}
		assertThat(started).isBetween(32, 49);
		there.complete("before");
		there.complete("here-0");
		store.fail(false);
		there.take("there", known(1));
		here.take("here", known(2));
		pass(Duration.ofSeconds(1));
		there.take("again", known(3));
		assertThat(there.left(true)).isEqualTo(100 - started - 4);
		assertThat(store.read("starts:1:shop")).contains(" completed");
	}

	@Test
	void takeWhenStoreHasLostItsContentsThenTheStartsOfThisInstanceHold() {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget shared = sharedBudget(store);
		startAsManyAsPossible(shared, newAt("203.0.113.7"));
		store.clear();
		pass(Duration.ofSeconds(1));
		assertThat(shared.take("more", newAt("203.0.113.7"))).isFalse();
		assertThat(shared.left(true)).isEqualTo(450);
	}

	@Test
	void takeWhenStoreHasLostItsContentsAndAnotherInstanceWritesFirstThenTheStartsOfAllHold() {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget first = sharedBudget(store);
		LoginStartBudget second = sharedBudget(store);
		assertThat(startFromManyAddresses(first, 1)).isEqualTo(250);
		store.clear();
		pass(Duration.ofSeconds(1));
		second.take("second", KNOWN);
		first.take("first", KNOWN);
		pass(Duration.ofSeconds(1));
		assertThat(startFromManyAddresses(second, 2)).isZero();
		assertThat(startFromManyAddresses(first, 3)).isZero();
		assertThat(first.left(true)).isEqualTo(248);
	}

	@Test
	void takeWhenStartIsGivenBackThenItDoesNotComeBackFromAnInstance() {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget first = sharedBudget(store);
		first.take("one", KNOWN);
		first.giveBack("one");
		sharedBudget(store).take("two", KNOWN);
		first.take("three", KNOWN);
		assertThat(first.left(true)).isEqualTo(498);
	}

	@Test
	void takeWhenStrangersStartAllDayThenOneLimitForAllInstancesAlsoAfterALoss() {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget first = sharedBudget(store);
		LoginStartBudget second = sharedBudget(store);
		int started = 0;
		for (int hour = 0; hour < 24; hour++) {
			started += startFromManyAddresses((hour % 2 == 0) ? first : second, hour);
			if (hour == 7) {
				first.take("first", KNOWN);
				store.clear();
				second.take("second", KNOWN);
			}
			pass(Duration.ofHours(1));
		}
		assertThat(started).isEqualTo(2500);
		assertThat(Objects.requireNonNull(store.read("starts:1:shop")).length()).isLessThan(1000);
	}

	@Test
	void setLimitStoreWhenOthersChangeTheBudgetDuringRecoveryThenAnIdleInstanceTellsThemAgain() throws Exception {
		TestLimitStore store = new TestLimitStore();
		AtomicBoolean contended = new AtomicBoolean(true);
		CountDownLatch told = new CountDownLatch(1);
		LoginStartBudget idle = budget(500);
		idle.setLimitStore(new ResilientLimitStore(new LimitStore() {

			@Override
			public @Nullable String read(String name) {
				return store.read(name);
			}

			@Override
			public boolean replace(String name, @Nullable String expected, String text) {
				boolean ofStarts = name.startsWith("starts");
				boolean replaced = !(ofStarts && contended.getAndSet(false)) && store.replace(name, expected, text);
				if (ofStarts && replaced) {
					told.countDown();
				}
				return replaced;
			}

		}), "shop", Duration.ZERO);
		store.fail(true);
		assertThat(idle.take("alone", KNOWN)).isTrue();
		store.fail(false);
		assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(contended).isFalse();
		assertThat(sharedLeft(store)).isEqualTo(498);
		assertThat(idle).extracting("shared.untold", InstanceOfAssertFactories.COLLECTION).isEmpty();
	}

	private int sharedLeft(TestLimitStore store) {
		LoginStartBudget other = sharedBudget(store);
		other.take("other", known(2));
		return other.left(true);
	}

	@Test
	void takeWhenStoreIsDownAndStrangersStartAllDayThenWhatIsLeftOfTheDayIsDivided() {
		TestLimitStore store = new TestLimitStore();
		// each assumes that there are four
		List<LoginStartBudget> instances = Stream.generate(() -> sharedBudget(store.impatient())).limit(4).toList();
		int before = 0;
		for (int hour = 0; hour < 6; hour++) {
			for (LoginStartBudget each : instances) {
				before += startFromManyAddresses(each, hour);
				each.take("known", KNOWN);
			}
			pass(Duration.ofHours(1));
		}
		assertThat(before).isEqualTo(1500);
		for (LoginStartBudget each : instances) {
			each.take("known", KNOWN);
		}
		store.fail(true);
		List<Integer> alone = new ArrayList<>(List.of(0, 0, 0, 0));
		for (int hour = 6; hour < 24; hour++) {
			for (int i = 0; i < 4; i++) {
				alone.set(i, alone.get(i) + startFromManyAddresses(instances.get(i), hour));
				assertThat(instances.get(i).take("known-" + hour, KNOWN)).isTrue();
			}
			pass(Duration.ofHours(1));
		}
		assertThat(alone).containsOnly(250);
		LoginStartBudget first = instances.get(0);
		assertThat(first.left(false)).isZero();
		assertThat(first.untilNextStart(newAt("203.0.113.8"))).isBetween(Duration.ofMinutes(30), Duration.ofHours(2));
		pass(Duration.ofHours(2));
		assertThat(first.take("next day", newAt("203.0.113.8"))).isTrue();
	}

	@Test
	void takeWhenStoreIsSlowThenWhatWasReadCountsFromThenOn() {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget shared = budget(500);
		shared.setLimitStore(new ResilientLimitStore(new LimitStore() {

			@Override
			public @Nullable String read(String name) {
				pass(Duration.ofMillis(500));
				return store.read(name);
			}

			@Override
			public boolean replace(String name, @Nullable String expected, String text) {
				pass(Duration.ofMillis(500));
				return store.replace(name, expected, text);
			}

		}), "shop");
		startAsManyAsPossible(shared, newAt("203.0.113.7"));
		shared.take("known", KNOWN);
		int calls = store.calls();
		assertThat(shared.take("more", newAt("203.0.113.7"))).isFalse();
		assertThat(store.calls()).isEqualTo(calls);
	}

	@Test
	void takeWhenRejectedThenThoseWhoWaitedAreRejectedWithoutALookAtTheStore() throws Exception {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget shared = budget(500);
		shared.setLimitStore(store.patient(), "shop", Duration.ofMinutes(1));
		startAsManyAsPossible(shared, newAt("203.0.113.7"));
		pass(Duration.ofSeconds(1));
		int calls = store.calls();
		store.hang(true);
		ExecutorService threads = Executors.newFixedThreadPool(10);
		try {
			List<Future<Boolean>> taken = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				taken.add(threads.submit(() -> shared.take("more", newAt("203.0.113.7"))));
			}
			while (waitingFor(shared) < 9) {
				Thread.onSpinWait();
			}
			store.hang(false);
			for (Future<Boolean> each : taken) {
				assertThat(each.get()).isFalse();
			}
		}
		finally {
			threads.shutdownNow();
		}
		// starts of the same moment may be written in another order
		assertThat(store.calls()).isLessThanOrEqualTo(calls + 2);
	}

	private static int waitingFor(LoginStartBudget budget) {
		return ((ReentrantLock) Objects.requireNonNull(ReflectionTestUtils
			.getField(Objects.requireNonNull(ReflectionTestUtils.getField(budget, "shared")), "turn")))
			.getQueueLength();
	}

	@Test
	void takeWhenAnotherWaitsForTheStoreThenOwnShareDecidesAndTheRestIsReadAtOnce() throws Exception {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget shared = budget(500);
		shared.setLimitStore(store.patient(), "shop", Duration.ofMillis(20));
		shared.take("first", KNOWN);
		store.hang(true);
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try {
			int calls = store.calls();
			Future<Boolean> waiting = threads.submit(() -> shared.take("waiting", known(1)));
			while (store.calls() == calls) {
				Thread.onSpinWait();
			}
			assertThat(shared.left(true)).isEqualTo(499);
			assertThat(shared.untilNextStart(KNOWN)).isZero();
			assertThat(shared.take("second", known(2))).isTrue();
			shared.complete("second");
			shared.take("third", known(3));
			shared.giveBack("third");
			assertThat(waiting.isDone()).isFalse();
			store.hang(false);
			assertThat(waiting.get()).isTrue();
		}
		finally {
			threads.shutdownNow();
		}
		shared.take("fourth", known(4));
		assertThat(shared.left(true)).isEqualTo(496);
		assertThat(store.read("starts:1:shop")).contains(" completed");
	}

	@Test
	void takeWhenTheSharedTextCannotBeReadThenReplacedWithOneWarning() {
		TestLimitStore store = new TestLimitStore();
		store.replace("starts:1:shop", null, "x y");
		LoginStartBudget shared = sharedBudget(store);
		try (CapturedLog log = CapturedLog.of(LoginStartBudget.class.getPackageName())) {
			assertThat(shared.take("one", KNOWN)).isTrue();
			assertThat(log.messages(Level.WARN)).hasSize(1);
		}
		assertThat(store.read("starts:1:shop")).doesNotContain("x y");
	}

	@Test
	void takeWhenSpentThenStoreIsNotReadForEachStrangerNorByAScrape() {
		TestLimitStore store = new TestLimitStore();
		LoginStartBudget shared = sharedBudget(store);
		startAsManyAsPossible(shared, newAt("203.0.113.7"));
		int before = store.calls();
		for (int i = 0; i < 100; i++) {
			assertThat(shared.take("more-" + i, newAt("203.0.113.7"))).isFalse();
			assertThat(shared.untilNextStart(newAt("203.0.113.7"))).isPositive();
			assertThat(shared.left(true)).isEqualTo(450);
		}
		assertThat(store.calls()).isEqualTo(before);
		assertThat(shared.take("other", newAt("203.0.113.8"))).isTrue();
	}

	@Test
	void takeWhenTheBudgetIsSmallThenHalfOfItIsForKnownBrowsers() {
		LoginStartBudget budget = budget(10);
		for (int i = 0; i < 5; i++) {
			startAsManyAsPossible(budget, newAt("203.0.113." + i));
		}
		assertThat(startAsManyAsPossible(budget, KNOWN)).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 10, 32, 64, 500 })
	void takeWhenOneAddressStartsTooManyThenHalfOfThePartOfNewBrowsersIsLeft(int maxStartsPerHour) {
		LoginStartBudget budget = budget(maxStartsPerHour);
		startAsManyAsPossible(budget, newAt("203.0.113.7"));
		assertThat(budget.left(false)).isGreaterThanOrEqualTo(maxStartsPerHour / 4);
		assertThat(budget.take("other", newAt("203.0.113.8"))).isTrue();
	}

	@Test
	void takeWhenUltraCartAllowsFewCallsThenNewBrowsersCauseHalfOfThem() {
		LoginStartBudget budget = new LoginStartBudget(500, 100, 10_000);
		budget.setClock(this.clock);
		for (int i = 0; i < 100; i++) {
			budget.take("new-" + i, newAt("10.0.0." + i));
		}
		assertThat(budget.left(false)).isZero();
		assertThat(budget.left(true)).isEqualTo(475);
	}

	@Test
	void takeWhenStrangersStartAllDayThenAQuarterOfTheCallsOfTheDayAndKnownBrowsersStillCan() {
		LoginStartBudget budget = budget(500);
		int started = 0;
		for (int hour = 0; hour < 24; hour++) {
			started += startFromManyAddresses(budget, hour);
			assertThat(budget.take("known-" + hour, KNOWN)).isTrue();
			pass(Duration.ofHours(1));
		}
		assertThat(started).isEqualTo(2500);
		assertThat(budget.left(false)).isZero();
		assertThat(budget.left(true)).isEqualTo(500);
		assertThat(budget.untilNextStart(newAt("203.0.113.8"))).isBetween(Duration.ofMinutes(30), Duration.ofHours(2));
		pass(Duration.ofHours(2));
		assertThat(startFromManyAddresses(budget, 26)).isEqualTo(250);
		assertThat(budget).extracting("own.uncompleted", InstanceOfAssertFactories.MAP).hasSize(250);
	}

	@Test
	void takeWhenAnOfficeOfNewBrowsersCompletesItsLoginsAllDayThenNotCounted() {
		LoginStartBudget budget = budget(500);
		for (int hour = 0; hour < 24; hour++) {
			for (int i = 0; i < 200; i++) {
				assertThat(budget.take(hour + "-" + i, newAt("203.0.113.7"))).isTrue();
				budget.complete(hour + "-" + i);
			}
			pass(Duration.ofHours(1));
		}
		assertThat(budget.left(false)).isEqualTo(250);
	}

	private static int startFromManyAddresses(LoginStartBudget budget, int hour) {
		int started = 0;
		for (int i = 0; i < 300; i++) {
			started += budget.take(hour + "-" + i, newAt("10.0." + i / 250 + "." + i % 250)) ? 1 : 0;
		}
		return started;
	}

	@Test
	@SuppressWarnings("NullAway")
	void setLimitStoreWhenSenselessThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.budget.setLimitStore(null, "shop"))
			.withMessage("store cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.budget.setLimitStore(new ResilientLimitStore(new TestLimitStore()), ""))
			.withMessage("group cannot be empty");
	}

	private LoginStartBudget sharedBudget(TestLimitStore store) {
		return sharedBudget(new ResilientLimitStore(store));
	}

	private LoginStartBudget sharedBudget(ResilientLimitStore store) {
		LoginStartBudget shared = budget(500);
		shared.setLimitStore(store, "shop");
		return shared;
	}

	@Test
	void untilNextStartWhenThereIsRoomThenZero() {
		assertThat(this.budget.untilNextStart(KNOWN)).isZero();
		take();
		assertThat(this.budget.untilNextStart(KNOWN)).isZero();
	}

	@Test
	void untilNextStartWhenSpentThenUntilTheOldestIsAnHourOld() {
		take();
		pass(Duration.ofMinutes(20));
		take();
		assertThat(this.budget.untilNextStart(KNOWN)).isEqualTo(Duration.ofMinutes(40));
		pass(Duration.ofMinutes(40));
		assertThat(this.budget.untilNextStart(KNOWN)).isZero();
	}

	@Test
	void takeWhenSpentThenWarnedOnceWithRemedy() {
		try (CapturedLog log = CapturedLog.of(LoginStartBudget.class.getName())) {
			take();
			take();
			assertThat(log.messages(Level.WARN)).isEmpty();
			tryToTake();
			tryToTake();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("no login can be started before 2026-11-21T13:00:00Z", "2 logins have been started",
						"ultracart.sso.login.max-starts-per-hour");
		}
	}

	@Test
	void takeWhenEachPlaceIsTakenAgainAtOnceThenWarnedOnceAnHour() {
		take();
		pass(Duration.ofMinutes(30));
		take();
		try (CapturedLog log = CapturedLog.of(LoginStartBudget.class.getName())) {
			tryToTake();
			pass(Duration.ofMinutes(30));
			take();
			tryToTake();
			pass(Duration.ofMinutes(30).minus(A_MOMENT));
			tryToTake();
			assertThat(log.messages(Level.WARN)).hasSize(1);
			pass(A_MOMENT);
			take();
			tryToTake();
			assertThat(log.messages(Level.WARN)).hasSize(2);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void constructorWhenNotPositiveThenThrowsIllegalArgumentException(int maxStartsPerHour) {
		assertThatIllegalArgumentException().isThrownBy(() -> new LoginStartBudget(maxStartsPerHour))
			.withMessage("maxStartsPerHour must be positive");
	}

	@Test
	@SuppressWarnings("NullAway")
	void setClockWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.budget.setClock(null))
			.withMessage("clock cannot be null");
	}

	private LoginStartBudget budget(int maxStartsPerHour) {
		LoginStartBudget budget = new LoginStartBudget(maxStartsPerHour);
		budget.setClock(this.clock);
		return budget;
	}

	private String take() {
		assertThat(tryToTake()).as("the budget is not spent").isTrue();
		return "state-" + this.states;
	}

	private boolean tryToTake() {
		return this.budget.take("state-" + ++this.states, KNOWN);
	}

	private static StartingBrowser known(int id) {
		return new StartingBrowser("192.0.2.1", "browser-" + id);
	}

	private static StartingBrowser newAt(String address) {
		return new StartingBrowser(address, null);
	}

	/**
	 * Starts logins until no more is possible.
	 */
	private static int startAsManyAsPossible(LoginStartBudget budget, StartingBrowser browser) {
		int starts = 0;
		while (budget.take(browser + "-" + starts, browser)) {
			starts++;
		}
		return starts;
	}

	private void pass(Duration time) {
		this.clock.advance(time);
	}

}
