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

import java.time.Instant;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.TestSsoSessions;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpentLogins}.
 */
class SpentLoginsTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private final SpentLogins spentLogins = new SpentLogins();

	@Test // A3
	void spendWhenSpentBeforeThenFalse() {
		PendingLogin login = new PendingLogin("state", NOW.plusSeconds(60), null, false);
		assertThat(this.spentLogins.spend(login, NOW)).isTrue();
		assertThat(this.spentLogins.spend(login, NOW)).isFalse();
		assertThat(this.spentLogins.spend(login, NOW.plusSeconds(59))).isFalse();
	}

	@Test
	void spendWhenOtherStateThenTrue() {
		assertThat(this.spentLogins.spend(new PendingLogin("first", NOW.plusSeconds(60), null, false), NOW)).isTrue();
		assertThat(this.spentLogins.spend(new PendingLogin("second", NOW.plusSeconds(60), null, false), NOW)).isTrue();
	}

	@Test
	void spendWhenLoginWouldBeTooOldAnywayThenForgotten() {
		PendingLogin login = new PendingLogin("state", NOW.plusSeconds(60), null, false);
		this.spentLogins.spend(login, NOW);
		assertThat(this.spentLogins.spend(login, NOW.plusSeconds(60))).isTrue();
	}

	@Test
	void findWhenLoginSignedTheUserInThenFound() {
		PendingLogin login = new PendingLogin("state", NOW.plusSeconds(60), "/items", false);
		this.spentLogins.spend(login, NOW);
		assertThat(this.spentLogins.find("state", user(1), NOW)).isNull();
		this.spentLogins.complete(login, user(1));
		assertThat(this.spentLogins.find("state", user(1), NOW)).isEqualTo(login);
		assertThat(this.spentLogins.find("state", user(2), NOW)).isNull();
		assertThat(this.spentLogins.find("other", user(1), NOW)).isNull();
		assertThat(this.spentLogins.find("state", user(1), NOW.plusSeconds(60))).isNull();
	}

	private static UltraCartUser user(int userId) {
		return UltraCartUser.with(userId, "jane").build();
	}

}
