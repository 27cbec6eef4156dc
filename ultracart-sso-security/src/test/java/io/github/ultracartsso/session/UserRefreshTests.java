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

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.UserRefresh.Ended;
import io.github.ultracartsso.session.UserRefresh.Kept;
import io.github.ultracartsso.session.UserRefresh.Outcome;
import io.github.ultracartsso.session.UserRefresh.Refreshed;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserRefresh} and its outcomes.
 */
class UserRefreshTests {

	private static final UltraCartUser BEFORE = UltraCartUser.with(42, "Jane!ops").build();

	private static final UltraCartUser NOW = UltraCartUser.with(42, "Jane!sales").build();

	private static final Instant READ_AT = TestSsoSessions.NOW.plusSeconds(1800);

	private static final Refreshed REFRESHED = new Refreshed(NOW, READ_AT, true);

	private static final Ended ENDED = new Ended(Reason.DENIED, true);

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	@Test
	void forStoredWhenTheSameIsStoredThenTheOutcome() {
		SsoSession copy = this.ssoSession.toBuilder().build();
		assertThat(REFRESHED.forStored(copy, this.ssoSession)).isEqualTo(REFRESHED);
		assertThat(ENDED.forStored(copy, this.ssoSession)).isEqualTo(ENDED);
	}

	@Test
	void forStoredWhenReadOrReplacedOrRemovedMeanwhileThenUserIsNotStored() {
		Outcome shared = new Refreshed(NOW, READ_AT, false);
		assertThat(REFRESHED.forStored(readMeanwhile(), this.ssoSession)).isEqualTo(shared);
		assertThat(REFRESHED.forStored(TestSsoSessions.withKey("next-key"), this.ssoSession)).isEqualTo(shared);
		assertThat(REFRESHED.forStored(null, this.ssoSession)).isEqualTo(shared);
	}

	@Test
	void forStoredWhenReadOrReplacedOrRemovedMeanwhileThenSessionIsNotEnded() {
		assertThat(ENDED.forStored(readMeanwhile(), this.ssoSession)).isInstanceOf(Kept.class);
		assertThat(ENDED.forStored(TestSsoSessions.withKey("next-key"), this.ssoSession)).isInstanceOf(Kept.class);
		assertThat(ENDED.forStored(null, this.ssoSession)).isInstanceOf(Kept.class);
	}

	@Test
	void applyToThenUserIsStoredOnlyWhereItWas() {
		SsoSession withoutUser = REFRESHED.applyTo(this.ssoSession);
		assertThat(withoutUser).isEqualTo(this.ssoSession);
		assertThat(withoutUser.userReadAt()).isEqualTo(READ_AT);
		assertThat(withoutUser.user()).isNull();
		SsoSession withUser = REFRESHED.applyTo(this.ssoSession.toBuilder().user(BEFORE).build());
		assertThat(withUser.user()).isSameAs(NOW);
	}

	private SsoSession readMeanwhile() {
		return this.ssoSession.toBuilder().userReadAt(TestSsoSessions.NOW.plusSeconds(1)).build();
	}

}
