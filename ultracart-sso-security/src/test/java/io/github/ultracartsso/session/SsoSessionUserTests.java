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

import io.github.ultracartsso.Serialization;
import io.github.ultracartsso.StoredObjects;
import io.github.ultracartsso.authentication.UltraCartUser;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SsoSessionUser}.
 */
class SsoSessionUserTests {

	private static final Instant LATER = Instant.parse("2026-11-21T12:30:00Z");

	private final SsoSessionUser user = StoredObjects.of(SsoSessionUser.class);

	@Test
	void refreshedThenAnotherUserAndTimeAndAllElseAsBefore() {
		UltraCartUser renamed = UltraCartUser.with(184223, "jane").build();
		SsoSessionUser refreshed = this.user.refreshed(renamed, LATER);
		assertThat(refreshed.user()).isSameAs(renamed);
		assertThat(refreshed.readAt()).isEqualTo(LATER);
		assertThat(refreshed.clientAddress()).isEqualTo("203.0.113.7");
		assertThat(refreshed.afterSessionEnd()).isTrue();
	}

	@Test // I2
	void serializationThenEqual() {
		assertThat(Serialization.roundTrip(this.user, SsoSessionUser.class)).usingRecursiveComparison()
			.isEqualTo(this.user);
		SsoSessionUser unknownAddress = new SsoSessionUser(this.user.user(), LATER, null, false);
		assertThat(Serialization.roundTrip(unknownAddress, SsoSessionUser.class)).isEqualTo(unknownAddress);
	}

	@Test // F1
	void toStringThenNothingPersonalButTheLogin() {
		assertThat(this.user.toString()).contains("Jane!ops").doesNotContain("Jane Example", "jane@merchant.example");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenIncompleteThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionUser(null, LATER, null, false))
			.withMessage("user cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionUser(this.user.user(), null, null, false))
			.withMessage("readAt cannot be null");
	}

}
