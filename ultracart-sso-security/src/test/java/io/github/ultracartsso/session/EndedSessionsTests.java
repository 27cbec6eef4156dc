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

package io.github.ultracartsso.session;

import java.time.Instant;

import io.github.ultracartsso.web.TestSsoSessions;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EndedSessions}.
 */
class EndedSessionsTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private final EndedSessions sessions = new EndedSessions();

	@Test // H1
	void isFirstToEndWhenAskedAgainThenOnlyOnce() {
		assertThat(this.sessions.isFirstToEnd("a", NOW)).isTrue();
		assertThat(this.sessions.isFirstToEnd("b", NOW)).isTrue();
		assertThat(this.sessions.isFirstToEnd("a", NOW)).isFalse();
		assertThat(this.sessions.isFirstToEnd("a", NOW.plusSeconds(60))).isFalse();
	}

	@Test
	void isFirstToEndWhenNoRequestCanBeUnderWayThenForgotten() {
		this.sessions.isFirstToEnd("a", NOW);
		assertThat(this.sessions.isFirstToEnd("a", NOW.plusSeconds(61))).isTrue();
	}

}
