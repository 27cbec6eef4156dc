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

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;

/**
 * Time limit and circuit breaker for a {@link LimitStore}. A call to the store fails
 * after a second, also if the store hangs. After two seconds of failures the instance
 * goes on by itself, with one warning. The store is then tried every five seconds,
 * without holding up a call.
 * <p>
 * All that share a store within an application should use one object of this class.
 *
 * @since 0.1
 */
public final class ResilientLimitStore implements LimitStore, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ResilientLimitStore.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	/**
	 * How long calls wait for a store that is restarted. Instances that go on by
	 * themselves make calls at the same time, which UltraCart rejects.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private static final Duration PAUSE = Duration.ofMillis(100);

	/**
	 * How many calls to the store may hang. Those that hang for ever are those that were
	 * under way when the network failed, because a pool checks connections before it
	 * gives them away.
	 */
	private static final int THREADS = 16;

	/**
	 * How many instances there are for one that has never reached the store, as when all
	 * are started anew while it is down.
	 */
	private static final int ASSUMED_INSTANCES = 4;

	private static final long KEEP_ALIVE_SECONDS = 60;

	/**
	 * The name of the text with which the store is tried.
	 */
	private static final String PROBE = "probe";

	private final LimitStore store;

	private final Duration timeout;

	private final Duration patience;

	private final Duration retryAfter;

	private final ThreadPoolExecutor threads;

	/**
	 * Tries the store, and waits for it as others do.
	 */
	private final ScheduledThreadPoolExecutor prober;

	private final List<Runnable> recoveries = new CopyOnWriteArrayList<>();

	/**
	 * Since when the store has failed, or {@code null} if it works.
	 */
	private @Nullable Long failingSince;

	private @Nullable Future<?> probe;

	private volatile boolean available = true;

	private volatile int instances = ASSUMED_INSTANCES;

	/**
	 * Creates a store.
	 * @param store the store that may fail or hang
	 */
	public ResilientLimitStore(LimitStore store) {
		this(store, TIMEOUT, PATIENCE, RETRY_AFTER);
	}

	ResilientLimitStore(LimitStore store, Duration timeout, Duration patience, Duration retryAfter) {
		Assert.notNull(store, "store cannot be null");
		this.store = store;
		this.timeout = timeout;
		this.patience = patience;
		this.retryAfter = retryAfter;
		this.threads = new ThreadPoolExecutor(0, THREADS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), ResilientLimitStore::newThread);
		this.prober = new ScheduledThreadPoolExecutor(1, ResilientLimitStore::newThread);
		this.prober.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
		this.prober.allowCoreThreadTimeOut(true);
		this.prober.setRemoveOnCancelPolicy(true);
		this.prober.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Creates a daemon thread that inherits nothing from the request that happens to
	 * start it.
	 */
	private static Thread newThread(Runnable runnable) {
		Thread thread = new Thread(null, runnable, "ultracart-limits", 0, false);
		thread.setContextClassLoader(ResilientLimitStore.class.getClassLoader());
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public @Nullable String read(String name) {
		return call(() -> Optional.ofNullable(this.store.read(name))).orElse(null);
	}

	@Override
	public boolean replace(String name, @Nullable String expected, String text) {
		boolean replaced = call(() -> this.store.replace(name, expected, text));
		// a store that can only be read does not work
		answered();
		return replaced;
	}

	/**
	 * Returns whether the store is used, which it is not after it has failed for a while.
	 * Does not wait for the store.
	 * @return {@code false} if this instance goes on by itself
	 */
	public boolean isAvailable() {
		return this.available;
	}

	/**
	 * Returns how many instances have made calls within the hour before the store was
	 * last read.
	 * @return the number of instances, at least one; four if the store was never read
	 */
	public int instances() {
		return this.instances;
	}

	void setInstances(int instances) {
		this.instances = instances;
	}

	/**
	 * Adds what is done each time the store works again, on another thread.
	 * @param recovery tells the other instances what they should know; is run again if it
	 * fails
	 */
	public void onRecovery(Runnable recovery) {
		Assert.notNull(recovery, "recovery cannot be null");
		this.recoveries.add(recovery);
	}

	private <T> T call(Callable<T> call) {
		long begin = System.nanoTime();
		try {
			return inTime(call);
		}
		catch (StoreException ex) {
			throw failed(begin, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	private <T> T inTime(Callable<T> call) throws InterruptedException {
		Future<T> result = submit(call);
		try {
			return result.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new StoreException("The store has failed", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new StoreException("The store has not responded within " + this.timeout, ex);
		}
		finally {
			// an interrupt could close files of a database
			result.cancel(false);
		}
	}

	private <T> Future<T> submit(Callable<T> call) {
		try {
			return this.threads.submit(call);
		}
		catch (RejectedExecutionException ex) {
			throw new StoreException("Too many calls to the store hang, or the application is closed", ex);
		}
	}

	private synchronized RuntimeException failed(long begin, RuntimeException ex) {
		long since = (this.failingSince != null) ? this.failingSince : begin;
		boolean first = this.failingSince == null;
		this.failingSince = since;
		if (this.available && System.nanoTime() - since >= this.patience.toNanos()) {
			this.available = false;
			probeIn(this.retryAfter);
			logger.warn(LogMessage.format(
					"The limits of UltraCart's API are not shared with the other instances, because"
							+ " their store does not work. This instance goes on by itself and tries again every %s",
					this.retryAfter), ex);
		}
		else if (first) {
			probeIn(PAUSE);
		}
		return ex;
	}

	private synchronized void answered() {
		this.failingSince = null;
		if (!this.available && !this.prober.isShutdown()) {
			this.available = true;
			logger.info("The limits of UltraCart's API are shared with the other instances again");
		}
	}

	private synchronized void probeIn(Duration time) {
		if (this.probe != null) {
			this.probe.cancel(false);
		}
		if (!this.prober.isShutdown()) {
			this.probe = this.prober.schedule(this::probe, time.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private void probe() {
		long begin = System.nanoTime();
		try {
			String before = inTime(() -> Optional.ofNullable(this.store.read(PROBE))).orElse(null);
			inTime(() -> this.store.replace(PROBE, before, "works"));
			answered();
		}
		catch (StoreException ex) {
			logger.debug("The store still fails", failed(begin, ex));
			probeIn(pause());
			return;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		try {
			this.recoveries.forEach(Runnable::run);
		}
		catch (RuntimeException ex) {
			logger.debug("The other instances could not be told what happened while the store was away", ex);
			probeIn(pause());
		}
	}

	private synchronized Duration pause() {
		return (this.available && this.failingSince != null) ? PAUSE : this.retryAfter;
	}

	/**
	 * Stops the threads. The instance goes on by itself.
	 */
	@Override
	public synchronized void close() {
		// without interrupts, which could close files of a database
		this.prober.shutdown();
		this.threads.shutdown();
		this.available = false;
	}

	/**
	 * Thrown where the store has failed or has not responded in time.
	 */
	private static final class StoreException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		StoreException(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

}
