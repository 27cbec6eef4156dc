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

package io.github.ultracartsso.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.RevocationScheduler;
import io.github.ultracartsso.session.SsoSessionRevoker;

/**
 * Runs revocations on the thread of the test: at once what is to run at once, the rest
 * when the test lets the time of its clock pass.
 */
public final class ManualRevocationScheduler implements RevocationScheduler {

	private final TestClock clock;

	private final List<Task> tasks = new ArrayList<>();

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
	public SsoSessionRevoker newRevoker(UltraCartSsoClient client) {
		SsoSessionRevoker revoker = new SsoSessionRevoker(client, this, Duration.ZERO);
		revoker.setClock(this.clock);
		return revoker;
	}

	/**
	 * Keeps back even what is to run at once.
	 */
	void hold() {
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

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void schedule(Runnable task, Duration delay) {
		if (this.closed) {
			throw new RejectedExecutionException("closed");
		}
		if (delay.isZero() && !this.held) {
			task.run();
		}
		else {
			this.tasks.add(new Task(task, this.clock.instant().plus(delay)));
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.tasks.clear();
	}

	private record Task(Runnable runnable, Instant due) {

	}

}
