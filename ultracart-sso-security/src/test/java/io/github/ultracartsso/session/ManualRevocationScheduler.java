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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.client.UltraCartSsoClient;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Runs revocations on the thread of the test: at once what is to run at once, the rest
 * when the test lets the time of its clock pass.
 */
public final class ManualRevocationScheduler extends ThreadPoolTaskScheduler {

	private static final long serialVersionUID = 1L;

	private final transient TestClock clock;

	private final transient List<Task> tasks = new ArrayList<>();

	private boolean held;

	private boolean closed;

	/**
	 * Creates a scheduler.
	 */
	public ManualRevocationScheduler(TestClock clock) {
		this.clock = clock;
	}

	/**
	 * Returns a revoker that goes by this scheduler and its clock.
	 */
	public SsoSessionRevoker newRevoker(UltraCartSsoClient client, SsoSessions ssoSessions) {
		SsoSessionRevoker revoker = new SsoSessionRevoker(client, ssoSessions, new RevocationThreads(this, this),
				Duration.ZERO);
		revoker.setClock(this.clock);
		return revoker;
	}

	/**
	 * Keeps back even what is to run at once.
	 */
	public void hold() {
		this.held = true;
	}

	/**
	 * Lets time pass until the next task is due, and runs it.
	 * @return how long that took
	 */
	public Duration runNext() {
		Task task = this.tasks.stream().min(Comparator.comparing(Task::due)).orElseThrow();
		this.tasks.remove(task);
		Instant now = this.clock.instant();
		Duration passed = task.due().isAfter(now) ? Duration.between(now, task.due()) : Duration.ZERO;
		this.clock.advance(passed);
		task.runnable().run();
		return passed;
	}

	/**
	 * Returns how many tasks are yet to run.
	 */
	public int waiting() {
		return this.tasks.size();
	}

	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public Clock getClock() {
		return this.clock;
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void execute(Runnable task) {
		var unused = schedule(task, this.clock.instant());
	}

	@Override
	public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
		if (this.closed) {
			throw new TaskRejectedException("closed");
		}
		Task scheduled = new Task(task, startTime);
		if (!startTime.isAfter(this.clock.instant()) && !this.held) {
			task.run();
		}
		else {
			this.tasks.add(scheduled);
		}
		return new Cancellation(() -> this.tasks.remove(scheduled));
	}

	@Override
	public void shutdown() {
		this.closed = true;
		this.tasks.clear();
	}

	private record Task(Runnable runnable, Instant due) {

	}

	/**
	 * Takes back a task. Nothing else is asked of the result.
	 */
	private static final class Cancellation extends CompletableFuture<Object>
			implements RunnableScheduledFuture<Object> {

		private final Runnable cancel;

		private Cancellation(Runnable cancel) {
			this.cancel = cancel;
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			this.cancel.run();
			return super.cancel(mayInterruptIfRunning);
		}

		@Override
		public void run() {
		}

		@Override
		public boolean isPeriodic() {
			return false;
		}

		@Override
		public long getDelay(TimeUnit unit) {
			return 0;
		}

		@Override
		public int compareTo(Delayed other) {
			return 0;
		}

	}

}
