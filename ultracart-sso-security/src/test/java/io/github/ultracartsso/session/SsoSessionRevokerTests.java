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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Answers;

import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SsoSessionRevoker}: what is called and told, in a time that stands
 * still. {@link SsoSessionRevokerThreadingTests} has those in which somebody waits.
 */
class SsoSessionRevokerTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private static final SsoSession SSO_SESSION = TestSsoSessions.withKey("user-key");

	private static final Instant EXPIRES_AT = SSO_SESSION.expiresAt();

	private static final SsoSessionRevocationFailedEvent REFUSED = new SsoSessionRevocationFailedEvent(
			SSO_SESSION.userId(), EXPIRES_AT, "req-1");

	private static final SsoSessionRevocationFailedEvent WITHOUT_ANSWER = new SsoSessionRevocationFailedEvent(
			SSO_SESSION.userId(), EXPIRES_AT, null);

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final TestClock clock = new TestClock(NOW);

	private final ManualRevocationScheduler scheduler = new ManualRevocationScheduler(this.clock);

	private final SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);

	private final SsoSessionRevoker revoker = this.scheduler.newRevoker(this.client, this.ssoSessions);

	private final List<Object> events = new ArrayList<>();

	private final List<String> claimed = new ArrayList<>();

	private final CapturedLog log = CapturedLog.of(SsoSessionRevoker.class.getName());

	@BeforeEach
	void listen() {
		this.ssoSessions.setClock(this.clock);
		this.revoker.setApplicationEventPublisher(this.events::add);
	}

	@AfterEach // F1
	void logHoldsNoKey() {
		this.log.close();
		assertThat(this.log.text()).doesNotContain("user-key");
	}

	@Test
	void revokeWhenUltraCartConfirmsThenOneCall() {
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.scheduler.waiting()).isZero();
		assertNothingTold();
	}

	@Test // before UltraCart knows, and whether or not it ever will
	void revokeThenNobodyActsWithTheKeyAnyMore() {
		assertThat(this.ssoSessions.isUsable(SSO_SESSION)).isTrue();
		this.scheduler.hold();
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.ssoSessions.isUsable(SSO_SESSION)).isFalse();
	}

	@Test
	void revokeWhenTooManyUnderWayThenNobodyActsWithTheKeyAnyMoreAllTheSame() {
		fill("first");
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.ssoSessions.isUsable(SSO_SESSION)).isFalse();
	}

	@Test
	void revokeWhenKeyCannotBeDecryptedThenNoCall() {
		this.revoker.revoke(SSO_SESSION.toBuilder().sealedKey("sealed", () -> null).build());
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.scheduler.waiting()).isZero();
		assertNothingTold();
	}

	@Test // F1
	void revokeWhenKeyCannotBeDecryptedJustNowThenTriedAgain() {
		AtomicBoolean available = new AtomicBoolean();
		this.revoker.revoke(SSO_SESSION.toBuilder().sealedKey("sealed", () -> {
			if (!available.get()) {
				throw new IllegalStateException("the key management service is down");
			}
			return SimpleKey.of("user-key");
		}).build());
		assertThat(this.client.revoked()).isEmpty();
		assertNothingTold();
		available.set(true);
		this.scheduler.runNext();
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.scheduler.waiting()).isZero();
		assertNothingTold();
	}

	@Test // F1
	void revokeWhenKeyCannotBeDecryptedForLongThenGivenUpAndToldOfOnce() {
		this.revoker.revoke(SSO_SESSION.toBuilder().sealedKey("sealed", () -> {
			throw new IllegalStateException("the key management service is down");
		}).build());
		for (int retry = 1; retry <= 4; retry++) {
			this.scheduler.runNext();
		}
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.scheduler.waiting()).isZero();
		assertToldOf(WITHOUT_ANSWER);
	}

	@Test // G5
	void revokeWhenSessionHasEndedThenInTurnAndWhenLoginHasFailedThenAheadOfOthers() {
		this.revoker.revoke(SSO_SESSION);
		this.revoker.revokeFailedLogin(TestSsoSessions.withKey("user-key-of-failed-login"));
		assertThat(this.client.revokedInTurn()).containsExactly("user-key");
	}

	@Test
	void revokeWhenClientTakesNoTurnsThenRevokedAllTheSame() {
		UltraCartSsoClient other = mock(UltraCartSsoClient.class, Answers.CALLS_REAL_METHODS);
		this.scheduler.newRevoker(other, this.ssoSessions).revoke(SSO_SESSION);
		then(other).should().revoke(SSO_SESSION.simpleKey());
	}

	@Test // D5
	void revokeAndWaitThenFirstAttemptAheadOfOthersAndLaterOnesInTurn() {
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revokeAndWait(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(1);
		assertThat(this.client.revokedInTurn()).isEmpty();
		this.scheduler.runNext();
		assertThat(this.client.revokedInTurn()).containsExactly("user-key");
	}

	@Test
	void closeWhenRetryIsDueLaterThenAheadOfOthers() {
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revoke(SSO_SESSION);
		this.revoker.close();
		assertThat(this.client.revoked()).hasSize(2);
		assertThat(this.client.revokedInTurn()).hasSize(1);
	}

	@Test
	void revokeWhenKeyHasExpiredThenNothingIsEvenPlanned() {
		this.scheduler.hold();
		this.revoker.revoke(TestSsoSessions.expiringAt(NOW));
		assertThat(this.scheduler.waiting()).isZero();
		this.revoker.revoke(TestSsoSessions.expiringAt(NOW.plusMillis(1)));
		assertThat(this.scheduler.waiting()).isOne();
		assertNothingTold();
	}

	@Test
	void revokeWhenKeyExpiresBeforeItsTurnThenNoCall() {
		this.scheduler.hold();
		this.revoker.revoke(TestSsoSessions.expiringAt(NOW.plusSeconds(1)));
		this.clock.advance(Duration.ofSeconds(1));
		this.scheduler.runNext();
		assertThat(this.client.revoked()).isEmpty();
		assertNothingTold();
	}

	@ParameterizedTest // D5
	@EnumSource
	void revokeAndWaitWhenUltraCartFailsThenNothingThrown(UltraCartApiFailure failure) {
		failWith(failure);
		this.revoker.revokeAndWait(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(
			names = { "INVALID_REQUEST", "RATE_LIMITED", "REFUSED", "SERVER_ERROR", "NO_RESPONSE", "INVALID_RESPONSE" })
	void revokeWhenFailureMayPassThenTriedFiveTimesAndToldOfOnce(UltraCartApiFailure failure) {
		failWith(failure);
		this.revoker.revoke(SSO_SESSION);
		for (int retry = 1; retry <= 4; retry++) {
			assertNothingTold();
			this.scheduler.runNext();
		}
		assertThat(this.client.revoked()).hasSize(5);
		assertThat(this.scheduler.waiting()).isZero();
		assertToldOf(REFUSED);
		assertWarnedOnceOf("req-1", EXPIRES_AT);
	}

	@Test
	void revokeWhenRetrySucceedsThenNothingTold() {
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revoke(SSO_SESSION);
		this.scheduler.runNext();
		succeed();
		this.scheduler.runNext();
		assertThat(this.client.revoked()).hasSize(3);
		assertThat(this.scheduler.waiting()).isZero();
		assertNothingTold();
	}

	@Test
	void revokeWhenFailureWillNotPassThenGivenUpAtOnce() {
		failWith(UltraCartApiFailure.APPLICATION_DISABLED);
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(1);
		assertThat(this.scheduler.waiting()).isZero();
		assertToldOf(REFUSED);
		assertWarnedOnceOf("req-1", EXPIRES_AT);
	}

	@Test
	void revokeWhenHeldBackManyTimesThenTriedUntilItIsNot() {
		this.client.onRevoke(() -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "not called")
				.retryAfter(Duration.ofSeconds(60))
				.notSent()
				.build();
		});
		this.revoker.revoke(SSO_SESSION);
		for (int i = 0; i < 20; i++) {
			this.scheduler.runNext();
		}
		assertNothingTold();
		succeed();
		this.scheduler.runNext();
		assertThat(this.scheduler.waiting()).isZero();
		assertNothingTold();
	}

	@Test
	void revokeWhenHeldBackThenTriedAgain() {
		this.client.onRevoke(() -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.APPLICATION_DISABLED, "not called")
				.notSent()
				.build();
		});
		this.revoker.revoke(SSO_SESSION);
		assertNothingTold();
		succeed();
		this.scheduler.runNext();
		assertThat(this.scheduler.waiting()).isZero();
		assertNothingTold();
	}

	@Test
	void revokeWhenUltraCartKnowsTheKeyNoLongerThenDone() {
		failWith(UltraCartApiFailure.CREDENTIAL_REJECTED);
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(1);
		assertThat(this.scheduler.waiting()).isZero();
		assertNothingTold();
	}

	@Test
	void revokeWhenUltraCartAsksToWaitThenNextAttemptNotBefore() {
		this.client.onRevoke(() -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "too many calls")
				.retryAfter(Duration.ofSeconds(60))
				.build();
		});
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.scheduler.runNext()).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void revokeWhenNextAttemptWouldComeTooLateThenGivenUpAtOnce() {
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revoke(TestSsoSessions.expiringAt(NOW.plusSeconds(1)));
		assertThat(this.scheduler.waiting()).isZero();
		assertToldOf(new SsoSessionRevocationFailedEvent(SSO_SESSION.userId(), NOW.plusSeconds(1), "req-1"));
		assertWarnedOnceOf("req-1", NOW.plusSeconds(1));
	}

	@Test // F1
	void revokeWhenClientIsBrokenThenToldWhereButNotItsMessage() {
		this.client.onRevoke(() -> {
			throw new IllegalStateException("cannot send user-key");
		});
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.scheduler.waiting()).isZero();
		assertToldOf(WITHOUT_ANSWER);
		assertWarnedOnceOf("unexpectedly", EXPIRES_AT);
		assertThat(this.log.text()).contains(IllegalStateException.class.getName(), "at " + getClass().getName());
	}

	@Test // F1
	void revokeWhenClientLacksAClassThenGivenUp() {
		this.client.onRevoke(() -> {
			throw new NoClassDefFoundError("user-key");
		});
		this.revoker.revoke(SSO_SESSION);
		assertToldOf(WITHOUT_ANSWER);
		assertWarnedOnceOf("unexpectedly", EXPIRES_AT);
	}

	@Test
	void revokeWhenListenerFailsThenNothingThrown() {
		this.revoker.setApplicationEventPublisher((event) -> {
			this.events.add(event);
			throw new IllegalStateException("listener");
		});
		this.revoker.close();
		this.revoker.revoke(SSO_SESSION);
		assertToldOf(WITHOUT_ANSWER);
	}

	@Test // D7
	void revokeWhenSessionIsReportedAgainThenNoFurtherCall() {
		this.revoker.revokeAndWait(SSO_SESSION);
		this.revoker.revoke(TestSsoSessions.withKey("user-key"));
		this.revoker.revoke(TestSsoSessions.withKey("user-key-of-another"));
		assertThat(this.client.revoked()).containsExactly("user-key", "user-key-of-another");
		assertNothingTold();
	}

	@Test // D7
	void revokeWhenSessionIsReportedAgainBetweenAttemptsThenNoFurtherCall() {
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revoke(SSO_SESSION);
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(1);
		assertThat(this.scheduler.waiting()).isOne();
	}

	@Test // D7
	void revokeWhenClaimedByAnotherInstanceThenNoCall() {
		this.revoker.setRevocationClaims((id) -> false);
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.client.revoked()).isEmpty();
		assertNothingTold();
	}

	@Test // D7
	void revokeWhenRetriedOrReportedAgainThenClaimedOnce() {
		this.revoker.setRevocationClaims(this.claimed::add);
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revoke(SSO_SESSION);
		this.scheduler.runNext();
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(2);
		assertThat(this.claimed).containsExactly(SSO_SESSION.id());
	}

	@Test
	void revokeWhenClaimFailsThenRevokedAllTheSame() {
		this.revoker.setRevocationClaims((id) -> {
			throw new IllegalStateException("the store is down");
		});
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.log.messages(Level.WARN)).hasSize(1);
		assertThat(this.events).isEmpty();
	}

	@Test
	void revokeWhenTooManyUnderWayThenOneWarningAndAnEventForEach() {
		fill("first");
		assertNothingTold();
		this.revoker.revoke(SSO_SESSION);
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.scheduler.waiting()).isEqualTo(SsoSessionRevoker.MAX_UNDER_WAY);
		assertToldOf(WITHOUT_ANSWER, WITHOUT_ANSWER);
		assertWarnedOnceOf("too many", EXPIRES_AT);
	}

	@Test
	void revokeWhenThereIsRoomAgainThenRevoked() {
		fill("first");
		this.revoker.revoke(SSO_SESSION);
		this.scheduler.runNext();
		this.revoker.revoke(SSO_SESSION);
		this.revoker.revoke(SSO_SESSION);
		assertToldOf(WITHOUT_ANSWER, WITHOUT_ANSWER);
		// the burst is not over yet
		assertWarnedOnceOf("too many", EXPIRES_AT);
		drain();
		assertThat(this.client.revoked()).hasSize(SsoSessionRevoker.MAX_UNDER_WAY + 1).endsWith("user-key");
	}

	@Test
	void revokeWhenTooManyUnderWayOnceMoreThenWarnedOnceMore() {
		fill("first");
		this.revoker.revoke(SSO_SESSION);
		drain();
		fill("second");
		this.revoker.revoke(SSO_SESSION);
		assertToldOf(WITHOUT_ANSWER, WITHOUT_ANSWER);
		assertThat(this.log.messages(Level.WARN)).hasSize(2);
	}

	@Test
	void closeWhenRetryIsDueLaterThenTriedAtOnce() {
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revoke(SSO_SESSION);
		succeed();
		this.revoker.close();
		assertThat(this.client.revoked()).hasSize(2);
		assertThat(this.scheduler.isClosed()).isTrue();
		assertNothingTold();
	}

	@Test
	void closeWhenLastAttemptFailsThenGivenUp() {
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revoke(SSO_SESSION);
		this.revoker.close();
		assertThat(this.client.revoked()).hasSize(2);
		assertToldOf(REFUSED);
		assertWarnedOnceOf("req-1", EXPIRES_AT);
	}

	@Test
	void closeWhenOutOfTimeThenOneWarningAndAnEventForEach() {
		this.scheduler.hold();
		this.revoker.revoke(SSO_SESSION);
		this.revoker.revoke(TestSsoSessions.expiringAt(NOW.plusSeconds(60)));
		this.revoker.close();
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.events).containsExactlyInAnyOrder(WITHOUT_ANSWER,
				new SsoSessionRevocationFailedEvent(SSO_SESSION.userId(), NOW.plusSeconds(60), null));
		assertWarnedOnceOf("2 SSO sessions", EXPIRES_AT);
	}

	@Test
	void closeWhenCallFailsAfterwardsThenNotToldOfTwice() {
		this.client.onRevoke(() -> {
			this.revoker.close();
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.NO_RESPONSE);
		});
		this.revoker.revoke(SSO_SESSION);
		assertThat(this.client.revoked()).hasSize(1);
		assertToldOf(WITHOUT_ANSWER);
		assertWarnedOnceOf("1 SSO sessions", EXPIRES_AT);
	}

	@Test
	void closeWhenClosedThenNothingMoreTold() {
		this.scheduler.hold();
		this.revoker.revoke(SSO_SESSION);
		this.revoker.close();
		this.revoker.close();
		assertToldOf(WITHOUT_ANSWER);
		assertThat(this.log.messages(Level.WARN)).hasSize(1);
	}

	@Test
	void revokeWhenClosedThenGivenUpWithOneWarningForAll() {
		this.revoker.close();
		this.revoker.revoke(SSO_SESSION);
		this.revoker.revokeAndWait(SSO_SESSION);
		assertThat(this.client.revoked()).isEmpty();
		assertToldOf(WITHOUT_ANSWER, WITHOUT_ANSWER);
		assertWarnedOnceOf("shutting down", EXPIRES_AT);
	}

	@Test
	void revokeWhenClosingThenGivenUp() {
		failWith(UltraCartApiFailure.SERVER_ERROR);
		this.revoker.revoke(TestSsoSessions.withKey("user-key-of-another"));
		this.client.onRevoke(() -> this.revoker.revokeAndWait(SSO_SESSION));
		this.revoker.close();
		assertThat(this.client.revoked()).doesNotContain("user-key").hasSize(2);
		assertToldOf(WITHOUT_ANSWER);
		assertWarnedOnceOf("shutting down", EXPIRES_AT);
	}

	@Test
	void stopWhenRunningThenClosedAfterTheWebServerAndBeforeSharedConnections() {
		this.revoker.start();
		assertThat(this.revoker.isRunning()).isTrue();
		assertThat(this.revoker.getPhase()).isBetween(1, SmartLifecycle.DEFAULT_PHASE - 4096);
		assertThat(this.revoker.isPauseable()).isFalse();
		this.revoker.stop();
		assertThat(this.revoker.isRunning()).isFalse();
		assertThat(this.scheduler.isClosed()).isTrue();
	}

	@Test
	@SuppressWarnings("NullAway")
	void settersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionRevoker(null, this.ssoSessions))
			.withMessage("client cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionRevoker(this.client, null))
			.withMessage("ssoSessions cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.revoker.setTimeout(null))
			.withMessage("timeout cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.revoker.setClock(null))
			.withMessage("clock cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.revoker.setApplicationEventPublisher(null))
			.withMessage("applicationEventPublisher cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.revoker.setRevocationClaims(null))
			.withMessage("revocationClaims cannot be null");
	}

	private void failWith(UltraCartApiFailure failure) {
		this.client.onRevoke(() -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
	}

	private void succeed() {
		this.client.onRevoke(() -> {
		});
	}

	private void fill(String prefix) {
		this.scheduler.hold();
		IntStream.range(0, SsoSessionRevoker.MAX_UNDER_WAY)
			.forEach((i) -> this.revoker.revoke(TestSsoSessions.withKey(prefix + "-user-key-" + i)));
	}

	private void drain() {
		while (this.scheduler.waiting() > 0) {
			this.scheduler.runNext();
		}
	}

	private void assertNothingTold() {
		assertThat(this.events).isEmpty();
		assertThat(this.log.messages(Level.WARN)).isEmpty();
		assertThat(this.log.messages(Level.ERROR)).isEmpty();
	}

	private void assertToldOf(SsoSessionRevocationFailedEvent... expected) {
		assertThat(this.events).containsExactly((Object[]) expected);
	}

	private void assertWarnedOnceOf(String reason, Instant expiresAt) {
		assertThat(this.log.messages(Level.WARN)).singleElement().asString().contains(reason, expiresAt.toString());
		assertThat(this.log.messages(Level.ERROR)).isEmpty();
	}

}
