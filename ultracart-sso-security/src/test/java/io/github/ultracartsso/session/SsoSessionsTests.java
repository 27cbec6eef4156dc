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
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.ultracartsso.Serialization;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SsoSessions}.
 */
class SsoSessionsTests {

	private static final String HOME = "127.0.0.1";

	private static final String ELSEWHERE = "198.51.100.9";

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	private static final UltraCartUser JOE = UltraCartUser.with(43, "Joe!ops").build();

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final List<Object> events = new ArrayList<>();

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	private final SsoSessions ssoSessions = withPolicy(SsoSessionPolicy.DEFAULTS);

	@Test
	void judgeWhenItLastsThenGoesOn() {
		assertThat(this.ssoSessions.judge(this.ssoSession, JANE, HOME)).isEqualTo(new Verdict.GoesOn(false));
	}

	@ParameterizedTest
	@CsvSource({ "PT29M59.999S, false", "PT30M, true", "PT59M, true" })
	void judgeWhenRefreshIntervalIsReachedThenGoesOnAndRefreshIsDue(Duration age, boolean due) {
		this.clock.advance(age);
		assertThat(this.ssoSessions.judge(this.ssoSession, JANE, HOME)).isEqualTo(new Verdict.GoesOn(due));
	}

	@Test // A10
	void judgeWhenOfAnotherUserThenOver() {
		assertThat(this.ssoSessions.judge(this.ssoSession, JOE, HOME)).isEqualTo(new Verdict.Over(Reason.OTHER_USER));
		SsoSession unread = this.ssoSession.toBuilder().userId(null).build();
		assertThat(this.ssoSessions.judge(unread, JANE, HOME)).isEqualTo(new Verdict.Over(Reason.OTHER_USER));
	}

	@Test // D4
	void judgeWhenKeyHasExpiredThenOver() {
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.ssoSessions.judge(this.ssoSession, JANE, HOME)).isEqualTo(new Verdict.Over(Reason.EXPIRED));
	}

	@Test // D4
	void judgeWhenMaximumAgeIsReachedThenOver() {
		SsoSessions bounded = withPolicy(policy(IpLock.OFF, Duration.ofMinutes(1)));
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(bounded.judge(this.ssoSession, JANE, HOME)).isEqualTo(new Verdict.Over(Reason.EXPIRED));
	}

	@Test // D4
	void judgeWhenKeyWasRefusedThenOverAndOthersGoOn() {
		this.ssoSessions.refuse(this.ssoSession);
		assertThat(this.ssoSessions.judge(copyOf(this.ssoSession), JANE, HOME))
			.isEqualTo(new Verdict.Over(Reason.REFUSED));
		assertThat(this.ssoSessions.judge(TestSsoSessions.withKey("another-key"), JANE, HOME))
			.isEqualTo(new Verdict.GoesOn(false));
	}

	@ParameterizedTest
	@CsvSource({ "OFF, false", "WARN, false", "PIN, true", "ENFORCE, true" })
	void judgeWhenFromElsewhereThenAsTheLockSays(IpLock lock, boolean foreign) {
		assertThat(withPolicy(policy(lock, null)).judge(this.ssoSession, JANE, ELSEWHERE))
			.isEqualTo(foreign ? new Verdict.Foreign() : new Verdict.GoesOn(false));
		assertThat(this.events).hasSize((lock == IpLock.OFF) ? 0 : 1);
	}

	@ParameterizedTest // or anyone with the cookie could end the owner's session
	@MethodSource
	void judgeWhenFromElsewhereAndOverThenForeignFirst(UltraCartUser user, Duration age, boolean refused) {
		SsoSessions pinned = withPolicy(policy(IpLock.PIN, Duration.ofMinutes(50)));
		this.clock.advance(age);
		if (refused) {
			pinned.refuse(this.ssoSession);
		}
		assertThat(pinned.judge(this.ssoSession, user, HOME)).isInstanceOf(Verdict.Over.class);
		assertThat(pinned.judge(this.ssoSession, user, ELSEWHERE)).isEqualTo(new Verdict.Foreign());
	}

	static List<Object[]> judgeWhenFromElsewhereAndOverThenForeignFirst() {
		return List.of(new Object[] { JOE, Duration.ZERO, false }, new Object[] { JANE, Duration.ofMinutes(50), false },
				new Object[] { JANE, Duration.ofHours(2), false }, new Object[] { JANE, Duration.ZERO, true });
	}

	@Test
	void isRefusedThenOnlyWhatWasRefused() {
		this.ssoSessions.close(TestSsoSessions.withKey("another-key"));
		assertThat(this.ssoSessions.isRefused(TestSsoSessions.withKey("another-key"))).isFalse();
		this.ssoSessions.refuse(this.ssoSession);
		assertThat(this.ssoSessions.isRefused(copyOf(this.ssoSession))).isTrue();
	}

	@Test // H1
	void endThenTrueForTheFirstCallerOnly() {
		assertThat(this.ssoSessions.end(this.ssoSession.id(), null)).isTrue();
		assertThat(this.ssoSessions.end(this.ssoSession.id(), null)).isFalse();
		assertThat(this.ssoSessions.end("another", null)).isTrue();
	}

	@Test // H1
	@Timeout(30)
	void endWhenManyAtOnceThenExactlyOneIsFirst() throws Exception {
		int callers = 2;
		int sessions = 1000;
		CyclicBarrier together = new CyclicBarrier(callers);
		Callable<Integer> caller = () -> {
			int first = 0;
			for (int i = 0; i < sessions; i++) {
				together.await(10, TimeUnit.SECONDS);
				if (this.ssoSessions.end("id-" + i, null)) {
					first++;
				}
			}
			return first;
		};
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try {
			int first = 0;
			for (Future<Integer> ends : executor.invokeAll(Collections.nCopies(callers, caller))) {
				first += ends.get();
			}
			assertThat(first).isEqualTo(sessions);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test // D7
	void revokeThenTrueForTheFirstCallerOnlyWhateverElseHappened() {
		this.ssoSessions.refuse(this.ssoSession);
		this.ssoSessions.end(this.ssoSession.id(), null);
		this.ssoSessions.close(this.ssoSession);
		assertThat(this.ssoSessions.revoke(this.ssoSession)).isTrue();
		assertThat(this.ssoSessions.revoke(copyOf(this.ssoSession))).isFalse();
	}

	@Test
	void marksWhenAnotherIsAddedThenAllAreRememberedForTheFullTime() {
		SsoSession lasting = this.ssoSession.toBuilder().expiresAt(Instant.MAX).build();
		this.ssoSessions.refuse(lasting);
		this.clock.advance(Duration.ofHours(23));
		this.ssoSessions.end(lasting.id(), null);
		this.clock.advance(Duration.ofHours(23));
		assertThat(this.ssoSessions.isRefused(lasting)).isTrue();
		assertThat(this.ssoSessions.end(lasting.id(), null)).isFalse();
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.ssoSessions.isRefused(lasting)).isFalse();
	}

	@ParameterizedTest
	@MethodSource("marks")
	void isUsableWhenMarkedThenNot(Mark mark) {
		assertThat(this.ssoSessions.isUsable(this.ssoSession)).isTrue();
		mark.on(this.ssoSessions).accept(this.ssoSession);
		assertThat(this.ssoSessions.isUsable(copyOf(this.ssoSession))).isFalse();
		assertThat(this.ssoSessions.isUsable(TestSsoSessions.withKey("another-key"))).isTrue();
	}

	static List<Mark> marks() {
		return List.of((sessions) -> sessions::refuse, (sessions) -> sessions::close, (sessions) -> sessions::revoke,
				(sessions) -> (marked) -> sessions.end(marked.id(), null));
	}

	@Test // D4
	void isUsableWhenExpiredOrTooOldThenNot() {
		SsoSessions bounded = withPolicy(policy(IpLock.OFF, Duration.ofMinutes(1)));
		this.clock.advance(Duration.ofMinutes(1).minusNanos(1));
		assertThat(bounded.isUsable(this.ssoSession)).isTrue();
		this.clock.advance(Duration.ofNanos(1));
		assertThat(bounded.isUsable(this.ssoSession)).isFalse();
		assertThat(this.ssoSessions.isUsable(this.ssoSession)).isTrue();
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.ssoSessions.isUsable(this.ssoSession)).isFalse();
	}

	@Test
	void bindThenTokenGivesAccessForAsLongAsTheSsoSessionMayBeUsed() {
		UltraCartAuthenticationToken bound = bound(this.ssoSessions, this.ssoSession);
		assertThat(bound.getSsoSessionId()).isEqualTo(this.ssoSession.id());
		assertThat(key(bound)).isEqualTo(SimpleKey.of("user-key"));
		this.ssoSessions.close(this.ssoSession);
		assertThat(key(bound)).isNull();
	}

	@Test
	void bindWhenBoundAlreadyThenTheSame() {
		Authentication bound = this.ssoSessions.bind(token(), this.ssoSession);
		assertThat(this.ssoSessions.bind(bound, copyOf(this.ssoSession))).isSameAs(bound);
	}

	@Test
	void bindWhenBoundToAnotherSsoSessionOrByAnotherApplicationThenBoundAnew() {
		Authentication bound = this.ssoSessions.bind(token(), this.ssoSession);
		SsoSession next = TestSsoSessions.withKey("next-key");
		assertThat(key((UltraCartAuthenticationToken) this.ssoSessions.bind(bound, next)))
			.isEqualTo(SimpleKey.of("next-key"));
		assertThat(withPolicy(SsoSessionPolicy.DEFAULTS).bind(bound, this.ssoSession)).isNotSameAs(bound);
	}

	@Test
	void bindWhenOfAnotherClassThenTheSame() {
		Authentication other = new TestingAuthenticationToken("jane", null);
		assertThat(this.ssoSessions.bind(other, this.ssoSession)).isSameAs(other);
		assertThat(this.ssoSessions.bindBetweenRequests(other, this.ssoSession)).isSameAs(other);
	}

	@ParameterizedTest
	@EnumSource
	void bindBetweenRequestsThenAccessOnlyWhereSessionsAreNotLockedToAnAddress(IpLock lock) {
		SsoSessions locked = withPolicy(policy(lock, null));
		UltraCartAuthenticationToken stored = (UltraCartAuthenticationToken) locked
			.bindBetweenRequests(locked.bind(token(), this.ssoSession), this.ssoSession);
		assertThat(stored.getSsoSessionId()).isEqualTo(this.ssoSession.id());
		assertThat(stored.simpleKeySupplier() != null).isEqualTo(lock == IpLock.OFF || lock == IpLock.WARN);
	}

	@Test // F1, F2
	void bindThenAccessIsNeitherStoredNorPrinted() {
		UltraCartAuthenticationToken bound = bound(this.ssoSessions, this.ssoSession);
		assertThat(Serialization.storedForm(bound)).doesNotContain("user-key");
		assertThat(bound.toString() + bound.simpleKeySupplier()).doesNotContain("user-key");
		UltraCartAuthenticationToken copy = Serialization.roundTrip(bound, UltraCartAuthenticationToken.class);
		assertThat(copy.simpleKeySupplier()).isNull();
		assertThat(copy.getSsoSessionId()).isEqualTo(this.ssoSession.id());
	}

	@Test // B2
	void checkLoginWhenUltraCartSawAnotherAddressThenAsTheLockSays() {
		SsoSession elsewhere = this.ssoSession.toBuilder().ipAddress(ELSEWHERE).build();
		this.ssoSessions.checkLogin(elsewhere);
		assertThatExceptionOfType(UltraCartLoginException.class)
			.isThrownBy(() -> withPolicy(policy(IpLock.ENFORCE, null)).checkLogin(elsewhere));
		SsoSessions warning = withPolicy(policy(IpLock.WARN, null));
		warning.checkLogin(elsewhere);
		warning.reportLogin(elsewhere, JANE);
		assertThat(this.events).containsExactly(new SsoSessionAddressMismatchEvent(JANE, ELSEWHERE, HOME, false));
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSettersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessions(null))
			.withMessage("policy cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.ssoSessions.setClock(null))
			.withMessage("clock cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.ssoSessions.setApplicationEventPublisher(null))
			.withMessage("eventPublisher cannot be null");
	}

	private SsoSessions withPolicy(SsoSessionPolicy policy) {
		SsoSessions created = new SsoSessions(policy);
		created.setClock(this.clock);
		created.setApplicationEventPublisher(this.events::add);
		return created;
	}

	private static SsoSessionPolicy policy(IpLock lock, @Nullable Duration maxAge) {
		return new SsoSessionPolicy(lock, Duration.ofMinutes(30), Duration.ofSeconds(5), maxAge, Duration.ofHours(1));
	}

	private static SsoSession copyOf(SsoSession ssoSession) {
		return ssoSession.toBuilder().build();
	}

	private static UltraCartAuthenticationToken token() {
		return new UltraCartAuthenticationToken(JANE, List.of());
	}

	private static UltraCartAuthenticationToken bound(SsoSessions ssoSessions, SsoSession ssoSession) {
		return (UltraCartAuthenticationToken) ssoSessions.bind(token(), ssoSession);
	}

	private static @Nullable SimpleKey key(UltraCartAuthenticationToken token) {
		Supplier<@Nullable SimpleKey> supplier = Objects.requireNonNull(token.simpleKeySupplier());
		return supplier.get();
	}

	/**
	 * One of the ways in which an SSO session is marked.
	 */
	@FunctionalInterface
	private interface Mark {

		Consumer<SsoSession> on(SsoSessions ssoSessions);

	}

}
