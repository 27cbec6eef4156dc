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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.client.traffic.SlidingWindow;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The logins that were started within the last hour, how many new browsers have started
 * and not completed within the last day, and who may start how many. Not safe for use by
 * several threads.
 */
final class LoginStarts {

	/**
	 * A browser that restores its tabs starts as many logins at once.
	 */
	private static final int MIN_SHARE = 16;

	/**
	 * Calls that a new browser can cause with one login: a start, and the exchange of a
	 * forged code.
	 */
	private static final int CALLS_OF_START = 2;

	private static final int HOURS_OF_DAY = 24;

	static final Duration HOUR = Duration.ofHours(1);

	private static final Duration DAY = Duration.ofDays(1);

	/**
	 * How much the clocks of two instances may differ. A start with less of its hour left
	 * is not restored from memory, because an instance whose clock is ahead may have
	 * removed it from the store.
	 */
	private static final Duration SKEW = Duration.ofMinutes(2);

	private static final String ABANDONED = "abandoned";

	private static final String COMPLETED = "completed";

	private final Limits limits;

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

	/**
	 * Starts of new browsers that were not completed within their hour, by the time at
	 * which they were made.
	 */
	private final SlidingWindow abandoned = new SlidingWindow(DAY);

	/**
	 * Those of them that have been counted since this instance last knew what the others
	 * have counted.
	 */
	private SlidingWindow abandonedAlone = new SlidingWindow(DAY);

	LoginStarts(Limits limits) {
		this.limits = limits;
		this.all = new Share(limits.all);
		this.ofNewBrowsers = new Share(limits.ofNewBrowsers);
	}

	Limits limits() {
		return this.limits;
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
	static LoginStarts parse(Limits limits, @Nullable String text) {
		LoginStarts starts = new LoginStarts(limits);
		for (String line : StringUtils.tokenizeToStringArray(text, "\n")) {
			String[] parts = line.split(" ", 3);
			if (parts[0].equals(ABANDONED)) {
				starts.abandoned.merge(SlidingWindow.parse(DAY, line.substring(ABANDONED.length())));
				continue;
			}
			Start start = new Start(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1], parts[2]);
			starts.add(start);
			if (start.source.equals(COMPLETED)) {
				starts.completed(start);
			}
		}
		return starts;
	}

	/**
	 * Writes the starts, oldest first, with digests of addresses.
	 */
	String format() {
		String day = this.abandoned.format();
		return Stream
			.concat(day.isEmpty() ? Stream.empty() : Stream.of(ABANDONED + " " + day),
					this.all.starts.stream()
						.map((start) -> start.at.toEpochMilli() + " " + start.state + " "
								+ (this.uncompleted.containsKey(start.state) ? start.source : COMPLETED)))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Returns these starts and those of others, in the order in which they were made.
	 * Where the others know of more, as after a store has lost its contents, these hold,
	 * but not what may have been forgotten here because it is an hour old.
	 */
	LoginStarts mergedWith(LoginStarts others, Instant now) {
		Map<String, Start> byState = new HashMap<>();
		this.all.starts.forEach((start) -> byState.put(start.state, start));
		others.all.starts.stream()
			.filter((start) -> Duration.between(start.at, now).compareTo(HOUR.minus(SKEW)) < 0)
			.forEach((start) -> byState.putIfAbsent(start.state, start));
		LoginStarts merged = new LoginStarts(this.limits);
		merged.abandoned.merge(this.abandoned);
		merged.abandoned.merge(others.abandoned);
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
	 * Completes the starts that are completed elsewhere, and takes over what is known
	 * there of the day.
	 */
	void follow(LoginStarts others) {
		this.all.starts.stream().filter(others::isCompleted).forEach(this::completed);
		this.abandoned.merge(others.abandoned);
		this.abandonedAlone = new SlidingWindow(DAY);
	}

	/**
	 * Forgets what is an hour old, and counts what was not completed until it is a day
	 * old.
	 */
	void countAndForgetOld(Instant now) {
		this.all.starts.stream()
			.takeWhile((start) -> isHourApart(start.at, now))
			.filter((start) -> this.uncompleted.containsKey(start.state) && !StartingBrowser.isKnown(start.source))
			.forEach((start) -> {
				this.abandoned.add(start.at);
				this.abandonedAlone.add(start.at);
			});
		forgetOld(now);
	}

	/**
	 * Forgets what is an hour old, and what lies an hour in the future because the clock
	 * has been set back. For a copy of starts that are counted in another copy.
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
	@Nullable Instant nextStart(StartingBrowser browser, Instant now) {
		Share ofBrowser = this.ofSource.get(browser.source());
		return Stream
			.concat(Stream.of(this.all, browser.isKnown() ? null : this.ofNewBrowsers, ofBrowser)
				.filter((share) -> share != null && share.left() == 0)
				.map((share) -> share.oldest().at.plus(HOUR)),
					Stream.ofNullable((browser.isKnown() || leftInDay(now) > 0) ? null : nextInDay(now)))
			.max(Instant::compareTo)
			.orElse(null);
	}

	/**
	 * Returns how many logins new browsers can start as far as the day is concerned. The
	 * window ends where the starts of the last hour begin. What is left of it is divided
	 * among the instances, and not the whole, of which an instance may know that others
	 * have used more than its share.
	 */
	private int leftInDay(Instant now) {
		int left = (limitOfDay() - assumedAbandoned().count(now.minus(HOUR))) / this.instances;
		return Math.max(0, left - startsOfNewBrowsers());
	}

	private Instant nextInDay(Instant now) {
		int left = Math.max(0, limitOfDay() - this.instances * (startsOfNewBrowsers() + 1));
		return now.plus(assumedAbandoned().untilAtMost(left, now.minus(HOUR)));
	}

	private int limitOfDay() {
		return Math.max(this.instances, this.limits.ofNewBrowsersInDay);
	}

	/**
	 * The starts that are known to be abandoned, if each instance has as many that the
	 * others do not know of.
	 */
	private SlidingWindow assumedAbandoned() {
		SlidingWindow assumed = new SlidingWindow(DAY);
		assumed.merge(this.abandoned);
		assumed.addAll(this.abandonedAlone, this.instances - 1);
		return assumed;
	}

	int startsOfNewBrowsersInDay(Instant now) {
		return startsOfNewBrowsers() + this.abandoned.count(now.minus(HOUR));
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
		this.ofSource.computeIfAbsent(start.source, (source) -> new Share(this.limits.of(source))).starts.add(start);
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
		return this.all.left() == 0;
	}

	int startsOfNewBrowsers() {
		return this.ofNewBrowsers.starts.size();
	}

	/**
	 * Returns how many logins can be started now.
	 */
	int left(boolean known, Instant now) {
		return known ? this.all.left() : Math.min(Math.min(this.all.left(), this.ofNewBrowsers.left()), leftInDay(now));
	}

	/**
	 * How many logins may be started within an hour.
	 *
	 * @param all by all browsers
	 * @param ofNewBrowsers by new browsers, and not completed
	 * @param ofNewBrowsersInDay the same within a day
	 * @param ofNetwork by the new browsers of one network, and not completed
	 * @param ofKnownBrowser by one known browser, and not completed
	 */
	record Limits(int all, int ofNewBrowsers, int ofNewBrowsersInDay, int ofNetwork, int ofKnownBrowser) {

		/**
		 * Leaves half of the starts and half of the calls to known browsers, whatever new
		 * ones do, and half of the part of new browsers to those of other networks.
		 */
		static Limits of(int maxStartsPerHour, int callsPerHour, int callsPerDay) {
			int inHour = Math.max(1, Math.min(maxStartsPerHour, callsPerHour / CALLS_OF_START) / 2);
			int inDay = Math.max(1, callsPerDay / CALLS_OF_START / 2);
			int tenth = maxStartsPerHour / 10;
			int ofNetwork = Math.max(MIN_SHARE, Math.min(tenth, inDay / HOURS_OF_DAY / 2));
			return new Limits(maxStartsPerHour, inHour, inDay, Math.max(1, Math.min(ofNetwork, inHour / 2)),
					Math.max(MIN_SHARE, tenth));
		}

		private int of(String source) {
			return StartingBrowser.isKnown(source) ? this.ofKnownBrowser : this.ofNetwork;
		}

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
