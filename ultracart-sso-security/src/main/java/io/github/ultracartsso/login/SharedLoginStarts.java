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

package io.github.ultracartsso.login;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.github.ultracartsso.client.traffic.ResilientLimitStore;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * The starts of logins that the instances of an application share in a store. While the
 * store fails, an instance has its share of the limits for its own starts, and tells the
 * others of them when the store works again. Not safe for use by several threads.
 */
final class SharedLoginStarts {

	private static final Log logger = LogFactory.getLog(SharedLoginStarts.class);

	private static final int MAX_ATTEMPTS = 100;

	private final ResilientLimitStore store;

	private final String name;

	private final int maxStartsPerHour;

	/**
	 * The starts of this instance.
	 */
	private final LoginStarts own;

	/**
	 * Changes that the others do not know of. Unlike starts they may be of logins that
	 * another instance has started.
	 */
	private final Deque<Change> untold = new ArrayDeque<>();

	private boolean failed;

	private boolean unreadable;

	private @Nullable LoginStarts seen;

	private Instant seenAt = Instant.EPOCH;

	SharedLoginStarts(ResilientLimitStore store, String group, int maxStartsPerHour, LoginStarts own) {
		this.store = store;
		// the number is that of the format
		this.name = "starts:1:" + group;
		this.maxStartsPerHour = maxStartsPerHour;
		this.own = own;
	}

	/**
	 * Returns the starts as last seen, without a look at the store.
	 */
	LoginStarts seen() {
		return (this.seen != null && this.store.isAvailable()) ? this.seen : this.own;
	}

	boolean isSeenWithin(Duration time, Instant now) {
		return Duration.between(this.seenAt, now).abs().compareTo(time) < 0;
	}

	/**
	 * Changes the starts.
	 * @param change the change, applied to each copy
	 * @param start whether it is a start, which this instance remembers
	 * @return whether there was something to change
	 */
	boolean change(Change change, boolean start, Instant now) {
		this.own.forgetOld(now);
		if (this.store.isAvailable()) {
			try {
				boolean changed = changeStored(change, now);
				this.own.setInstances(1);
				return changed && change.applyTo(this.own);
			}
			catch (RuntimeException ex) {
				logger.debug("The start budget could not be shared with the other instances", ex);
			}
		}
		this.failed = true;
		this.own.setInstances(this.store.instances());
		boolean changed = change.applyTo(this.own);
		if (changed && !start) {
			keepUntold(change);
		}
		return changed;
	}

	private void keepUntold(Change change) {
		if (this.untold.size() >= this.maxStartsPerHour) {
			this.untold.removeFirst();
		}
		this.untold.addLast(change);
	}

	private boolean changeStored(Change change, Instant now) {
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			String text = this.store.read(this.name);
			LoginStarts starts = parse(text);
			if (this.failed || text == null) {
				// the store may have lost its contents
				starts = starts.mergedWith(this.own);
			}
			starts.forgetOld(now);
			for (Change earlier : this.untold) {
				earlier.applyTo(starts);
			}
			boolean changed = change.applyTo(starts);
			String changedText = starts.format();
			if (changedText.equals((text != null) ? text : "") || this.store.replace(this.name, text, changedText)) {
				told(starts, now);
				return changed;
			}
		}
		throw new IllegalStateException("Other instances change the start budget all the time");
	}

	private void told(LoginStarts starts, Instant now) {
		this.failed = false;
		this.untold.clear();
		this.seen = starts;
		this.seenAt = now;
		this.own.follow(starts);
	}

	/**
	 * Reads a text. One that is damaged is as good as none, because it would stop all
	 * instances for ever.
	 */
	private LoginStarts parse(@Nullable String text) {
		try {
			return LoginStarts.parse(this.maxStartsPerHour, text);
		}
		catch (RuntimeException ex) {
			if (!this.unreadable) {
				this.unreadable = true;
				logger.warn(LogMessage.format("The logins that were started cannot be read from %s and are replaced",
						this.name), ex);
			}
			return new LoginStarts(this.maxStartsPerHour).mergedWith(this.own);
		}
	}

	/**
	 * A change of starts, which can be applied to several copies.
	 */
	@FunctionalInterface
	interface Change {

		/**
		 * Changes the starts.
		 * @return whether there was something to change
		 */
		boolean applyTo(LoginStarts starts);

	}

}
