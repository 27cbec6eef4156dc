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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.ultracartsso.client.UltraCartRateLimitException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CallQueue}.
 */
class CallQueueTests {

	private static final GatedCall START = TestGatedCall.of(CallKind.AUTHORIZE);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CallQueue queue = new CallQueue(1, Duration.ofSeconds(60));

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest // G5
	@CsvSource({ "1, 50", "500, 30", "10000, 16" })
	void enterWhenManyStartsWaitThenAsManyAsCanBeServedInTime(long millis, int places) {
		for (int i = 0; i < 200; i++) {
			PrioritySemaphore.Place place = this.queue.enter(START);
			this.queue.served(Duration.ofMillis(millis).toNanos());
			this.queue.leave(place);
		}
		this.queue.enter(START);
		for (int i = 0; i < places; i++) {
			this.threads.execute(() -> this.queue.enter(START));
		}
		awaitWaiting(places);
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> this.queue.enter(START))
			.withMessageContaining(places + " calls are in the queue before it");
	}

	@Test
	void enterWhenCallsOfAllPrioritiesWaitThenMostUrgentFirstAndOldestOfThese() throws Exception {
		PrioritySemaphore.Place first = this.queue.enter(START);
		List<CallPriority> made = Collections.synchronizedList(new ArrayList<>());
		List<CallPriority> came = List.of(CallPriority.BACKGROUND, CallPriority.APPLICATION, CallPriority.USER,
				CallPriority.OVERDUE, CallPriority.START, CallPriority.NEW_LOGIN, CallPriority.KNOWN_START,
				CallPriority.LOGIN, CallPriority.LOGIN, CallPriority.START);
		List<Future<?>> calls = new ArrayList<>();
		for (CallPriority priority : came) {
			calls.add(this.threads.submit(() -> {
				PrioritySemaphore.Place place = this.queue.enter(TestGatedCall.of(priority));
				made.add(priority);
				this.queue.leave(place);
			}));
			awaitWaiting(calls.size());
		}
		calls.add(this.threads.submit(() -> {
			PrioritySemaphore.Place place = Objects.requireNonNull(this.queue.enterSoon());
			made.add(CallPriority.SIGN_OUT);
			this.queue.leave(place);
		}));
		awaitWaiting(calls.size());
		this.queue.leave(first);
		for (Future<?> call : calls) {
			call.get();
		}
		assertThat(made).containsExactly(CallPriority.SIGN_OUT, CallPriority.LOGIN, CallPriority.LOGIN,
				CallPriority.KNOWN_START, CallPriority.NEW_LOGIN, CallPriority.START, CallPriority.START,
				CallPriority.OVERDUE, CallPriority.USER, CallPriority.APPLICATION, CallPriority.BACKGROUND);
	}

	@ParameterizedTest
	@EnumSource(names = { "OVERDUE", "BACKGROUND" })
	void enterWhenWhatCanBeMadeLaterWaitsThenAHandfulAndOthersQueueAllTheSame(CallPriority priority) throws Exception {
		PrioritySemaphore.Place place = this.queue.enter(START);
		for (int i = 0; i < 8; i++) {
			this.threads.execute(() -> this.queue.enter(TestGatedCall.of(priority)));
		}
		awaitWaiting(8);
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> this.queue.enter(TestGatedCall.of(priority)));
		Future<?> login = this.threads.submit(() -> this.queue.enter(START));
		awaitWaiting(9);
		this.queue.leave(place);
		login.get();
	}

	@ParameterizedTest
	@EnumSource(names = { "OVERDUE", "BACKGROUND" })
	void timeoutWhenTheCallCanBeMadeLaterThenLeavesTimeForTheCall(CallPriority priority) {
		assertThat(new CallQueue(1, Duration.ofSeconds(5)).timeout(TestGatedCall.of(priority)))
			.isEqualTo(Duration.ofSeconds(2));
		assertThat(new CallQueue(1, Duration.ofSeconds(1)).timeout(TestGatedCall.of(priority)))
			.isEqualTo(Duration.ofSeconds(1));
		assertThat(new CallQueue(1, Duration.ofSeconds(5)).timeout(START)).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void enterWhenNewBrowsersFillTheQueueThenKnownOnesHavePlaces() throws Exception {
		PrioritySemaphore.Place place = this.queue.enter(START);
		for (int i = 0; i < 50; i++) {
			this.threads.execute(() -> this.queue.enter(START));
		}
		awaitWaiting(50);
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> this.queue.enter(START));
		Future<?> known = this.threads.submit(() -> this.queue.enter(TestGatedCall.of(CallPriority.KNOWN_START)));
		awaitWaiting(51);
		this.queue.leave(place);
		known.get();
	}

	@Test
	void enterWhenACallGivesUpThenTheNextIsMade() throws Exception {
		PrioritySemaphore.Place place = this.queue.enter(START);
		Future<?> first = this.threads.submit(() -> this.queue.enter(START));
		awaitWaiting(1);
		Future<?> second = this.threads.submit(() -> this.queue.enter(START));
		awaitWaiting(2);
		first.cancel(true);
		awaitWaiting(1);
		this.queue.leave(place);
		second.get();
	}

	private void awaitWaiting(int calls) {
		while (this.queue.waiting() != calls) {
			Thread.onSpinWait();
		}
	}

}
