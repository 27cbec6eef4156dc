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

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.session.TestClock;

import ch.qos.logback.classic.Level;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LoginStartBudget}.
 */
class LoginStartBudgetTests {

	private static final Duration A_MOMENT = Duration.ofNanos(1);

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	private final LoginStartBudget budget = budget(2);

	@Test // G5
	void takeWhenSpentThenNothing() {
		take();
		take();
		assertThat(this.budget.take()).isNull();
	}

	@Test // G5
	void takeWhenAnHourAfterAStartThenItsPlaceIsFreeAndNoOther() {
		take();
		pass(Duration.ofMinutes(59));
		take();
		pass(Duration.ofMinutes(1).minus(A_MOMENT));
		assertThat(this.budget.take()).isNull();
		pass(A_MOMENT);
		take();
		assertThat(this.budget.take()).isNull();
	}

	@ParameterizedTest // G5
	@ValueSource(strings = { "PT-1H", "P-1D", "P-36500D", "PT1H", "P36500D" })
	void takeWhenClockIsSetThenFreeAgain(Duration time) {
		take();
		take();
		pass(time);
		assertThat(this.budget.untilNextStart()).isZero();
		take();
		take();
		assertThat(this.budget.take()).isNull();
	}

	@Test // G5
	void takeWhenClockIsSetBackByLessThanAnHourThenSpentForTwoHoursAtMost() {
		take();
		take();
		pass(Duration.ofMinutes(-59));
		assertThat(this.budget.take()).isNull();
		assertThat(this.budget.untilNextStart()).isEqualTo(Duration.ofMinutes(119));
		pass(Duration.ofMinutes(119));
		take();
	}

	@Test
	void takeWhenStartWasGivenBackThenItsPlaceIsFree() {
		LoginStartBudget.Start start = take();
		take();
		this.budget.giveBack(start);
		take();
		assertThat(this.budget.take()).isNull();
	}

	@Test
	void takeWhenStartWasGivenBackThenTheOthersStayAsTheyWere() {
		LoginStartBudget.Start first = take();
		pass(Duration.ofMinutes(30));
		take();
		this.budget.giveBack(first);
		take();
		assertThat(this.budget.untilNextStart()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void takeWhenStartWasGivenBackTwiceThenOnePlaceIsFree() {
		LoginStartBudget.Start start = take();
		take();
		this.budget.giveBack(start);
		this.budget.giveBack(start);
		take();
		assertThat(this.budget.take()).isNull();
	}

	@Test
	void takeWhenStartIsGivenBackAfterItsHourThenNothingMoreIsFree() {
		LoginStartBudget.Start start = take();
		take();
		pass(Duration.ofHours(1));
		take();
		take();
		this.budget.giveBack(start);
		assertThat(this.budget.take()).isNull();
	}

	@Test
	void takeWhenNotSetThenFiveHundred() {
		LoginStartBudget budget = new LoginStartBudget();
		budget.setClock(this.clock);
		for (int i = 0; i < 500; i++) {
			assertThat(budget.take()).isNotNull();
		}
		assertThat(budget.take()).isNull();
	}

	@Test // G5
	void takeWhenManyTogetherThenNoMoreThanTheBudget() throws Exception {
		LoginStartBudget shared = budget(1000);
		CountDownLatch together = new CountDownLatch(4);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Integer>> taken = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				taken.add(threads.submit(() -> {
					together.countDown();
					together.await();
					int count = 0;
					for (int j = 0; j < 1000; j++) {
						count += (shared.take() != null) ? 1 : 0;
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
				assertThat(this.budget.take()).isNull();
			}
			assertThat(this.budget).extracting("starts", InstanceOfAssertFactories.COLLECTION).hasSize(2);
			pass(Duration.ofHours(1));
		}
	}

	@Test
	void untilNextStartWhenThereIsRoomThenZero() {
		assertThat(this.budget.untilNextStart()).isZero();
		take();
		assertThat(this.budget.untilNextStart()).isZero();
	}

	@Test
	void untilNextStartWhenSpentThenUntilTheOldestIsAnHourOld() {
		take();
		pass(Duration.ofMinutes(20));
		take();
		assertThat(this.budget.untilNextStart()).isEqualTo(Duration.ofMinutes(40));
		pass(Duration.ofMinutes(40));
		assertThat(this.budget.untilNextStart()).isZero();
	}

	@Test
	void takeWhenSpentThenWarnedOnceWithRemedy() {
		try (CapturedLog log = CapturedLog.of(LoginStartBudget.class.getName())) {
			take();
			take();
			assertThat(log.messages(Level.WARN)).isEmpty();
			this.budget.take();
			this.budget.take();
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
			this.budget.take();
			pass(Duration.ofMinutes(30));
			take();
			this.budget.take();
			pass(Duration.ofMinutes(30).minus(A_MOMENT));
			this.budget.take();
			assertThat(log.messages(Level.WARN)).hasSize(1);
			pass(A_MOMENT);
			take();
			this.budget.take();
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

	private LoginStartBudget.Start take() {
		return Objects.requireNonNull(this.budget.take(), "the budget is spent");
	}

	private void pass(Duration time) {
		this.clock.advance(time);
	}

}
