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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What the instances of an application know together: whose turn it is, which instances
 * wait for one and which there are, how many requests were made, until when no call is
 * made, how many users are signed in, and how often they were read again.
 */
final class GateState {

	private static final int LINES = 10;

	private static final Duration HOUR = Duration.ofHours(1);

	private static final String NONE = "-";

	private final List<String> turns;

	private final List<String> waiting;

	/**
	 * When instances have last taken a turn.
	 */
	private final Map<String, Instant> instances = new LinkedHashMap<>();

	private final CountedRequests requests;

	private Instant coolDownUntil = Instant.EPOCH;

	private Duration coolDownGuess = Duration.ZERO;

	private @Nullable Outage outage;

	private Instant outageSince = Instant.EPOCH;

	private Instant probeAt = Instant.EPOCH;

	private Duration pause = Duration.ZERO;

	private String sessions = "";

	private SlidingWindow refreshes = new SlidingWindow(HOUR);

	private Instant circuitChangedAt = Instant.EPOCH;

	private Instant overlapUntil = Instant.EPOCH;

	private GateState(List<String> turns, List<String> waiting, CountedRequests requests) {
		this.turns = turns;
		this.waiting = waiting;
		this.requests = requests;
	}

	/**
	 * Reads the text of a state.
	 * @param text the text, or {@code null} for the state before the first call
	 */
	static GateState parse(@Nullable String text) {
		String[] lines = (text != null) ? text.split("\n", -1)
				: new String[] { "", "", "", "", "", "0 0", NONE + " 0 0 0 0", "", "", "0" };
		Assert.state(lines.length == LINES, "The shared state of the limits is of another version");
		GateState state = new GateState(list(lines[0]), list(lines[1]), CountedRequests.parse(lines[3], lines[4]));
		String[] coolDown = lines[5].split(" ", -1);
		state.coolDownUntil = time(coolDown[0]);
		state.coolDownGuess = duration(coolDown[1]);
		state.sessions = lines[7];
		state.refreshes = SlidingWindow.parse(HOUR, lines[8]);
		state.overlapUntil = time(lines[9]);
		for (String instance : list(lines[2])) {
			int separator = instance.indexOf(':');
			state.instances.put(instance.substring(0, separator), time(instance.substring(separator + 1)));
		}
		String[] circuit = lines[6].split(" ", -1);
		state.setOutage(circuit[0].equals(NONE) ? null : Outage.valueOf(circuit[0]), time(circuit[1]), time(circuit[2]),
				duration(circuit[3]));
		state.setCircuitChangedAt(time(circuit[4]));
		return state;
	}

	private static Instant time(String millis) {
		return Instant.ofEpochMilli(Long.parseLong(millis));
	}

	private static String millis(Instant time) {
		return Long.toString(time.toEpochMilli());
	}

	private static Duration duration(String millis) {
		return Duration.ofMillis(Long.parseLong(millis));
	}

	private static List<String> list(String line) {
		return new ArrayList<>(Arrays.asList(StringUtils.commaDelimitedListToStringArray(line)));
	}

	String format() {
		String seen = this.instances.entrySet()
			.stream()
			.map((instance) -> instance.getKey() + ":" + instance.getValue().toEpochMilli())
			.collect(Collectors.joining(","));
		return String.join("\n", String.join(",", this.turns), String.join(",", this.waiting), seen,
				this.requests.lastHour().format(), this.requests.lastDay().format(),
				millis(this.coolDownUntil) + " " + this.coolDownGuess.toMillis(), formatOutage(), this.sessions,
				this.refreshes.format(), millis(this.overlapUntil));
	}

	private String formatOutage() {
		return String.join(" ", (this.outage != null) ? this.outage.name() : NONE, millis(this.outageSince),
				millis(this.probeAt), Long.toString(this.pause.toMillis()), millis(this.circuitChangedAt));
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

	/**
	 * Notes that an instance exists, and forgets those that have made no call for an
	 * hour.
	 */
	void noteInstance(String instance, Instant now) {
		this.instances.put(instance, now);
		this.instances.values().removeIf((seenAt) -> Duration.between(seenAt, now).abs().compareTo(HOUR) > 0);
	}

	/**
	 * Returns how many instances have made calls within the last hour, at least one.
	 */
	int instances() {
		return Math.max(1, this.instances.size());
	}

	CountedRequests requests() {
		return this.requests;
	}

	/**
	 * Returns what a {@link SessionCount} has written.
	 */
	String sessions() {
		return this.sessions;
	}

	void setSessions(String sessions) {
		this.sessions = sessions;
	}

	/**
	 * Returns how often users were read again within the last hour.
	 */
	SlidingWindow refreshes() {
		return this.refreshes;
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

	/**
	 * Returns how long a cool-down lasts where UltraCart does not say it, or zero if
	 * UltraCart has accepted calls since the last one.
	 */
	Duration coolDownGuess() {
		return this.coolDownGuess;
	}

	void setCoolDownGuess(Duration coolDownGuess) {
		this.coolDownGuess = coolDownGuess;
	}

	/**
	 * Returns until when a call may be made without a turn.
	 */
	Instant overlapUntil() {
		return this.overlapUntil;
	}

	void setOverlapUntil(Instant overlapUntil) {
		this.overlapUntil = overlapUntil;
	}

	/**
	 * Returns when an instance has last changed the state of the circuit.
	 */
	Instant circuitChangedAt() {
		return this.circuitChangedAt;
	}

	void setCircuitChangedAt(Instant circuitChangedAt) {
		this.circuitChangedAt = circuitChangedAt;
	}

	@Nullable Outage outage() {
		return this.outage;
	}

	Instant outageSince() {
		return this.outageSince;
	}

	Instant probeAt() {
		return this.probeAt;
	}

	Duration pause() {
		return this.pause;
	}

	void setOutage(@Nullable Outage outage, Instant since, Instant probeAt, Duration pause) {
		this.outage = outage;
		this.outageSince = (outage != null) ? since : Instant.EPOCH;
		this.probeAt = (outage != null) ? probeAt : Instant.EPOCH;
		this.pause = (outage != null) ? pause : Duration.ZERO;
	}

}
