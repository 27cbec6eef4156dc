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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SsoSessionPolicy}.
 */
class SsoSessionPolicyTests {

	private static final Duration TIME = Duration.ofMinutes(7);

	@Test
	void buildWhenNothingSetThenDefaults() {
		SsoSessionPolicy policy = SsoSessionPolicy.builder().build();
		assertThat(policy.ipLock()).isEqualTo(IpLock.OFF);
		assertThat(policy.refreshInterval()).hasMinutes(30);
		assertThat(policy.refreshTimeout()).hasSeconds(5);
		assertThat(policy.maxAge()).isNull();
		assertThat(policy.unknownExpiryMaxAge()).hasHours(1);
	}

	@Test
	void buildWhenSetThenEachIsItsOwn() {
		assertThat(SsoSessionPolicy.builder().ipLock(IpLock.PIN).build().ipLock()).isEqualTo(IpLock.PIN);
		assertThat(SsoSessionPolicy.builder().refreshInterval(TIME).build().refreshInterval()).isEqualTo(TIME);
		assertThat(SsoSessionPolicy.builder().refreshTimeout(TIME).build().refreshTimeout()).isEqualTo(TIME);
		assertThat(SsoSessionPolicy.builder().maxAge(TIME).build().maxAge()).isEqualTo(TIME);
		assertThat(SsoSessionPolicy.builder().unknownExpiryMaxAge(TIME).build().unknownExpiryMaxAge()).isEqualTo(TIME);
	}

	@Test
	void refreshIntervalWhenZeroThenNever() {
		assertThat(SsoSessionPolicy.builder().refreshInterval(Duration.ZERO).build().refreshInterval()).isZero();
	}

	@Test
	void maxAgeWhenNullThenNoBound() {
		assertThat(SsoSessionPolicy.builder().maxAge(TIME).maxAge(null).build().maxAge()).isNull();
	}

	@Test
	void refreshIntervalWhenNegativeThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SsoSessionPolicy.builder().refreshInterval(Duration.ofNanos(-1)))
			.withMessage("refreshInterval cannot be negative");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1 })
	void boundsWhenNotPositiveThenThrowIllegalArgumentException(long nanos) {
		Duration time = Duration.ofNanos(nanos);
		assertThatIllegalArgumentException().isThrownBy(() -> SsoSessionPolicy.builder().refreshTimeout(time))
			.withMessage("refreshTimeout must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> SsoSessionPolicy.builder().maxAge(time))
			.withMessage("maxAge must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> SsoSessionPolicy.builder().unknownExpiryMaxAge(time))
			.withMessage("unknownExpiryMaxAge must be positive");
	}

	@Test
	@SuppressWarnings("NullAway")
	void ipLockWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> SsoSessionPolicy.builder().ipLock(null))
			.withMessage("ipLock cannot be null");
	}

}
