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

package io.github.ultracartsso.test.simulator.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that can be moved forward against another one. Not part of the API.
 */
public final class MovableClock extends Clock {

	private final Clock base;

	private volatile Duration offset = Duration.ZERO;

	MovableClock(Clock base) {
		this.base = base;
	}

	/**
	 * Moves the clock, in addition to earlier moves.
	 */
	public synchronized void move(Duration duration) {
		this.offset = this.offset.plus(duration);
	}

	/**
	 * Undoes all moves.
	 */
	public void reset() {
		this.offset = Duration.ZERO;
	}

	/**
	 * Returns how far the clock is ahead.
	 */
	public Duration offset() {
		return this.offset;
	}

	@Override
	public Instant instant() {
		return this.base.instant().plus(this.offset);
	}

	@Override
	public ZoneId getZone() {
		return this.base.getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return Clock.offset(this.base.withZone(zone), this.offset);
	}

}
