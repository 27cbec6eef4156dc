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

import java.time.Duration;
import java.util.stream.Stream;

import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.simulator.state.SsoSessions.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SsoSessions}.
 */
class SsoSessionsTests {

	private final MutableClock clock = new MutableClock("2026-11-21T16:16:50Z");

	private final SsoSessions sessions = new SsoSessions(this.clock, new Secrets(), Duration.ofHours(1));

	@Test
	void startWhenMemoryFullThenOldestDeadKeyForgottenAndLiveOnesKept() {
		Session live = start();
		Session dead = start();
		Session deadLater = start();
		this.sessions.revoke((session) -> session == dead || session == deadLater);
		Stream.generate(this::start).limit(SsoSessions.MEMORY - 3).forEach((session) -> {
		});
		assertThat(this.sessions.find(dead.key())).isSameAs(dead);
		start();
		assertThat(this.sessions.find(dead.key())).isNull();
		assertThat(this.sessions.find(deadLater.key())).isSameAs(deadLater);
		assertThat(this.sessions.find(live.key())).isSameAs(live);
	}

	@Test
	void startWhenMemoryFullOfLiveKeysThenAllKept() {
		Stream.generate(this::start).limit(SsoSessions.MEMORY + 5).forEach((session) -> {
		});
		assertThat(this.sessions.live()).hasSize(SsoSessions.MEMORY + 5);
	}

	private Session start() {
		return this.sessions.start("jane", "127.0.0.1");
	}

}
