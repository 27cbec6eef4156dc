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

package io.github.ultracartsso.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RevocationThreads}.
 */
@Timeout(60)
class RevocationThreadsTests {

	private final RevocationThreads threads = new RevocationThreads();

	@AfterEach
	void close() {
		this.threads.close();
	}

	@Test
	void scheduleWhenRunThenOnANamedDaemonThread() {
		Thread thread = on(Thread::currentThread);
		assertThat(thread.getName()).isEqualTo("ultracart-revoke-1");
		assertThat(thread.isDaemon()).isTrue();
	}

	@Test
	void scheduleWhenCallerHasThreadLocalsThenNotSeen() {
		InheritableThreadLocal<@Nullable String> user = new InheritableThreadLocal<>();
		user.set("Jane");
		try {
			assertThat(this.<@Nullable String>on(user::get)).isNull();
		}
		finally {
			user.remove();
		}
	}

	@Test
	void scheduleWhenCallerHasAContextClassLoaderThenNotSeen() {
		Thread caller = Thread.currentThread();
		ClassLoader ours = caller.getContextClassLoader();
		caller.setContextClassLoader(new ClassLoader() {
		});
		try {
			assertThat(on(() -> Thread.currentThread().getContextClassLoader()))
				.isSameAs(RevocationThreads.class.getClassLoader());
		}
		finally {
			caller.setContextClassLoader(ours);
		}
	}

	@Test
	void scheduleWhenDelayedThenNotBefore() {
		long start = System.nanoTime();
		long end = on(System::nanoTime, Duration.ofMillis(20));
		assertThat(Duration.ofNanos(end - start)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
	}

	@Test // D5
	void executeUrgentWhenOthersWaitForTheirTurnThenRunsAllTheSame() throws InterruptedException {
		CountDownLatch turn = new CountDownLatch(1);
		for (int i = 0; i < 10; i++) {
			this.threads.schedule(() -> {
				try {
					turn.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}, Duration.ZERO);
		}
		CountDownLatch run = new CountDownLatch(1);
		this.threads.executeUrgent(run::countDown);
		assertThat(run.await(20, TimeUnit.SECONDS)).isTrue();
		turn.countDown();
	}

	@Test
	void scheduleWhenClosedThenRejected() {
		this.threads.close();
		assertThat(this.threads.schedule(() -> {
		}, Duration.ZERO)).isFalse();
		assertThat(this.threads.executeUrgent(() -> {
		})).isFalse();
	}

	@Test
	void closeWhenTaskIsNotDueYetThenNeverRun() throws InterruptedException {
		ThreadPoolTaskScheduler due = new ThreadPoolTaskScheduler();
		due.initialize();
		AtomicBoolean run = new AtomicBoolean();
		RevocationThreads closing = new RevocationThreads(due, due);
		closing.schedule(() -> run.set(true), Duration.ofDays(1));
		closing.close();
		assertThat(due.getScheduledThreadPoolExecutor().awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(run).isFalse();
	}

	@Test
	void executeUrgentWhenTaskFailsThenThreadsGoOn() {
		this.threads.executeUrgent(() -> {
			throw new IllegalStateException("the task failed");
		});
		CompletableFuture<Boolean> next = new CompletableFuture<>();
		this.threads.executeUrgent(() -> next.complete(true));
		assertThat(next.join()).isTrue();
	}

	@Test
	void closeWhenTaskIsRunningThenInterrupted() throws InterruptedException {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		this.threads.schedule(() -> {
			running.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		}, Duration.ZERO);
		assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
		this.threads.close();
		assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
	}

	private <T extends @Nullable Object> T on(Supplier<T> task) {
		return on(task, Duration.ZERO);
	}

	private <T extends @Nullable Object> T on(Supplier<T> task, Duration delay) {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.threads.schedule(() -> result.complete(task.get()), delay);
		return result.join();
	}

}
