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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SsoSessionRevoker} on threads of its own: who waits for whom.
 */
@Timeout(60)
class SsoSessionRevokerThreadingTests {

	private static final Duration FOR_EVER = Duration.ofDays(1);

	private static final SsoSession SSO_SESSION = TestSsoSessions.withKey("user-key");

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final ObservedScheduler threads = new ObservedScheduler();

	private final SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);

	private final SsoSessionRevoker revoker = new SsoSessionRevoker(this.client, this.ssoSessions,
			new RevocationThreads(this.threads, newScheduler()), FOR_EVER);

	private final List<Object> events = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch calling = new CountDownLatch(1);

	private final CountDownLatch hanging = new CountDownLatch(1);

	@BeforeEach
	void setUp() {
		this.revoker.setClock(new TestClock(TestSsoSessions.NOW));
		this.revoker.setTimeout(FOR_EVER);
		this.revoker.setApplicationEventPublisher(this.events::add);
	}

	@AfterEach
	void release() {
		this.hanging.countDown();
		this.revoker.close();
	}

	@Test
	void revokeAndWaitWhenUltraCartAnswersThenRevokedOnReturn() {
		this.revoker.revokeAndWait(SSO_SESSION);
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test // D5
	void revokeAndWaitWhenUltraCartHangsThenReturnsAfterTimeoutAndCallGoesOn() {
		this.client.onRevoke(() -> await(this.hanging));
		this.revoker.setTimeout(Duration.ofMillis(50));
		this.revoker.revokeAndWait(SSO_SESSION);
		assertThat(this.hanging.getCount()).isOne();
		assertThat(this.events).isEmpty();
	}

	@Test // D5
	void revokeAndWaitWhenFirstAttemptFailsThenRetriesAreNotWaitedFor() {
		this.client.onRevoke(() -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.SERVER_ERROR);
		});
		this.revoker.revokeAndWait(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(1);
	}

	@Test // D7
	void revokeAndWaitWhenAnotherRevokesTheSameKeyThenNotWaitedFor() {
		hang();
		this.revoker.revokeAndWait(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(1);
	}

	@Test
	void revokeAndWaitWhenInterruptedThenReturnsInterrupted() {
		this.client.onRevoke(() -> await(this.hanging));
		Thread.currentThread().interrupt();
		this.revoker.revokeAndWait(SSO_SESSION);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void revokeWhenUltraCartHangsThenCallerGoesOn() {
		hang();
		assertThat(this.hanging.getCount()).isOne();
	}

	@Test
	void revokeWhenOneCallIsUnderWayThenAnotherCanBeMade() {
		CyclicBarrier together = new CyclicBarrier(2);
		this.client.onRevoke(() -> await(together));
		this.revoker.revoke(SSO_SESSION);
		this.revoker.revokeAndWait(TestSsoSessions.withKey("another-key"));
		assertThat(together.isBroken()).isFalse();
		assertThat(this.client.revoked()).hasSize(2);
	}

	@Test
	void closeWhenCallIsUnderWayThenWaitsForIt() {
		AtomicBoolean confirmed = new AtomicBoolean();
		this.client.onRevoke(() -> {
			this.calling.countDown();
			await(this.threads.closing);
			confirmed.set(true);
		});
		this.revoker.revoke(SSO_SESSION);
		await(this.calling);
		this.revoker.close();
		assertThat(confirmed).isTrue();
		assertThat(this.events).isEmpty();
	}

	@Test
	void closeWhenRetryIsDueLaterThenTriesAtOnceAndWaitsForIt() {
		this.client.onRevoke(() -> {
			if (this.client.revoked().size() == 1) {
				throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.SERVER_ERROR);
			}
		});
		this.revoker.revokeAndWait(SSO_SESSION);
		this.revoker.close();
		assertThat(this.client.revoked()).hasSize(2);
		assertThat(this.events).isEmpty();
	}

	@Test
	void closeWhenRetryIsBeingPlannedThenTriesAtOnceAndWaitsForIt() {
		CountDownLatch planning = new CountDownLatch(1);
		this.client.onRevoke(() -> {
			if (this.client.revoked().size() == 1) {
				this.revoker.setClock(new HookedClock(() -> {
					planning.countDown();
					await(this.threads.closing);
				}));
				throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.SERVER_ERROR);
			}
		});
		this.revoker.revoke(SSO_SESSION);
		await(planning);
		this.revoker.close();
		assertThat(this.client.revoked()).hasSize(2);
		assertThat(this.events).isEmpty();
	}

	@Test
	void closeWhenInterruptedThenGivesUpAndReturnsInterrupted() {
		hang();
		Thread.currentThread().interrupt();
		this.revoker.close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.events)
			.containsExactly(new SsoSessionRevocationFailedEvent(SSO_SESSION.userId(), SSO_SESSION.expiresAt(), null));
	}

	@Test
	void closeWhenOutOfTimeThenGivesUpAndInterruptsTheCall() {
		CountDownLatch interrupted = new CountDownLatch(1);
		this.client.onRevoke(() -> {
			this.calling.countDown();
			try {
				this.hanging.await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		});
		SsoSessionRevoker hurried = new SsoSessionRevoker(this.client, this.ssoSessions, new RevocationThreads(),
				Duration.ofMillis(1));
		hurried.setClock(new TestClock(TestSsoSessions.NOW));
		hurried.setApplicationEventPublisher(this.events::add);
		hurried.revoke(SSO_SESSION);
		await(this.calling);
		hurried.close();
		assertThat(this.events).hasSize(1);
		await(interrupted);
	}

	private static ThreadPoolTaskScheduler newScheduler() {
		ThreadPoolTaskScheduler urgent = new ThreadPoolTaskScheduler();
		urgent.setPoolSize(2);
		urgent.setDaemon(true);
		urgent.initialize();
		return urgent;
	}

	private void hang() {
		this.client.onRevoke(() -> {
			this.calling.countDown();
			await(this.hanging);
		});
		this.revoker.revoke(SSO_SESSION);
		await(this.calling);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A clock that stands still, and tells who looks at it.
	 */
	private static final class HookedClock extends Clock {

		private final Runnable hook;

		HookedClock(Runnable hook) {
			this.hook = hook;
		}

		@Override
		public Instant instant() {
			this.hook.run();
			return TestSsoSessions.NOW;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

	/**
	 * Tells when closing has begun, and has asked once for what is due. Nothing else
	 * makes a retry due.
	 */
	private static final class ObservedScheduler extends ThreadPoolTaskScheduler {

		private static final long serialVersionUID = 1L;

		private final CountDownLatch closing = new CountDownLatch(1);

		private final AtomicBoolean scheduled = new AtomicBoolean();

		ObservedScheduler() {
			setPoolSize(2);
			setDaemon(true);
			initialize();
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
			Instant now = Instant.now();
			boolean atOnce = !startTime.isAfter(now);
			boolean byClosing = atOnce && !this.scheduled.compareAndSet(false, true);
			return super.schedule(() -> {
				task.run();
				if (byClosing) {
					this.closing.countDown();
				}
			}, atOnce ? startTime : now.plus(FOR_EVER));
		}

	}

}
