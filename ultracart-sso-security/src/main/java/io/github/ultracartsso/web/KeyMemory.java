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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ultracartsso.client.SimpleKey;

/**
 * Remembers keys that this instance has seen the last of, until they expire, by what
 * stands for them. There is room for the keys of many people; past it the oldest are
 * forgotten, at the price of a needless call should they turn up once more.
 */
final class KeyMemory {

	static final int MAX_KEYS = 10_000;

	private final Map<String, Instant> expiries = new LinkedHashMap<>();

	private volatile boolean empty = true;

	private Instant nextExpiry = Instant.MAX;

	/**
	 * Returns what stands for a key where others may see it.
	 */
	static String fingerprint(SimpleKey simpleKey) {
		try {
			byte[] key = simpleKey.value().getBytes(StandardCharsets.US_ASCII);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256, which every Java platform has, is not available", ex);
		}
	}

	/**
	 * Adds a key.
	 * @return {@code true} for the first caller with this fingerprint only
	 */
	synchronized boolean add(String fingerprint, Instant expiresAt, Instant now) {
		removeExpired(now);
		if (this.expiries.putIfAbsent(fingerprint, expiresAt) != null) {
			return false;
		}
		this.nextExpiry = earlier(this.nextExpiry, expiresAt);
		if (this.expiries.size() > MAX_KEYS) {
			Iterator<String> oldestFirst = this.expiries.keySet().iterator();
			oldestFirst.next();
			oldestFirst.remove();
		}
		this.empty = false;
		return true;
	}

	/**
	 * Forgets a key at that time, unless it expires before.
	 */
	synchronized void forgetAt(String fingerprint, Instant time) {
		if (this.expiries.computeIfPresent(fingerprint, (key, expiry) -> earlier(time, expiry)) != null) {
			this.nextExpiry = earlier(this.nextExpiry, time);
		}
	}

	synchronized boolean contains(String fingerprint) {
		return this.expiries.containsKey(fingerprint);
	}

	/**
	 * Returns whether there is no key, which is asked often.
	 */
	boolean isEmpty(Instant now) {
		if (!this.empty) {
			removeExpired(now);
		}
		return this.empty;
	}

	private synchronized void removeExpired(Instant now) {
		if (!now.isBefore(this.nextExpiry)) {
			this.expiries.values().removeIf((expiry) -> !now.isBefore(expiry));
			this.nextExpiry = this.expiries.values().stream().reduce(Instant.MAX, KeyMemory::earlier);
			this.empty = this.expiries.isEmpty();
		}
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	synchronized int size() {
		return this.expiries.size();
	}

}
