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

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Revocation}.
 */
class RevocationTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private final Revocation revocation = new Revocation(TestSsoSessions.withKey("user-key"),
			Revocation.Occasion.SESSION_ENDED);

	@RepeatedTest(20)
	void nextDelayWhenAskedAgainThenLongerAndAfterFourTimesNoMore() {
		assertThat(nextDelay(null)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1300));
		assertThat(nextDelay(null)).isBetween(Duration.ofMillis(3500), Duration.ofMillis(6500));
		assertThat(nextDelay(null)).isBetween(Duration.ofMillis(17_500), Duration.ofMillis(32_500));
		assertThat(nextDelay(null)).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(120));
		assertThat(nextDelay(null)).isNull();
	}

	@Test
	void nextDelayWhenManyFailTogetherThenNotAllTheSame() {
		assertThat(Stream
			.generate(() -> new Revocation(TestSsoSessions.withKey("user-key"), Revocation.Occasion.SESSION_ENDED))
			.limit(50)
			.map((failed) -> failed.nextDelay(failure(null).build(), NOW))
			.distinct()
			.count()).isGreaterThan(1);
	}

	@ParameterizedTest
	@CsvSource({ "PT1M, PT1M", "PT4M59S, PT4M59S", "PT5M, PT5M", "PT1H, PT5M" })
	void nextDelayWhenUltraCartAsksToWaitThenThatButNotForEver(Duration retryAfter, Duration expected) {
		assertThat(nextDelay(retryAfter)).isEqualTo(expected);
	}

	@Test
	void nextDelayWhenUltraCartAsksToWaitLessThanBackOffThenBackOff() {
		assertThat(nextDelay(Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@CsvSource({ "59, false", "60, false", "61, true" })
	void nextDelayWhenKeyExpiresThenNoneBeyond(int expiresIn, boolean attempted) {
		Revocation shortLived = new Revocation(TestSsoSessions.expiringAt(NOW.plusSeconds(expiresIn)),
				Revocation.Occasion.SESSION_ENDED);
		assertThat(shortLived.nextDelay(failure(Duration.ofSeconds(60)).build(), NOW) != null).isEqualTo(attempted);
	}

	@Test
	void nextDelayWhenHeldBackThenNoAttemptIsUsedUp() {
		UltraCartApiException heldBack = failure(Duration.ZERO).notSent().build();
		for (int i = 0; i < 20; i++) {
			assertThat(this.revocation.nextDelay(heldBack, NOW)).isEqualTo(Duration.ofSeconds(5));
		}
		assertThat(nextDelay(null)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1300));
	}

	@Test
	void beginAttemptWhenBegunThenNoneIsDueUntilTheNext() {
		assertThat(this.revocation.beginAttempt()).isTrue();
		assertThat(this.revocation.isFirstAttempt()).isTrue();
		assertThat(this.revocation.beginAttempt()).isFalse();
		this.revocation.awaitNextAttempt();
		assertThat(this.revocation.beginAttempt()).isTrue();
		assertThat(this.revocation.isFirstAttempt()).isFalse();
		assertThat(this.revocation.beginAttempt()).isFalse();
	}

	private @Nullable Duration nextDelay(@Nullable Duration retryAfter) {
		return this.revocation.nextDelay(failure(retryAfter).build(), NOW);
	}

	private static UltraCartApiException.Builder failure(@Nullable Duration retryAfter) {
		return UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "429").retryAfter(retryAfter);
	}

}
