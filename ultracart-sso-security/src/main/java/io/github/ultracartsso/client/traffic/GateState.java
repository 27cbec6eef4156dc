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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What the instances of an application know together: whose turn it is, which instances
 * wait for one, how many requests were made, and until when no call is made.
 */
final class GateState {

	private static final int LINES = 6;

	private static final String NONE = "-";

	private final List<String> turns;

	private final List<String> waiting;

	private final SlidingWindow lastHour;

	private final SlidingWindow lastDay;

	private Instant coolDownUntil;

	private @Nullable Outage outage;

	private Instant probeAt = Instant.EPOCH;

	private Duration pause = Duration.ZERO;

	private GateState(List<String> turns, List<String> waiting, SlidingWindow lastHour, SlidingWindow lastDay,
			Instant coolDownUntil) {
		this.turns = turns;
		this.waiting = waiting;
		this.lastHour = lastHour;
		this.lastDay = lastDay;
		this.coolDownUntil = coolDownUntil;
	}

	/**
	 * Reads the text of a state.
	 * @param text the text, or {@code null} for the state before the first call
	 */
	static GateState parse(@Nullable String text) {
		String[] lines = (text != null) ? text.split("\n", -1) : new String[] { "", "", "", "", "0", NONE };
		Assert.state(lines.length == LINES, "The shared state of the limits is of another version");
		GateState state = new GateState(list(lines[0]), list(lines[1]),
				SlidingWindow.parse(Duration.ofHours(1), lines[2]), SlidingWindow.parse(Duration.ofDays(1), lines[3]),
				Instant.ofEpochMilli(Long.parseLong(lines[4])));
		if (!lines[5].equals(NONE)) {
			String[] circuit = lines[5].split(" ", -1);
			state.setOutage(Outage.valueOf(circuit[0]), Instant.ofEpochMilli(Long.parseLong(circuit[1])),
					Duration.ofMillis(Long.parseLong(circuit[2])));
		}
		return state;
	}

	private static List<String> list(String line) {
		return new ArrayList<>(Arrays.asList(StringUtils.commaDelimitedListToStringArray(line)));
	}

	String format() {
		return String.join("\n", String.join(",", this.turns), String.join(",", this.waiting), this.lastHour.format(),
				this.lastDay.format(), Long.toString(this.coolDownUntil.toEpochMilli()), (this.outage != null)
						? this.outage.name() + " " + this.probeAt.toEpochMilli() + " " + this.pause.toMillis() : NONE);
	}

	/**
	 * Returns those who have the turn.
	 */
	List<String> turns() {
		return this.turns;
	}

	/**
	 * Returns the instances that wait for a turn, in the order in which they came.
	 */
	List<String> waiting() {
		return this.waiting;
	}

	SlidingWindow lastHour() {
		return this.lastHour;
	}

	SlidingWindow lastDay() {
		return this.lastDay;
	}

	Instant coolDownUntil() {
		return this.coolDownUntil;
	}

	/**
	 * Extends the cool-down.
	 * @param until its end, or {@code null} if it is not extended
	 * @param latest when it can end at the latest
	 */
	void setCoolDownUntil(@Nullable Instant until, Instant latest) {
		if (this.coolDownUntil.isAfter(latest)) {
			this.coolDownUntil = Instant.EPOCH;
		}
		if (until != null && until.isAfter(this.coolDownUntil)) {
			this.coolDownUntil = until;
		}
	}

	@Nullable Outage outage() {
		return this.outage;
	}

	Instant probeAt() {
		return this.probeAt;
	}

	Duration pause() {
		return this.pause;
	}

	void setOutage(@Nullable Outage outage, Instant probeAt, Duration pause) {
		this.outage = outage;
		this.probeAt = probeAt;
		this.pause = pause;
	}

	/**
	 * Counts requests.
	 */
	void count(int requests, Instant now) {
		for (int i = 0; i < requests; i++) {
			this.lastHour.add(now);
			this.lastDay.add(now);
		}
	}

}
