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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.SsoSessionWatch.Watch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SsoSessionWatch}.
 */
class SsoSessionWatchTests {

	private static final UltraCartAuthenticationToken JANE = new UltraCartAuthenticationToken(
			UltraCartUser.with(42, "Jane!ops").build(), List.of());

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final ManualRevocationScheduler scheduler = new ManualRevocationScheduler(this.clock);

	private final SsoSessions ssoSessions = ssoSessions(null);

	private SsoSessionWatch watch = new SsoSessionWatch(this.ssoSessions, this.scheduler);

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	private final List<String> closed = new ArrayList<>();

	private SsoSessions ssoSessions(@Nullable Duration maxAge) {
		SsoSessionPolicy defaults = SsoSessionPolicy.DEFAULTS;
		SsoSessions all = new SsoSessions(new SsoSessionPolicy(IpLock.OFF, defaults.refreshInterval(),
				defaults.refreshTimeout(), maxAge, defaults.unknownExpiryMaxAge()));
		all.setClock(this.clock);
		return all;
	}

	@ParameterizedTest
	@ValueSource(strings = { "refused", "signed out", "revoked" })
	void watchWhenSessionEndsThenEachActionRunsOnce(String how) {
		this.watch.watch(this.ssoSession, () -> this.closed.add("one"));
		this.watch.watch(this.ssoSession, () -> this.closed.add("two"));
		this.watch.watch(TestSsoSessions.withKey("other-key"), () -> this.closed.add("other"));
		for (int i = 0; i < 2; i++) {
			switch (how) {
				case "refused" -> this.ssoSessions.refuse(this.ssoSession);
				case "signed out" -> this.ssoSessions.end(this.ssoSession.id(), null);
				default ->
					this.scheduler.newRevoker(new FakeUltraCartSsoClient(), this.ssoSessions).revoke(this.ssoSession);
			}
		}
		assertThat(this.closed).containsExactlyInAnyOrder("one", "two");
		assertThat(this.watch.size()).isOne();
		assertThat(this.scheduler.waiting()).isOne();
	}

	@Test
	void watchWhenSessionHasEndedAlreadyThenActionRunsAtOnce() {
		this.ssoSessions.refuse(this.ssoSession);
		Watch late = this.watch.watch(this.ssoSession, () -> this.closed.add("late"));
		assertThat(this.closed).containsExactly("late");
		assertThat(late.isOver()).isTrue();
		assertThat(this.watch.size()).isZero();
	}

	@Test // no request comes
	void watchWhenSessionExpiresThenActionRuns() {
		Watch own = this.watch.watch(this.ssoSession, () -> this.closed.add("expired"));
		assertThat(own.isOver()).isFalse();
		assertThat(this.scheduler.runNext()).isEqualTo(Duration.ofHours(1));
		assertThat(this.closed).containsExactly("expired");
		assertThat(own.isOver()).isTrue();
		assertThat(this.scheduler.waiting()).isZero();
		assertThat(this.watch.size()).isZero();
	}

	@Test
	void watchWhenSessionReachesItsMaximumAgeThenActionRuns() {
		this.watch = new SsoSessionWatch(ssoSessions(Duration.ofMinutes(20)), this.scheduler);
		this.watch.watch(this.ssoSession, () -> this.closed.add("too old"));
		assertThat(this.scheduler.runNext()).isEqualTo(Duration.ofMinutes(20));
		assertThat(this.closed).containsExactly("too old");
	}

	@Test // the clock may be set meanwhile, and a date may be too far off to wait for
	void watchWhenSessionLastsLongThenLooksAgainEveryHour() {
		this.watch.watch(TestSsoSessions.expiringAt(Instant.MAX), () -> this.closed.add("expired"));
		for (int i = 0; i < 3; i++) {
			assertThat(this.scheduler.runNext()).isEqualTo(Duration.ofHours(1));
		}
		assertThat(this.closed).isEmpty();
		assertThat(this.scheduler.waiting()).isOne();
	}

	@Test
	void closeWhenSessionEndsLaterThenNothingRunsAndNothingIsKept() {
		for (int i = 0; i < 100; i++) {
			this.watch.watch(this.ssoSession, () -> this.closed.add("closed")).close();
		}
		assertThat(this.watch.size()).isZero();
		assertThat(this.scheduler.waiting()).isZero();
		this.ssoSessions.refuse(this.ssoSession);
		assertThat(this.closed).isEmpty();
	}

	@Test
	void watchWhenActionFailsThenTheNextRuns() {
		try (CapturedLog log = CapturedLog.of(SsoSessionWatch.class.getName())) {
			this.watch.watch(this.ssoSession, () -> {
				throw new IllegalStateException("no");
			});
			this.watch.watch(this.ssoSession, () -> this.closed.add("next"));
			this.ssoSessions.refuse(this.ssoSession);
			assertThat(this.closed).containsExactly("next");
			assertThat(log.messages(Level.WARN)).hasSize(1);
		}
	}

	@Test
	void watchWhenAuthenticationHasAccessToTheSessionThenItsExpiryCounts() {
		Authentication jane = this.ssoSessions.bind(JANE, this.ssoSession);
		assertThat(this.watch.watch(jane, () -> this.closed.add("expired"))).isNotNull();
		this.scheduler.runNext();
		assertThat(this.closed).containsExactly("expired");
	}

	@Test
	void watchWhenAuthenticationNamesTheSessionOnlyThenItsOtherEndsCount() {
		Watch own = this.watch.watch(JANE.withSsoSession(this.ssoSession.id(), null), () -> this.closed.add("ended"));
		assertThat(own).isNotNull().returns(false, Watch::isOver);
		assertThat(this.scheduler.waiting()).isZero();
		this.ssoSessions.end(this.ssoSession.id(), null);
		assertThat(this.closed).containsExactly("ended");
		assertThat(own).isNotNull().returns(true, Watch::isOver);
	}

	@Test
	void watchWhenAuthenticationIsOfNoSessionThenNull() {
		assertThat(this.watch.watch((Authentication) null, () -> this.closed.add("ended"))).isNull();
		assertThat(this.watch.watch(JANE, () -> this.closed.add("ended"))).isNull();
		assertThat(this.watch.watch(new TestingAuthenticationToken("jane", null), () -> this.closed.add("ended")))
			.isNull();
	}

	@Test
	void watchWhenShutDownThenNothingIsThrown() {
		this.watch.watch(this.ssoSession, () -> this.closed.add("one"));
		this.watch.destroy();
		this.ssoSessions.refuse(this.ssoSession);
		this.watch.watch(this.ssoSession, () -> this.closed.add("two"));
		assertThat(this.closed).isEmpty();
	}

	@Test
	void watchWhenOwnThreadsThenActionRunsOnOneOfThem() throws Exception {
		SsoSessionWatch own = new SsoSessionWatch(this.ssoSessions);
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		own.watch(this.ssoSession, () -> thread.complete(Thread.currentThread()));
		this.ssoSessions.refuse(this.ssoSession);
		assertThat(thread.get(30, TimeUnit.SECONDS).getName()).startsWith("ultracart-watch-");
		assertThat(thread.get().isDaemon()).isTrue();
		own.destroy();
	}

	@Test
	@SuppressWarnings("NullAway")
	void watchWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionWatch(null))
			.withMessage("ssoSessions cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.watch.watch((SsoSession) null, () -> {
		})).withMessage("ssoSession cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.watch.watch(this.ssoSession, null))
			.withMessage("action cannot be null");
	}

}
