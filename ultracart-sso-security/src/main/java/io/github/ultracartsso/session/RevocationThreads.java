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
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Runs revocations on few threads of their own, which exist only while there is something
 * to do and do not keep the JVM from ending.
 */
final class RevocationThreads {

	static final String NAME_PREFIX = "ultracart-revoke-";

	/**
	 * UltraCart allows one call at a time. With a single thread, however, one call that
	 * hangs would hold up every sign-out.
	 */
	private static final int THREADS = 2;

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

	private final ThreadPoolTaskScheduler scheduler;

	/**
	 * All threads of the other scheduler may wait for their turn at UltraCart.
	 */
	private final ThreadPoolTaskScheduler urgent;

	RevocationThreads() {
		this(newScheduler(), newScheduler());
	}

	RevocationThreads(ThreadPoolTaskScheduler scheduler, ThreadPoolTaskScheduler urgent) {
		this.scheduler = scheduler;
		this.urgent = urgent;
	}

	private static ThreadPoolTaskScheduler newScheduler() {
		ThreadPoolTaskScheduler newScheduler = new ThreadPoolTaskScheduler();
		newScheduler.setThreadFactory(new DetachedThreadFactory(NAME_PREFIX));
		newScheduler.setPoolSize(THREADS);
		newScheduler.initialize();
		newScheduler.getScheduledThreadPoolExecutor().setKeepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
		newScheduler.getScheduledThreadPoolExecutor().allowCoreThreadTimeOut(true);
		return newScheduler;
	}

	/**
	 * Runs the task once the delay has passed. The task itself reports its outcome.
	 * @return {@code false} after this was closed
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	boolean schedule(Runnable task, Duration delay) {
		try {
			this.scheduler.schedule(task, this.scheduler.getClock().instant().plus(delay));
			return true;
		}
		catch (TaskRejectedException ex) {
			return false;
		}
	}

	/**
	 * Runs the task at once, ahead of what was scheduled.
	 * @return {@code false} after this was closed
	 */
	boolean executeUrgent(Runnable task) {
		try {
			this.urgent.execute(task);
			return true;
		}
		catch (TaskRejectedException ex) {
			return false;
		}
	}

	/**
	 * Accepts no more tasks, drops what has not begun and interrupts what has.
	 */
	void close() {
		this.urgent.shutdown();
		this.scheduler.shutdown();
	}

}
