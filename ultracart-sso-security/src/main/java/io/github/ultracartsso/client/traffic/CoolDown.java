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

import io.github.ultracartsso.client.UltraCartApiException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * The time in which no call is made after UltraCart has responded with 429. It lasts
 * until {@code Retry-After}, five minutes at most; without that header half a minute, and
 * twice as long each time that proves too short.
 */
final class CoolDown {

	private static final Log logger = LogFactory.getLog(CoolDown.class);

	private static final Duration SHORTEST_GUESS = Duration.ofSeconds(30);

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private Instant until = Instant.MIN;

	private Duration guess = SHORTEST_GUESS;

	private boolean over = true;

	/**
	 * How often a cool-down has begun or ended here.
	 */
	private int changes;

	/**
	 * The last of these changes that was shared.
	 */
	private int sharedChanges;

	/**
	 * The last of these changes that the other instances know.
	 */
	private int toldChanges;

	/**
	 * Returns the remaining time. It is zero if more remains than is possible, because
	 * the clock has been set back.
	 */
	synchronized Duration left(Instant now) {
		Duration left = now.isBefore(this.until) ? Duration.between(now, this.until) : Duration.ZERO;
		return (left.compareTo(LONGEST) > 0) ? Duration.ZERO : left;
	}

	synchronized void begin(UltraCartApiException ex, Instant now) {
		boolean running = !left(now).isZero();
		Instant proposed = now.plus(length(ex.getRetryAfter(), running));
		if (this.over) {
			logger.warn(LogMessage.format("UltraCart has had too many calls (%s); no call is made before %s. UltraCart"
					+ " allows 1,000 calls in an hour and 10,000 in a day, unless agreed otherwise, and no concurrent"
					+ " calls. Calls of other applications with the same key or IP address count as well. The meter"
					+ " ultracart.sso.calls shows how many calls this application makes [request id %s]",
					ex.getMessage(), proposed, ex.getRequestId()));
		}
		this.over = false;
		this.changes++;
		this.until = (running && this.until.isAfter(proposed)) ? this.until : proposed;
	}

	/**
	 * Tells the other instances of an application.
	 */
	synchronized void share(GateState state, Instant now) {
		this.sharedChanges = this.changes;
		boolean running = !left(now).isZero();
		state.setCoolDownUntil(running ? this.until : null, now.plus(LONGEST));
		if (running || hasUntold()) {
			state.setCoolDownGuess(this.over ? Duration.ZERO : this.guess);
		}
	}

	/**
	 * Notes that the other instances know what was last {@linkplain #share shared}.
	 */
	synchronized void told() {
		this.toldChanges = this.sharedChanges;
	}

	private boolean hasUntold() {
		return this.changes != this.toldChanges;
	}

	/**
	 * Takes over the cool-down of another instance.
	 */
	synchronized void adopt(GateState state, Instant now) {
		// what lies farther ahead was written by a clock that is wrong
		if (state.coolDownUntil().isAfter(this.until) && !state.coolDownUntil().isAfter(now.plus(LONGEST))) {
			this.until = state.coolDownUntil();
		}
		if (!hasUntold() && !state.coolDownUntil().isBefore(this.until)) {
			this.over = state.coolDownGuess().isZero();
			this.guess = this.over ? SHORTEST_GUESS : state.coolDownGuess();
		}
	}

	/**
	 * Notes that UltraCart has responded with something other than 429.
	 */
	synchronized void end(Instant now) {
		if (!this.over && left(now).isZero()) {
			this.over = true;
			this.changes++;
			this.guess = SHORTEST_GUESS;
			logger.info("UltraCart accepts calls again after there were too many");
		}
	}

	private Duration length(@Nullable Duration retryAfter, boolean running) {
		if (retryAfter != null) {
			return shorter(retryAfter, LONGEST);
		}
		if (!running && !this.over) {
			this.guess = shorter(this.guess.multipliedBy(2), LONGEST);
		}
		return this.guess;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
