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

import io.github.ultracartsso.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PendingLogin}.
 */
class PendingLoginTests {

	private static final Instant EXPIRY = Instant.parse("2026-11-21T16:46:50Z");

	private final PendingLogin pendingLogin = new PendingLogin("ultracart", "s7Yp-3kQ_state", EXPIRY.minusSeconds(600),
			EXPIRY, new ReturnTarget("/items?page=2", Instant.EPOCH, false));

	@Test
	void hasStateWhenTheSameThenTrue() {
		assertThat(this.pendingLogin.hasState(new String("s7Yp-3kQ_state".toCharArray()))).isTrue();
	}

	// A2
	@ParameterizedTest
	@ValueSource(strings = { "", "s7Yp-3kQ_stat", "s7Yp-3kQ_state ", "s7Yp-3kQ_statex", "S7Yp-3kQ_state",
			"x7Yp-3kQ_state", "s7Yp-3kQ_st\u00e4te" })
	void hasStateWhenAnotherThenFalse(String state) {
		assertThat(this.pendingLogin.hasState(state)).isFalse();
	}

	// A5
	@Test
	void isExpiredThenFromThatInstantOn() {
		assertThat(this.pendingLogin.isExpired(EXPIRY.minusMillis(1))).isFalse();
		assertThat(this.pendingLogin.isExpired(EXPIRY)).isTrue();
		assertThat(this.pendingLogin.isExpired(EXPIRY.plusSeconds(3600))).isTrue();
	}

	// F1
	@Test
	void toStringThenNoState() {
		assertThat(this.pendingLogin)
			.hasToString("PendingLogin[registrationId=ultracart, expiresAt=2026-11-21T16:46:50Z]");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenIncompleteThenRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PendingLogin("ultracart", null, EXPIRY.minusSeconds(600), EXPIRY, null))
			.withMessage("state cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PendingLogin(null, "state", EXPIRY.minusSeconds(600), EXPIRY, null))
			.withMessage("registrationId cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PendingLogin("ultracart", "state", null, EXPIRY, null))
			.withMessage("startedAt cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PendingLogin("ultracart", "state", EXPIRY.minusSeconds(600), null, null))
			.withMessage("expiresAt cannot be null");
	}

	@Test
	void withTargetWhenNullThenOnlyTheTargetIsMissing() {
		assertThat(this.pendingLogin.withTarget(null))
			.isEqualTo(new PendingLogin("ultracart", "s7Yp-3kQ_state", EXPIRY.minusSeconds(600), EXPIRY, null));
	}

	// I2
	@Test
	void serializationThenEqual() {
		assertThat(Serialization.roundTrip(this.pendingLogin, PendingLogin.class)).isEqualTo(this.pendingLogin);
		PendingLogin withoutTarget = new PendingLogin("ultracart", "state", EXPIRY.minusSeconds(600), EXPIRY, null);
		assertThat(Serialization.roundTrip(withoutTarget, PendingLogin.class)).isEqualTo(withoutTarget);
	}

}
