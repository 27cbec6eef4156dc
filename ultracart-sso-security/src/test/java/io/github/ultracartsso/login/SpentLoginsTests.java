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

package io.github.ultracartsso.login;

import java.time.Duration;
import java.time.Instant;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSsoSessions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpentLogins}.
 */
class SpentLoginsTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private final TestClock clock = new TestClock(NOW);

	private final SpentLogins spentLogins = new SpentLogins(Duration.ofMinutes(10));

	@BeforeEach
	void setUp() {
		this.spentLogins.setClock(this.clock);
	}

	@Test // A3
	void spendWhenSpentBeforeThenFalse() {
		PendingLogin login = login("state");
		assertThat(this.spentLogins.spend(login)).isTrue();
		assertThat(this.spentLogins.spend(login)).isFalse();
		this.clock.advance(Duration.ofMinutes(10).minusNanos(1));
		assertThat(this.spentLogins.spend(login)).isFalse();
	}

	@Test
	void spendWhenOtherStateThenTrue() {
		assertThat(this.spentLogins.spend(login("first"))).isTrue();
		assertThat(this.spentLogins.spend(login("second"))).isTrue();
	}

	@Test
	void spendWhenLoginHasExpiredAnywayThenForgotten() {
		this.spentLogins.spend(login("state"));
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(this.spentLogins.spend(login("state"))).isTrue();
	}

	@Test
	void spendWhenMoreThanAHundredThousandThenTheOldestIsForgotten() {
		for (int i = 0; i <= 100_000; i++) {
			this.spentLogins.spend(login("state-" + i));
		}
		assertThat(this.spentLogins.spend(login("state-1"))).isFalse();
		assertThat(this.spentLogins.spend(login("state-0"))).isTrue();
	}

	@Test
	void findWhenLoginSignedTheUserInThenFound() {
		PendingLogin login = login("state");
		this.spentLogins.spend(login);
		assertThat(this.spentLogins.find("state", user(1))).isNull();
		this.spentLogins.complete(login, user(1));
		assertThat(this.spentLogins.find("state", user(1))).isEqualTo(new CompletedLogin("/items"));
		assertThat(this.spentLogins.find("state", user(2))).isNull();
		assertThat(this.spentLogins.find("other", user(1))).isNull();
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(this.spentLogins.find("state", user(1))).isNull();
	}

	@Test
	void completeWhenLoginWasNeverSpentThenNotFound() {
		this.spentLogins.complete(login("state"), user(1));
		assertThat(this.spentLogins.find("state", user(1))).isNull();
	}

	private static PendingLogin login(String state) {
		return new PendingLogin("ultracart", state, NOW.plusSeconds(600).minusSeconds(600), NOW.plusSeconds(600),
				new ReturnTarget("/items", Instant.EPOCH, false));
	}

	private static UltraCartUser user(int userId) {
		return UltraCartUser.with(userId, "jane").build();
	}

}
