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

package io.github.ultracartsso.sample.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that runs sixty times as fast as the system's, from a moment at which both show
 * the same time. Several processes that know this moment have the same clock.
 */
final class FastClock extends Clock {

	static final int SPEED = 60;

	private final Clock system = Clock.systemUTC();

	private final Instant origin;

	FastClock(Instant origin) {
		this.origin = origin;
	}

	@Override
	public Instant instant() {
		return this.origin.plus(Duration.between(this.origin, this.system.instant()).multipliedBy(SPEED));
	}

	@Override
	public ZoneId getZone() {
		return this.system.getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}
