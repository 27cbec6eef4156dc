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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.SsoSessionGuard.Foreign;
import io.github.ultracartsso.session.SsoSessionGuard.GoesOn;
import io.github.ultracartsso.session.SsoSessionGuard.OtherMechanism;
import io.github.ultracartsso.session.SsoSessionGuard.Over;
import io.github.ultracartsso.session.SsoSessionGuard.SessionIds;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

import static io.github.ultracartsso.authentication.UltraCartAuthenticationProvider.FACTOR_AUTHORITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SsoSessionGuard}.
 */
class SsoSessionGuardTests {

	private static final String HOME = "127.0.0.1";

	private static final String ELSEWHERE = "198.51.100.9";

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	private static final UltraCartAuthenticationToken TOKEN = new UltraCartAuthenticationToken(JANE, List.of());

	/**
	 * A user who has proved a second factor after UltraCart's.
	 */
	private static final Authentication SECOND_FACTOR = new TestingAuthenticationToken("jane", null, FACTOR_AUTHORITY);

	private static final Authentication OTHERWISE = new TestingAuthenticationToken("joe", null, "FACTOR_PASSWORD");

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	/**
	 * What has happened, in this order.
	 */
	private final List<Object> events = new ArrayList<>();

	private SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);

	private SsoSessionGuard guard = guard(IpLock.PIN);

	@Test
	void decideWhenSignedInOtherwiseThenNotGuarded() {
		assertThat(this.guard.decide(OTHERWISE, null, HOME)).isEqualTo(new OtherMechanism(null));
	}

	@Test // I6
	void decideWhenSignedInOtherwiseOverAnSsoSessionThenThatIsReplaced() {
		this.clock.advance(Duration.ofDays(1));
		assertThat(this.guard.decide(OTHERWISE, this.ssoSession, ELSEWHERE))
			.isEqualTo(new OtherMechanism(this.ssoSession));
	}

	@Test // D4
	void decideWhenSsoSessionIsMissingThenKeyIsLost() {
		Authentication bound = TOKEN.withSsoSession("id-1", null);
		assertThat(this.guard.decide(bound, null, HOME)).isEqualTo(new Over(Reason.KEY_LOST, JANE, null, "id-1"));
		assertThat(this.guard.decide(TOKEN, null, HOME)).isEqualTo(new Over(Reason.KEY_LOST, JANE, null, null));
		assertThat(this.guard.decide(SECOND_FACTOR, null, HOME)).isEqualTo(new Over(Reason.KEY_LOST, null, null, null));
	}

	@Test
	void decideWhenUserBehindAnotherFactorIsNotKnownThenKeyIsLost() {
		assertThat(this.guard.decide(SECOND_FACTOR, this.ssoSession, HOME))
			.isEqualTo(new Over(Reason.KEY_LOST, null, this.ssoSession, this.ssoSession.id()));
	}

	@Test
	void decideWhenUserIsStoredBehindAnotherFactorThenGoesOnWithTheSameAuthentication() {
		SsoSession withUser = this.ssoSession.toBuilder().user(JANE).build();
		assertThat(this.guard.decide(SECOND_FACTOR, withUser, HOME))
			.isEqualTo(new GoesOn(SECOND_FACTOR, JANE, withUser, false, true));
	}

	@Test
	void decideWhenGoesOnThenAuthenticationHasAccessToTheKey() {
		assertThat(this.guard.decide(TOKEN, this.ssoSession, HOME)).isInstanceOfSatisfying(GoesOn.class, (goesOn) -> {
			assertThat(goesOn.user()).isEqualTo(JANE);
			assertThat(goesOn.refreshDue()).isFalse();
			assertThat(goesOn.authentication()).isInstanceOfSatisfying(UltraCartAuthenticationToken.class, (bound) -> {
				assertThat(bound.getSsoSessionId()).isEqualTo(this.ssoSession.id());
				assertThat(bound.simpleKeySupplier()).isNotNull();
			});
			assertThat(this.guard.decide(goesOn.authentication(), this.ssoSession, HOME)).isInstanceOfSatisfying(
					GoesOn.class, (again) -> assertThat(again.authentication()).isSameAs(goesOn.authentication()));
		});
	}

	@Test
	void decideWhenRefreshIntervalIsReachedThenRefreshIsDue() {
		this.clock.advance(Duration.ofMinutes(30));
		assertThat(this.guard.decide(TOKEN, this.ssoSession, HOME)).isInstanceOfSatisfying(GoesOn.class,
				(goesOn) -> assertThat(goesOn.refreshDue()).isTrue());
	}

	@ParameterizedTest
	@EnumSource
	void decideWhenGoesOnThenStorableWhereSessionsAreNotLockedToAnAddress(IpLock lock) {
		this.guard = guard(lock);
		assertThat(this.guard.decide(TOKEN, this.ssoSession, HOME)).isInstanceOfSatisfying(GoesOn.class,
				(goesOn) -> assertThat(goesOn.storable()).isEqualTo(lock == IpLock.OFF || lock == IpLock.WARN));
	}

	@Test // D4
	void decideWhenOverThenOverForThatReason() {
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.guard.decide(TOKEN, this.ssoSession, HOME))
			.isEqualTo(new Over(Reason.EXPIRED, JANE, this.ssoSession));
	}

	@Test // B2
	void decideWhenFromElsewhereThenForeignEvenIfOver() {
		assertThat(this.guard.decide(TOKEN, this.ssoSession, ELSEWHERE)).isEqualTo(new Foreign());
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.guard.decide(TOKEN, this.ssoSession, ELSEWHERE)).isEqualTo(new Foreign());
	}

	@Test
	void endThenKeyIsRevokedBeforeTheUserIsSignedOutAndTheEventComesLast() {
		this.client.onRevoke(() -> this.events.add("revoked"));
		assertThat(end(Reason.EXPIRED, new SessionIds("session", "session"))).isEqualTo("empty context");
		assertThat(this.events).containsExactly("revoked", "signed out",
				new SsoSessionEndedEvent(JANE, Reason.EXPIRED));
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test // D7
	void endWhenUltraCartHasRefusedTheKeyThenItIsNotRevoked() {
		end(Reason.REFUSED, new SessionIds("session", "session"));
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.events).containsExactly("signed out", new SsoSessionEndedEvent(JANE, Reason.REFUSED));
	}

	@Test // H1
	void endWhenEndedAlreadyThenSignedOutAndNotPublishedAgain() {
		end(Reason.EXPIRED, new SessionIds("session", "session"));
		this.events.clear();
		end(Reason.EXPIRED, new SessionIds("session", "session"));
		end(Reason.EXPIRED, new SessionIds("other-session", null));
		this.guard.end(new Over(Reason.KEY_LOST, JANE, null, null), new SessionIds("session", null), this::signOut);
		assertThat(this.events).containsExactly("signed out", "signed out", "signed out");
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test // H1, Jetty appends the name of the server
	void endWhenBrowserSendsAnotherFormOfTheIdThenBothAreRemembered() {
		end(Reason.EXPIRED, new SessionIds("session", "session.node1"));
		assertThat(this.ssoSessions.hasEnded("session")).isTrue();
		assertThat(this.ssoSessions.hasEnded("session.node1")).isTrue();
	}

	@ParameterizedTest // H1
	@CsvSource(value = { "gone, false", "null, true" }, nullValues = "null")
	void endWhenThereIsNoHttpSessionThenPublishedUnlessTheRequestCameWithOne(@Nullable String requested,
			boolean published) {
		end(Reason.EXPIRED, new SessionIds(null, requested));
		assertThat(this.events.contains(new SsoSessionEndedEvent(JANE, Reason.EXPIRED))).isEqualTo(published);
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test
	void endWhenUserIsNotKnownThenNotPublished() {
		this.guard.end(new Over(Reason.KEY_LOST, null, null, null), new SessionIds("session", null), this::signOut);
		assertThat(this.events).containsExactly("signed out");
	}

	@Test // G5
	void endWhenSignOutFailsThenRevokedAndNotPublished() {
		Supplier<String> failing = () -> {
			throw new IllegalStateException("the session store is down");
		};
		assertThatIllegalStateException().isThrownBy(() -> this.guard
			.end(new Over(Reason.EXPIRED, JANE, this.ssoSession), new SessionIds("session", null), failing));
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.events).isEmpty();
	}

	@Test
	void isRefusedThenUnlessALoginHasReplacedTheKey() {
		assertThat(this.guard.isRefused(this.ssoSession, () -> this.ssoSession)).isFalse();
		this.ssoSessions.refuse(this.ssoSession);
		assertThat(this.guard.isRefused(this.ssoSession, () -> this.ssoSession)).isTrue();
		assertThat(this.guard.isRefused(this.ssoSession, () -> null)).isTrue();
		assertThat(this.guard.isRefused(this.ssoSession, () -> TestSsoSessions.withKey("next-key"))).isFalse();
	}

	@Test
	void hasEndedThenOnlyIfTheCopyIsStillThere() {
		assertThat(this.guard.hasEnded(this.ssoSession, () -> this.ssoSession)).isFalse();
		this.ssoSessions.end(this.ssoSession.id(), null);
		assertThat(this.guard.hasEnded(this.ssoSession, () -> this.ssoSession)).isTrue();
		assertThat(this.guard.hasEnded(this.ssoSession, () -> null)).isFalse();
		assertThat(this.guard.hasEnded(this.ssoSession, () -> TestSsoSessions.withKey("next-key"))).isFalse();
	}

	@Test
	void revokeThenKeyIsRevoked() {
		this.guard.revoke(this.ssoSession);
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSetterWhenNullThenThrowIllegalArgumentException() {
		SsoSessionRevoker revoker = new ManualRevocationScheduler(this.clock).newRevoker(this.client, this.ssoSessions);
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionGuard(null, revoker))
			.withMessage("ssoSessions cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionGuard(this.ssoSessions, null))
			.withMessage("revoker cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.guard.setApplicationEventPublisher(null))
			.withMessage("eventPublisher cannot be null");
	}

	private SsoSessionGuard guard(IpLock lock) {
		this.ssoSessions = new SsoSessions(
				new SsoSessionPolicy(lock, Duration.ofMinutes(30), Duration.ofSeconds(5), null, Duration.ofHours(1)));
		this.ssoSessions.setClock(this.clock);
		SsoSessionGuard created = new SsoSessionGuard(this.ssoSessions,
				new ManualRevocationScheduler(this.clock).newRevoker(this.client, this.ssoSessions));
		created.setApplicationEventPublisher(this.events::add);
		return created;
	}

	private String end(Reason reason, SessionIds ids) {
		return this.guard.end(new Over(reason, JANE, this.ssoSession), ids, this::signOut);
	}

	private String signOut() {
		this.events.add("signed out");
		return "empty context";
	}

}
