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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ultracartsso.client.UltraCartRateLimitException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the order in which calls of one instance are made while another instance
 * makes a call.
 */
@Timeout(30)
class SharedGatePriorityTests {

	private static final GatedCall TOKEN = TestGatedCall.of(CallKind.TOKEN);

	private static final GatedCall REVOKE = TestGatedCall.of(CallKind.REVOKE);

	private static final GatedCall BACKGROUND = TestGatedCall.of(CallPriority.BACKGROUND);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TestLimitStore store = new TestLimitStore();

	private final SharedGate shared = shared();

	private final CallGate gate = gate(this.shared, Duration.ofSeconds(60));

	private final List<String> made = Collections.synchronizedList(new ArrayList<>());

	private final List<Future<?>> calls = new ArrayList<>();

	private final CountDownLatch answered = new CountDownLatch(1);

	@BeforeEach
	void callFromAnotherInstance() {
		CountDownLatch calling = new CountDownLatch(1);
		this.calls.add(this.threads.submit(() -> gate(shared(), Duration.ofSeconds(60)).pass(TOKEN, () -> {
			calling.countDown();
			await(this.answered);
			return "called";
		})));
		await(calling);
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void passWhenALoginComesWhileARefreshWaitsForAnotherInstanceThenTheLoginGoesFirst() throws Exception {
		submit(this.gate, BACKGROUND, "refresh");
		awaitWaiting(this.gate, 1);
		submit(this.gate, TOKEN, "login");
		awaitPolling(this.shared, 2);
		this.answered.countDown();
		awaitCalls();
		assertThat(this.made).containsExactly("login", "refresh");
	}

	@Test
	void passWhenCallsOfAllPrioritiesComeWhileOneWaitsForAnotherInstanceThenMostUrgentFirstAndOldestOfThese()
			throws Exception {
		submit(this.gate, BACKGROUND, "1 refresh");
		awaitWaiting(this.gate, 1);
		submit(this.gate, BACKGROUND, "2 refresh");
		awaitWaiting(this.gate, 2);
		submit(this.gate, TestGatedCall.of(CallPriority.USER), "for a user");
		awaitWaiting(this.gate, 3);
		awaitPolling(this.shared, 2);
		submit(this.gate, TOKEN, "login");
		awaitWaiting(this.gate, 4);
		awaitPolling(this.shared, 3);
		this.answered.countDown();
		awaitCalls();
		assertThat(this.made).containsExactly("login", "for a user", "1 refresh", "2 refresh");
	}

	@Test
	void passSoonWhenARefreshWaitsForAnotherInstanceThenTheSignOutGoesFirst() throws Exception {
		submit(this.gate, BACKGROUND, "refresh");
		awaitWaiting(this.gate, 1);
		this.calls.add(this.threads.submit(() -> this.gate.passSoon(REVOKE, () -> this.made.add("sign-out"))));
		awaitWaiting(this.gate, 2);
		awaitPolling(this.shared, 2);
		this.answered.countDown();
		awaitCalls();
		assertThat(this.made).containsExactly("sign-out", "refresh");
	}

	@Test
	void passWhenItHasGivenWayThenTheInstanceKeepsItsPlaceAmongTheOthers() throws Exception {
		submit(this.gate, BACKGROUND, "refresh");
		awaitWaiting(this.gate, 1);
		CallGate third = gate(shared(), Duration.ofSeconds(60));
		submit(third, TOKEN, "third");
		awaitWaiting(third, 1);
		submit(this.gate, TOKEN, "login");
		awaitWaiting(this.gate, 2);
		awaitPolling(this.shared, 2);
		this.answered.countDown();
		awaitCalls();
		assertThat(this.made).containsExactly("login", "third", "refresh");
	}

	@Test
	void passSoonWhenTheTurnDoesNotComeThenTheInstanceKeepsItsPlaceAmongTheOthers() throws Exception {
		submit(this.gate, BACKGROUND, "refresh");
		awaitWaiting(this.gate, 1);
		CallGate third = gate(shared(), Duration.ofSeconds(60));
		submit(third, TOKEN, "third");
		awaitWaiting(third, 1);
		this.gate.passSoon(REVOKE, () -> this.made.add("sign-out"));
		awaitPolling(this.shared, 1);
		this.answered.countDown();
		awaitCalls();
		assertThat(this.made).containsExactly("sign-out", "refresh", "third");
	}

	@Test
	void passWhenItHasGivenWayAndItsTimeIsUpThenRejectedAndCallsAreStillMadeOneAtATime() throws Exception {
		SharedGate own = shared();
		CallGate impatient = gate(own, Duration.ofSeconds(1));
		Future<?> user = this.threads
			.submit(() -> impatient.pass(TestGatedCall.of(CallPriority.USER), () -> "not called"));
		awaitWaiting(impatient, 1);
		CountDownLatch rejected = new CountDownLatch(1);
		this.calls.add(this.threads.submit(() -> impatient.pass(TOKEN, () -> {
			await(rejected);
			return "called";
		})));
		awaitWaiting(impatient, 2);
		awaitPolling(own, 2);
		this.answered.countDown();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(user::get)
			.havingCause()
			.isInstanceOf(UltraCartRateLimitException.class)
			.withMessageContaining("it has waited in the queue for PT1S");
		rejected.countDown();
		awaitCalls();
		AtomicInteger underWay = new AtomicInteger();
		for (int i = 0; i < 10; i++) {
			this.calls.add(this.threads.submit(() -> impatient.pass(TOKEN, () -> {
				this.made.add("at once: " + underWay.incrementAndGet());
				return underWay.decrementAndGet();
			})));
		}
		awaitCalls();
		assertThat(this.made).hasSize(10).containsOnly("at once: 1");
		assertThat(impatient.waiting()).isZero();
	}

	private void submit(CallGate gate, GatedCall call, String name) {
		this.calls.add(this.threads.submit(() -> gate.pass(call, () -> this.made.add(name))));
	}

	private void awaitCalls() throws Exception {
		for (Future<?> call : this.calls) {
			call.get();
		}
	}

	/**
	 * Waits until so many calls of an instance wait for others or have given way.
	 */
	private static void awaitPolling(SharedGate shared, int calls) {
		while (shared.waiting() != calls) {
			Thread.onSpinWait();
		}
	}

	private static void awaitWaiting(CallGate gate, int calls) {
		while (gate.waiting() != calls) {
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

	private SharedGate shared() {
		return new SharedGate(new ResilientLimitStore(Objects.requireNonNull(this.store)), "shop",
				Duration.ofSeconds(30));
	}

	private static CallGate gate(SharedGate shared, Duration queueTimeout) {
		CallGate gate = new CallGate(1, queueTimeout);
		gate.setSharedGate(shared);
		return gate;
	}

}
