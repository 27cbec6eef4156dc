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

package io.github.ultracartsso.client;

import java.time.Duration;
import java.time.Instant;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * The time in which no call is made because UltraCart has answered that there were too
 * many. It lasts as long as UltraCart asks, within reason; where UltraCart does not say,
 * half a minute, and longer each time that proves too short.
 */
final class CoolDown {

	private static final Log logger = LogFactory.getLog(CoolDown.class);

	private static final Duration SHORTEST_GUESS = Duration.ofSeconds(30);

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final CallRate rate;

	private Instant until = Instant.MIN;

	private Duration guess = SHORTEST_GUESS;

	private boolean over = true;

	CoolDown(CallRate rate) {
		this.rate = rate;
	}

	/**
	 * Returns the time that is left: none if it is longer than it can have been, which
	 * shows that the clock has been set back.
	 */
	synchronized Duration left(Instant now) {
		Duration left = now.isBefore(this.until) ? Duration.between(now, this.until) : Duration.ZERO;
		return (left.compareTo(LONGEST) > 0) ? Duration.ZERO : left;
	}

	synchronized void begin(UltraCartApiException ex, Instant now) {
		boolean running = !left(now).isZero();
		Instant proposed = now.plus(length(ex.getRetryAfter(), running));
		if (this.over) {
			logger.warn(LogMessage
				.format("UltraCart has had too many calls (%s); none is made before %s. This application has made %s in"
						+ " the last hour; others with its key or from its address count as well. UltraCart allows"
						+ " 1,000 in an hour and 10,000 in a day, unless agreed otherwise, and none at the same time"
						+ " [request id %s]", ex.getMessage(), proposed, this.rate.lastHour(now), ex.getRequestId()));
		}
		this.over = false;
		this.until = (running && this.until.isAfter(proposed)) ? this.until : proposed;
	}

	/**
	 * Takes note that a call has got another answer.
	 */
	synchronized void end(Instant now) {
		if (!this.over && left(now).isZero()) {
			this.over = true;
			this.guess = SHORTEST_GUESS;
			logger.info("UltraCart answers calls again after there were too many");
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
