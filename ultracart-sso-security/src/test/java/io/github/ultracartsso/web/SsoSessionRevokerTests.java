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

package io.github.ultracartsso.web;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SsoSessionRevoker}.
 */
@Timeout(30)
class SsoSessionRevokerTests {

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final SsoSessionRevoker revoker = new SsoSessionRevoker(this.client);

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	@Test
	void revokeAndWaitWhenUltraCartAnswersThenRevokedOnReturn() {
		this.revoker.revokeAndWait(this.ssoSession);
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test // D5
	void revokeAndWaitWhenUltraCartHangsThenReturnsAfterTimeout() {
		CountDownLatch hanging = new CountDownLatch(1);
		this.client.onRevoke(() -> await(hanging));
		this.revoker.setTimeout(Duration.ofMillis(50));
		this.revoker.revokeAndWait(this.ssoSession);
		assertThat(hanging.getCount()).isOne();
		hanging.countDown();
	}

	@ParameterizedTest // D5
	@EnumSource
	void revokeAndWaitWhenUltraCartFailsThenNothingThrown(UltraCartApiFailure failure) {
		this.client.onRevoke(() -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
		this.revoker.revokeAndWait(this.ssoSession);
		assertThat(this.client.revoked()).hasSize(1);
	}

	@Test
	void revokeAndWaitWhenClientIsBrokenThenNothingThrown() {
		this.client.onRevoke(() -> {
			throw new IllegalStateException("broken");
		});
		this.revoker.revokeAndWait(this.ssoSession);
		assertThat(this.client.revoked()).hasSize(1);
	}

	@Test
	void revokeAndWaitWhenInterruptedThenReturnsInterrupted() {
		CountDownLatch hanging = new CountDownLatch(1);
		this.client.onRevoke(() -> await(hanging));
		Thread.currentThread().interrupt();
		this.revoker.revokeAndWait(this.ssoSession);
		hanging.countDown();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void revokeWhenUltraCartHangsThenCallerGoesOn() {
		CountDownLatch calling = new CountDownLatch(1);
		CountDownLatch hanging = new CountDownLatch(1);
		this.client.onRevoke(() -> {
			calling.countDown();
			await(hanging);
		});
		this.revoker.revoke(this.ssoSession);
		await(calling);
		hanging.countDown();
	}

	@Test
	void revokeWhenTooManyUnderWayThenGivenUpWithoutWaiting() {
		CountDownLatch calling = new CountDownLatch(8);
		CountDownLatch hanging = new CountDownLatch(1);
		this.client.onRevoke(() -> {
			calling.countDown();
			await(hanging);
		});
		for (int i = 0; i < 8; i++) {
			this.revoker.revoke(this.ssoSession);
		}
		await(calling);
		this.revoker.setTimeout(Duration.ofMinutes(1));
		this.revoker.revokeAndWait(this.ssoSession);
		assertThat(this.client.revoked()).hasSize(8);
		hanging.countDown();
	}

	@Test
	void revokeWhenExecutorRefusesThenNothingThrown() {
		SsoSessionRevoker refused = new SsoSessionRevoker(this.client, (task) -> {
			throw new RejectedExecutionException("shut down");
		});
		refused.revoke(this.ssoSession);
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway")
	void settersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionRevoker(null))
			.withMessage("client cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionRevoker(this.client, null))
			.withMessage("executor cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.revoker.setTimeout(null))
			.withMessage("timeout cannot be null");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
