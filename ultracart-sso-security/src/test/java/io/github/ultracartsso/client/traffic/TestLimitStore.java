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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A store in memory that can fail and hang.
 */
public final class TestLimitStore implements LimitStore {

	private final Map<String, String> texts = new ConcurrentHashMap<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicBoolean interruptible = new AtomicBoolean();

	private final AtomicInteger failedInserts = new AtomicInteger();

	private volatile CountDownLatch hanging = new CountDownLatch(0);

	private final AtomicBoolean down = new AtomicBoolean();

	@Override
	public @Nullable String read(String name) {
		call();
		return this.texts.get(name);
	}

	@Override
	public boolean replace(String name, @Nullable String expected, String text) {
		call();
		if (expected != null) {
			return this.texts.replace(name, expected, text);
		}
		boolean inserted = Objects.isNull(this.texts.putIfAbsent(name, text));
		if (!inserted) {
			this.failedInserts.incrementAndGet();
		}
		return inserted;
	}

	private void call() {
		this.calls.incrementAndGet();
		try {
			this.hanging.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.interruptible.get() && Thread.currentThread().isInterrupted()) {
			throw new IllegalStateException("Interrupted");
		}
		if (this.down.get()) {
			throw new IllegalStateException("The store is down");
		}
	}

	/**
	 * Returns this store with a time limit that no test reaches.
	 */
	public ResilientLimitStore patient() {
		Duration minute = Duration.ofMinutes(1);
		return new ResilientLimitStore(this, minute, minute, minute);
	}

	/**
	 * Returns this store with a circuit breaker that opens at the first failure and stays
	 * open.
	 */
	public ResilientLimitStore impatient() {
		Duration minute = Duration.ofMinutes(1);
		return new ResilientLimitStore(this, minute, Duration.ZERO, minute);
	}

	public void fail(boolean failing) {
		this.down.set(failing);
	}

	public void hang(boolean hangs) {
		this.hanging.countDown();
		this.hanging = new CountDownLatch(hangs ? 1 : 0);
	}

	/**
	 * Fails on interrupted threads, as clients of Redis do.
	 */
	public void failIfInterrupted() {
		this.interruptible.set(true);
	}

	public void clear() {
		this.texts.clear();
	}

	public int failedInserts() {
		return this.failedInserts.get();
	}

	public int calls() {
		return this.calls.get();
	}

}
