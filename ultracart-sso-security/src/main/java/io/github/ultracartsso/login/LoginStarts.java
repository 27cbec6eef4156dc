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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The logins that were started within the last hour, and who may start how many. Not safe
 * for use by several threads.
 */
final class LoginStarts {

	/**
	 * A browser that restores its tabs starts as many logins at once.
	 */
	private static final int MIN_SHARE = 16;

	static final Duration HOUR = Duration.ofHours(1);

	private final int maxStartsPerHour;

	private int instances = 1;

	private final Share all;

	/**
	 * Starts of new browsers that have not been completed.
	 */
	private final Share ofNewBrowsers;

	/**
	 * Starts of one source that have not been completed. There are no more entries than
	 * starts in an hour.
	 */
	private final Map<String, Share> ofSource = new HashMap<>();

	private final Set<String> states = new HashSet<>();

	private final Map<String, Start> uncompleted = new HashMap<>();

	LoginStarts(int maxStartsPerHour) {
		this.maxStartsPerHour = maxStartsPerHour;
		this.all = new Share(maxStartsPerHour);
		// whatever the budget is, known browsers have a part
		this.ofNewBrowsers = new Share(maxStartsPerHour / 2);
	}

	/**
	 * Sets among how many instances, which know nothing of each other's starts, the
	 * limits are divided.
	 */
	void setInstances(int instances) {
		this.instances = instances;
	}

	/**
	 * Reads what {@link #format} has written.
	 */
	static LoginStarts parse(int maxStartsPerHour, @Nullable String text) {
		LoginStarts starts = new LoginStarts(maxStartsPerHour);
		for (String line : StringUtils.tokenizeToStringArray(text, "\n")) {
			String[] parts = line.split(" ", -1);
			Start start = new Start(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1], parts[2]);
			starts.add(start);
			if (parts.length > 3) {
				starts.completed(start);
			}
		}
		return starts;
	}

	/**
	 * Writes the starts, oldest first, with digests of addresses.
	 */
	String format() {
		return this.all.starts.stream()
			.map((start) -> start.at.toEpochMilli() + " " + start.state + " " + start.source
					+ (this.uncompleted.containsKey(start.state) ? "" : " completed"))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Returns these starts and those of others, in the order in which they were made.
	 */
	LoginStarts mergedWith(LoginStarts others) {
		Map<String, Start> byState = new HashMap<>();
		Stream.of(this, others)
			.flatMap((starts) -> starts.all.starts.stream())
			.forEach((start) -> byState.putIfAbsent(start.state, start));
		LoginStarts merged = new LoginStarts(this.maxStartsPerHour);
		byState.values().stream().sorted(Comparator.comparing((start) -> start.at)).forEach((start) -> {
			merged.add(start);
			if (isCompleted(start) || others.isCompleted(start)) {
				merged.completed(start);
			}
		});
		return merged;
	}

	private boolean isCompleted(Start start) {
		return has(start.state) && !this.uncompleted.containsKey(start.state);
	}

	private boolean has(String state) {
		return this.states.contains(state);
	}

	/**
	 * Forgets the starts that others do not have, and completes those that are completed
	 * there.
	 */
	void follow(LoginStarts others) {
		for (Start start : List.copyOf(this.all.starts)) {
			if (!others.has(start.state)) {
				forget(start);
			}
			else if (others.isCompleted(start)) {
				completed(start);
			}
		}
	}

	/**
	 * Forgets what is an hour old, and what lies an hour in the future because the clock
	 * has been set back.
	 */
	void forgetOld(Instant now) {
		while (!this.all.starts.isEmpty() && isHourApart(this.all.oldest().at, now)) {
			forget(this.all.oldest());
		}
	}

	static boolean isHourApart(Instant time, Instant now) {
		return Duration.between(time, now).abs().compareTo(HOUR) >= 0;
	}

	/**
	 * Returns when the browser can start a login.
	 * @return the time, or {@code null} if it can do so now
	 */
	@Nullable Instant nextStart(StartingBrowser browser) {
		Share ofBrowser = this.ofSource.get(browser.source());
		return Stream.of(this.all, browser.isKnown() ? null : this.ofNewBrowsers, ofBrowser)
			.filter((share) -> share != null && share.isSpent())
			.map((share) -> share.oldest().at.plus(HOUR))
			.max(Instant::compareTo)
			.orElse(null);
	}

	void add(Instant now, String state, StartingBrowser browser) {
		add(new Start(now, state, browser.source()));
	}

	private void add(Start start) {
		this.all.starts.add(start);
		this.states.add(start.state);
		this.uncompleted.put(start.state, start);
		if (!StartingBrowser.isKnown(start.source)) {
			this.ofNewBrowsers.starts.add(start);
		}
		this.ofSource.computeIfAbsent(start.source,
				(source) -> new Share(Math.max(MIN_SHARE, this.maxStartsPerHour / 10))).starts
			.add(start);
	}

	/**
	 * Gives the place of a login in the parts of its source back, because it is
	 * completed.
	 */
	void complete(String state) {
		Start start = this.uncompleted.get(state);
		if (start != null) {
			completed(start);
		}
	}

	/**
	 * Forgets a login that was not started after all.
	 */
	void remove(String state) {
		Start start = this.uncompleted.get(state);
		if (start != null) {
			forget(start);
		}
	}

	private void forget(Start start) {
		this.all.starts.remove(start);
		this.states.remove(start.state);
		completed(start);
	}

	private void completed(Start start) {
		this.uncompleted.remove(start.state);
		this.ofNewBrowsers.starts.remove(start);
		this.ofSource.computeIfPresent(start.source, (source, share) -> share.without(start));
	}

	boolean isSpent() {
		return this.all.isSpent();
	}

	int startsOfNewBrowsers() {
		return this.ofNewBrowsers.starts.size();
	}

	/**
	 * Returns how many logins can be started now.
	 */
	int left(boolean known) {
		return known ? this.all.left() : Math.min(this.all.left(), this.ofNewBrowsers.left());
	}

	/**
	 * A start. Compared by identity, because several can have the same time.
	 */
	private static final class Start {

		private final Instant at;

		private final String state;

		private final String source;

		private Start(Instant at, String state, String source) {
			this.at = at;
			this.state = state;
			this.source = source;
		}

	}

	/**
	 * The starts of the last hour, oldest first, and how many there may be.
	 */
	private final class Share {

		private final Set<Start> starts = new LinkedHashSet<>();

		private final int limit;

		private Share(int limit) {
			this.limit = limit;
		}

		private int limit() {
			return Math.max(1, this.limit / LoginStarts.this.instances);
		}

		private boolean isSpent() {
			return left() == 0;
		}

		private int left() {
			return Math.max(0, limit() - this.starts.size());
		}

		private Start oldest() {
			return this.starts.iterator().next();
		}

		private @Nullable Share without(Start start) {
			this.starts.remove(start);
			return this.starts.isEmpty() ? null : this;
		}

	}

}
