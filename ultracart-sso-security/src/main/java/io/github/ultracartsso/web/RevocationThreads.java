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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs revocations on few threads of their own, which are there only while there is
 * something to do and keep no JVM from ending.
 */
final class RevocationThreads implements RevocationScheduler {

	static final String NAME_PREFIX = "ultracart-revoke-";

	/**
	 * UltraCart wants no two calls of an application at once; with a single thread,
	 * however, one call that hangs would hold up everybody who signs out.
	 */
	private static final int THREADS = 2;

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

	private final AtomicInteger started = new AtomicInteger();

	private final ScheduledThreadPoolExecutor executor = newExecutor();

	/**
	 * The others may all wait for their turn with UltraCart.
	 */
	private final ScheduledThreadPoolExecutor urgent = newExecutor();

	private ScheduledThreadPoolExecutor newExecutor() {
		ScheduledThreadPoolExecutor newExecutor = new ScheduledThreadPoolExecutor(THREADS, this::newThread);
		newExecutor.setKeepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
		newExecutor.allowCoreThreadTimeOut(true);
		return newExecutor;
	}

	/**
	 * A thread is started by whoever ends a session, and must neither act for that user
	 * nor keep the class loader of that request.
	 */
	private Thread newThread(Runnable worker) {
		Thread thread = new Thread(null, worker, NAME_PREFIX + this.started.incrementAndGet(), 0, false);
		thread.setContextClassLoader(RevocationThreads.class.getClassLoader());
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * The task itself tells of its outcome, so nobody looks at the future.
	 */
	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void schedule(Runnable task, Duration delay) {
		this.executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void scheduleUrgent(Runnable task) {
		this.urgent.execute(task);
	}

	@Override
	public void close() {
		this.urgent.shutdownNow();
		this.executor.shutdownNow();
	}

}
