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

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.session.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CoolDown}.
 */
class CoolDownTests {

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	private final CoolDown coolDown = new CoolDown();

	private final CapturedLog log = CapturedLog.of(CoolDown.class.getName());

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	@Test
	void leftWhenNotBegunThenZero() {
		assertThat(left()).isZero();
	}

	@Test // G4
	void leftWhenTimePassesThenLessUntilZero() {
		tooManyCalls(7);
		assertThat(left()).hasSeconds(7);
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(left()).hasSeconds(1);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(left()).isZero();
	}

	@Test
	void leftWhenUltraCartAsksForMoreThanFiveMinutesThenFiveMinutes() {
		tooManyCalls(301);
		assertThat(left()).hasMinutes(5);
	}

	@Test
	void leftWhenUltraCartDoesNotSayThenLongerEachTimeItProvesTooShort() {
		for (int seconds : new int[] { 30, 60, 120, 240, 300, 300 }) {
			tooManyCalls(null);
			assertThat(left()).hasSeconds(seconds);
			this.clock.advance(left());
		}
	}

	@Test
	void leftWhenAnsweredInBetweenThenShortAgain() {
		tooManyCalls(null);
		this.clock.advance(left());
		tooManyCalls(null);
		this.clock.advance(left());
		answered();
		tooManyCalls(null);
		assertThat(left()).hasSeconds(30);
	}

	@Test // a revocation is made in a cool-down, too
	void leftWhenTooManyCallsInACoolDownThenNeitherGrowsNorShrinks() {
		tooManyCalls(null);
		tooManyCalls(null);
		tooManyCalls(1);
		assertThat(left()).hasSeconds(30);
		tooManyCalls(40);
		assertThat(left()).hasSeconds(40);
	}

	@Test
	void endWhenAnsweredInACoolDownThenGoesOn() {
		tooManyCalls(null);
		answered();
		assertThat(left()).hasSeconds(30);
		assertThat(this.log.messages(Level.INFO)).isEmpty();
	}

	@Test
	void leftWhenClockIsSetBackThenZero() {
		tooManyCalls(300);
		this.clock.advance(Duration.ofHours(-1));
		assertThat(left()).isZero();
		tooManyCalls(7);
		assertThat(left()).hasSeconds(7);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void logWhenTooManyCallsOneAfterTheOtherThenOneWarning(int retryAfter) {
		for (int i = 0; i < 5; i++) {
			tooManyCalls(retryAfter);
			this.clock.advance(Duration.ofSeconds(2));
		}
		assertThat(this.log.messages(Level.WARN)).hasSize(1);
		answered();
		tooManyCalls(retryAfter);
		assertThat(this.log.messages(Level.WARN)).hasSize(2);
	}

	@Test
	void logWhenTooManyCallsThenOneWarningWithTheLimitsAndTheMeter() {
		tooManyCalls(60);
		tooManyCalls(60);
		assertThat(this.log.messages(Level.WARN)).containsExactly(
				"UltraCart has had too many calls (429); no call is made before 2026-11-21T12:01:00Z. UltraCart allows"
						+ " 1,000 calls in an hour and 10,000 in a day, unless agreed otherwise, and no concurrent calls."
						+ " Calls of other applications with the same key or IP address count as well. The meter"
						+ " ultracart.sso.calls shows how many calls this application makes [request id req-1]");
	}

	@Test
	void logWhenAnsweredAgainThenOneLine() {
		answered();
		tooManyCalls(60);
		this.clock.advance(left());
		answered();
		answered();
		assertThat(this.log.messages(Level.INFO))
			.containsExactly("UltraCart accepts calls again after there were too many");
	}

	@Test
	void adoptWhenItEndedWhileTheOthersWereToldOfItThenNotTakenBack() {
		tooManyCalls(null);
		GateState state = GateState.parse(null);
		this.coolDown.share(state, this.clock.instant());
		this.clock.advance(left());
		answered();
		this.coolDown.told();
		this.coolDown.adopt(state, this.clock.instant());
		tooManyCalls(null);
		assertThat(left()).hasSeconds(30);
	}

	private Duration left() {
		return this.coolDown.left(this.clock.instant());
	}

	private void answered() {
		this.coolDown.end(this.clock.instant());
	}

	private void tooManyCalls(@Nullable Integer retryAfter) {
		this.coolDown.begin(UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "429")
			.requestId("req-1")
			.retryAfter((retryAfter != null) ? Duration.ofSeconds(retryAfter) : null)
			.build(), this.clock.instant());
	}

}
