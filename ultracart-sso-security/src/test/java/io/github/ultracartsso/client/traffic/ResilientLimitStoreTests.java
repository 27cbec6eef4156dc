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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResilientLimitStore}. With a {@link SharedGate} it is tested there.
 */
@Timeout(60)
class ResilientLimitStoreTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final TestLimitStore store = new TestLimitStore();

	private ResilientLimitStore resilient = resilient(LONG);

	@AfterEach
	void close() {
		this.resilient.close();
	}

	@Test
	void isAvailableWhenStoreIsSlowerThanCallsMayBeThenFalseWithOneWarning() {
		this.resilient = resilient(Duration.ofMillis(10));
		this.store.hang(true);
		try (CapturedLog log = CapturedLog.of(ResilientLimitStore.class.getName())) {
			awaitUnavailable();
			int before = this.store.calls();
			while (this.store.calls() < before + 5) {
				assertThat(this.resilient.isAvailable()).isFalse();
			}
			assertThat(log.messages(Level.WARN)).hasSize(1);
			assertThat(log.messages(Level.INFO)).isEmpty();
		}
		finally {
			this.store.hang(false);
		}
	}

	@Test
	void isAvailableWhenEarlierCallsHangForEverThenTrueOnceTheStoreResponds() {
		CountDownLatch end = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		this.resilient = new ResilientLimitStore(new LimitStore() {

			@Override
			public @Nullable String read(String name) {
				if (calls.incrementAndGet() <= 8) {
					awaitUninterruptibly(end);
				}
				return null;
			}

			@Override
			public boolean replace(String name, @Nullable String expected, String text) {
				return true;
			}

		}, Duration.ofMillis(100), Duration.ZERO, Duration.ZERO);
		AtomicInteger recoveries = new AtomicInteger();
		this.resilient.onRecovery(() -> {
			this.resilient.read("name");
			recoveries.incrementAndGet();
		});
		awaitUnavailable();
		while (recoveries.get() == 0) {
			Thread.onSpinWait();
		}
		assertThat(this.resilient.isAvailable()).isTrue();
		end.countDown();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void onRecoveryWhenRecoveryFailsThenRepeatedWhileTheStoreIsUsed() {
		AtomicInteger recoveries = new AtomicInteger();
		this.resilient.onRecovery(() -> {
			if (recoveries.incrementAndGet() < 3) {
				throw new IllegalStateException("Other instances were faster");
			}
		});
		try (CapturedLog log = CapturedLog.of(ResilientLimitStore.class.getName())) {
			this.store.fail(true);
			awaitUnavailable();
			this.store.fail(false);
			while (!this.resilient.isAvailable()) {
				Thread.onSpinWait();
			}
			while (recoveries.get() < 3) {
				assertThat(this.resilient.isAvailable()).isTrue();
			}
			assertThat(log.messages(Level.WARN)).hasSize(1);
			assertThat(log.messages(Level.INFO)).hasSize(1);
		}
	}

	@Test
	void onRecoveryWhenNothingIsAskedThenDoneAllTheSame() throws Exception {
		CountDownLatch recovered = new CountDownLatch(1);
		this.resilient.onRecovery(recovered::countDown);
		this.store.fail(true);
		awaitUnavailable();
		this.store.fail(false);
		assertThat(recovered.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.resilient.isAvailable()).isTrue();
	}

	@Test
	void instancesWhenStoreWasNeverReadThenAssumedToBeSeveral() {
		assertThat(this.resilient.instances()).isEqualTo(4);
		this.resilient.setInstances(1);
		assertThat(this.resilient.instances()).isEqualTo(1);
	}

	@Test
	void closeWhenStoreIsDownThenNotTriedAgain() {
		this.store.fail(true);
		awaitUnavailable();
		this.resilient.close();
		while (Thread.getAllStackTraces().keySet().stream().anyMatch(ResilientLimitStoreTests::isBusy)) {
			Thread.onSpinWait();
		}
		int calls = this.store.calls();
		assertThat(this.resilient.isAvailable()).isFalse();
		awaitUnavailable();
		assertThat(this.store.calls()).isEqualTo(calls);
	}

	private static boolean isBusy(Thread thread) {
		return thread.getName().equals("ultracart-limits") && thread.getState() == Thread.State.RUNNABLE;
	}

	private ResilientLimitStore resilient(Duration timeout) {
		return new ResilientLimitStore(this.store, timeout, Duration.ZERO, Duration.ZERO);
	}

	private void awaitUnavailable() {
		boolean failed = false;
		while (!failed) {
			try {
				this.resilient.read("name");
			}
			catch (RuntimeException ex) {
				failed = true;
			}
		}
	}

}
