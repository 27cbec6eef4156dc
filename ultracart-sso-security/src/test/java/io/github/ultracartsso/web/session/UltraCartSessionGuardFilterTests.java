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

package io.github.ultracartsso.web.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SealedSsoSession;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.web.TestRequests;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSessionGuardFilter}.
 */
class UltraCartSessionGuardFilterTests extends AbstractGuardTests {

	@Test
	void doFilterWhenSsoSessionLastsThenSignedIn() throws Exception {
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(ended()).isNull();
	}

	@Test // the stored one has no access to the key
	void doFilterWhenContextComesFromAStoreThenAuthenticationIsTheRequestsOwn() throws Exception {
		Authentication first = authenticationAfterGuard(JANE);
		assertThat(first).isNotSameAs(JANE).isNotSameAs(authenticationAfterGuard(JANE));
		assertThat(first).isNotNull().extracting(Authentication::getDetails).isEqualTo(JANE.getDetails());
		assertThat(first).isInstanceOfSatisfying(UltraCartAuthenticationToken.class, (token) -> {
			assertThat(token.getSsoSessionId()).isEqualTo(stored().id());
			assertThat(this.currentSsoSessions.find(token)).isEqualTo(stored());
		});
		assertThat(this.currentSsoSessions.find(JANE)).isNull();
	}

	@Test
	void doFilterWhenContextHasAccessToTheKeyThenItStays() throws Exception {
		Authentication bound = this.ssoSessions.bindBetweenRequests(JANE, stored());
		assertThat(authenticationAfterGuard(bound)).isSameAs(bound);
	}

	@Test // a login has replaced the SSO session, but another request the context
	void doFilterWhenContextHasAccessToAnotherKeyThenToThatOfTheSession() throws Exception {
		Authentication bound = this.ssoSessions.bindBetweenRequests(JANE, TestSsoSessions.withKey("former-key"));
		Authentication after = authenticationAfterGuard(bound);
		assertThat(this.currentSsoSessions.find(after)).isEqualTo(stored());
	}

	@Test // the key is that of the user whom the session names
	void doFilterWhenContextIsOfAnotherUserThanTheSessionThenSessionEnds() throws Exception {
		UltraCartUser joe = UltraCartUser.with(43, "Joe").build();
		assertThat(authenticationAfterGuard(new UltraCartAuthenticationToken(joe, List.of()))).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(joe, Reason.OTHER_USER));
	}

	@Test // D4
	void doFilterWhenSsoSessionExpiredThenSessionEnds() throws Exception {
		HttpSession session = this.request.getSession();
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.request.getSession(false)).isNotSameAs(session).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
	}

	@Test // D4
	void doFilterWhenNoSsoSessionThenSessionEnds() throws Exception {
		this.repository.removeSsoSession(this.request, this.response);
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.KEY_LOST));
	}

	@Test // I6
	void doFilterWhenUserProvedAnotherFactorTooThenSessionEndsAsWell() throws Exception {
		save(builder().user(USER).build());
		Authentication both = withSecondFactor();
		assertThat(authenticationAfterGuard(both)).isSameAs(both);
		this.clock.advance(Duration.ofHours(1));
		assertThat(authenticationAfterGuard(both)).isNull();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.EXPIRED));
	}

	@Test // D4
	void doFilterWhenErrorDispatchThenGuardedToo() throws Exception {
		this.request.setDispatcherType(DispatcherType.ERROR);
		this.request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/items");
		this.clock.advance(Duration.ofHours(1));
		assertThat(authenticationAfterGuard(JANE)).isNull();
	}

	@ParameterizedTest // I3
	@EnumSource(names = { "ASYNC", "ERROR" })
	void dispatchesWhenOverThenGuardedToo(DispatcherType dispatch) throws Exception {
		this.request.setDispatcherType(dispatch);
		this.clock.advance(Duration.ofDays(1));
		assertThat(authenticationAfterGuard(JANE)).isNull();
	}

	@Test
	void doFilterWhenSignedInOtherwiseThenNoneOfItsBusiness() throws Exception {
		this.repository.removeSsoSession(this.request, this.response);
		Authentication other = new TestingAuthenticationToken("joe", null, "FACTOR_PASSWORD");
		assertThat(authenticationAfterGuard(other)).isSameAs(other);
		assertThat(this.request.getSession(false)).isNotNull();
	}

	@Test // D7
	void doFilterWhenSignedInOtherwiseOverAUserOfUltraCartThenTheirKeyIsRevokedAndForgotten() throws Exception {
		Authentication other = new TestingAuthenticationToken("joe", null, "FACTOR_PASSWORD");
		assertThat(authenticationAfterGuard(other)).isSameAs(other);
		assertThat(this.repository.loadSsoSession(this.request)).isNull();
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(authenticationAfterGuard(other)).isSameAs(other);
		assertThat(this.client.revoked()).hasSize(1);
	}

	@Test
	void doFilterWhenRepositoryAsksWhoTheUserIsThenTold() throws Exception {
		List<@Nullable Authentication> told = new ArrayList<>();
		this.repository.whenAsked = () -> told.add(this.strategy.getContext().getAuthentication());
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(told).first().isEqualTo(JANE);
	}

	@Test
	void doFilterWhenAnotherRequestEndsTheSessionMeanwhileThenNobody() throws Exception {
		HttpSession session = this.request.getSession();
		this.repository.whenAsked = () -> {
			session.invalidate();
			throw new IllegalStateException("getAttribute: Session already invalidated");
		};
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
	}

	@Test
	void doFilterWhenSessionStoreIsDownThenItsExceptionIsNotHidden() {
		this.repository.whenAsked = () -> {
			throw new IllegalStateException("the session store is down");
		};
		assertThatIllegalStateException().isThrownBy(() -> authenticationAfterGuard(JANE))
			.withMessage("the session store is down");
	}

	@Test
	void doFilterWhenAnonymousThenSessionIsLeftAlone() throws Exception {
		assertThat(authenticationAfterGuard(null)).isNull();
		assertThat(ended()).isNull();
		assertThat(this.repository.removals).isZero();
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // G6
	void doFilterWhenContextIsNotNeededThenNothingIsLoaded() throws Exception {
		this.currentSsoSessions.endRefused(stored());
		this.strategy.setContext(new SecurityContextImpl(JANE));
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.repository.loads).isZero();
	}

	@Test
	void doFilterWhenContextIsNeededOftenThenLookedAtOnce() throws Exception {
		authenticationAfterGuard(JANE);
		assertThat(this.strategy.getContext()).isSameAs(this.strategy.getDeferredContext().get());
		assertThat(this.repository.loads).isOne();
	}

	@Test // I6
	void doFilterWhenNobodyKnowsTheUserAnyMoreThenSessionEnds() throws Exception {
		assertThat(authenticationAfterGuard(withSecondFactor())).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.events).isEmpty();
	}

	@Test
	void doFilterWhenSessionEndsThenKeyIsForgottenWhereverItIsKept() throws Exception {
		this.clock.advance(Duration.ofHours(1));
		authenticationAfterGuard(JANE);
		assertThat(this.repository.removals).isOne();
	}

	@Test
	void doFilterWhenSessionEndsThenContextRepositoryIsTold() throws Exception {
		SecurityContextRepository contexts = mock(SecurityContextRepository.class);
		this.filter.setSecurityContextRepository(contexts);
		this.repository.removeSsoSession(this.request, this.response);
		authenticationAfterGuard(JANE);
		then(contexts).should().saveContext(new SecurityContextImpl(), this.request, this.response);
	}

	@Test
	void doFilterWhenSessionEndsThenAnonymousIsStillFilledIn() throws Exception {
		this.repository.removeSsoSession(this.request, this.response);
		SecurityContext context = this.strategy.createEmptyContext();
		context.setAuthentication(JANE);
		this.strategy.setContext(context);
		AnonymousAuthenticationFilter anonymous = new AnonymousAuthenticationFilter("key");
		anonymous.setSecurityContextHolderStrategy(this.strategy);
		this.filter.doFilter(this.request, this.response, new MockFilterChain(mock(HttpServlet.class), anonymous));
		assertThat(this.strategy.getContext().getAuthentication()).isInstanceOf(AnonymousAuthenticationToken.class);
		assertThat(this.strategy.getContext().getAuthentication()).isInstanceOf(AnonymousAuthenticationToken.class);
	}

	@Test // D7
	void doFilterWhenSessionStoreFailsWhileTheSessionEndsThenKeyIsRevokedAllTheSame() {
		use(policy(IpLock.OFF, Duration.ofSeconds(1)));
		this.clock.advance(Duration.ofSeconds(1));
		this.repository.readOnly = true;
		assertThatIllegalStateException().isThrownBy(() -> authenticationAfterGuard(JANE));
		assertThat(this.client.revoked()).containsExactly("user-key");
	}

	@Test // G6
	void doFilterWhenFreshlyReadFromStoreThenNoDecryption() throws Exception {
		MockHttpServletRequest next = TestRequests.navigation("/items");
		next.setSession(copyOfSession());
		this.request = next;
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(this.repository.loads).isOne();
		assertThat(this.sealer.opened()).isZero();
		assertThat(this.client.read()).isEmpty();
	}

	@Test // the store would fail to save the copy
	void doFilterWhenDispatchedAgainAfterASignOutThenCopyOfTheSessionIsDropped() throws Exception {
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		this.ssoSessions.end(stored().id(), null);
		this.request.setDispatcherType(DispatcherType.ASYNC);
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.events).isEmpty();
	}

	@Test
	void doFilterWhenDispatchedAgainThenSessionStaysUnlessItIsThatWhichHasEnded() throws Exception {
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		SsoSession before = stored();
		this.request.setDispatcherType(DispatcherType.ASYNC);
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.request.getSession(false)).isNotNull();
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		save(TestSsoSessions.withKey("next-key"));
		this.ssoSessions.end(before.id(), null);
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.request.getSession(false)).isNotNull();
	}

	@Test
	void doFilterWhenCopyOfAnEndedSessionCannotBeDroppedThenRequestGoesOn() throws Exception {
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		this.ssoSessions.end(stored().id(), null);
		this.repository.readOnly = true;
		this.request.setDispatcherType(DispatcherType.ASYNC);
		MockFilterChain chain = new MockFilterChain();
		this.filter.doFilter(this.request, this.response, chain);
		assertThat(chain.getRequest()).isNotNull();
	}

	@Test // those whose keys were refused may never come back
	void doFilterWhenKeysOfOthersWereRefusedThenNoKeyIsDecrypted() throws Exception {
		for (int i = 0; i < 100; i++) {
			SsoSession other = TestSsoSessions.withKey("key-" + i);
			this.ssoSessions
				.refuse(Objects.requireNonNull(SealedSsoSession.seal(other, this.sealer).open(this.sealer)));
		}
		this.request.setSession(copyOfSession());
		assertThat(authenticationAfter(JANE, (request, response) -> {
			assertThat(this.currentSsoSessions.find()).isNotNull();
			SsoSessionEnd.of(this.request);
		})).isEqualTo(JANE);
		assertThat(this.sealer.opened()).isZero();
	}

	@Test // D4
	void doFilterWhenKeyWasSealedElsewhereThenSessionEnds() throws Exception {
		new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"))
			.saveSsoSession(TestSsoSessions.withKey("user-key"), this.request, this.response);
		this.request.setSession(copyOfSession());
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.KEY_LOST));
	}

	@Test // H1
	void doFilterWhenSessionEndsThenToldOfOnce() throws Exception {
		this.clock.advance(Duration.ofHours(1));
		MockHttpSession copy = copyOfSession();
		authenticationAfterGuard(JANE);
		this.request.setSession(copy);
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(copy.isInvalid()).isTrue();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.EXPIRED));
	}

	@Test // H1
	void doFilterWhenSessionWithoutSsoSessionEndsThenToldOfOnce() throws Exception {
		this.repository.removeSsoSession(this.request, this.response);
		MockHttpSession copy = copyOfSession();
		authenticationAfterGuard(JANE);
		this.request.setSession(copy);
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.KEY_LOST));
	}

	@RepeatedTest(20) // H1
	@Timeout(60)
	void doFilterWhenTwoRequestsOfOneSessionEndItTogetherThenToldAndRevokedOnce() throws Exception {
		use(policy(IpLock.OFF, Duration.ofSeconds(1)));
		this.clock.advance(Duration.ofSeconds(1));
		HttpSession session = Objects.requireNonNull(this.request.getSession(false));
		CyclicBarrier together = new CyclicBarrier(2);
		Callable<@Nullable Authentication> ofOneRequest = () -> {
			MockHttpServletRequest own = TestRequests.navigation("/items");
			own.setSession(session);
			own.setRequestedSessionId(session.getId());
			this.strategy.setContext(new SecurityContextImpl(JANE));
			together.await(20, TimeUnit.SECONDS);
			this.filter.doFilter(own, new MockHttpServletResponse(), new MockFilterChain());
			return this.strategy.getContext().getAuthentication();
		};
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			for (Future<@Nullable Authentication> authentication : executor
				.invokeAll(Collections.nCopies(2, ofOneRequest))) {
				assertThat(authentication.get()).isNull();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.EXPIRED));
	}

	@Test // H1
	void doFilterWhenAnotherRequestHasEndedTheSessionThenNotToldOf() throws Exception {
		HttpSession session = Objects.requireNonNull(this.request.getSession(false));
		this.request.setRequestedSessionId(session.getId());
		session.invalidate();
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.events).isEmpty();
	}

	@Test // D4
	void doFilterWhenKeyHasBeenRefusedElsewhereThenSessionEndsAndNothingIsRevoked() throws Exception {
		this.currentSsoSessions.endRefused(TestSsoSessions.withKey("another-key"));
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		this.currentSsoSessions.endRefused(stored());
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.REFUSED));
	}

	@Test // D4
	void doFilterWhenKeyIsRefusedElsewhereMeanwhileThenSessionEndsAfterTheRequest() throws Exception {
		this.strategy.setContext(new SecurityContextImpl(JANE));
		MockHttpSession session = Objects.requireNonNull((MockHttpSession) this.request.getSession(false));
		CompletableFuture<Boolean> stillSignedIn = new CompletableFuture<>();
		this.filter.doFilter(this.request, this.response, (request, response) -> {
			SsoSession ssoSession = Objects.requireNonNull(this.currentSsoSessions.find());
			CompletableFuture.runAsync(() -> this.currentSsoSessions.endRefused(ssoSession)).join();
			stillSignedIn.complete(!session.isInvalid());
		});
		assertThat(stillSignedIn).isCompletedWithValue(true);
		assertThat(session.isInvalid()).isTrue();
		assertThat(this.strategy.getContext().getAuthentication()).isNull();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.REFUSED));
	}

	@Test
	void doFilterWhenFromElsewhereThenSsoSessionIsNotKnown() throws Exception {
		use(policy(IpLock.PIN, null));
		this.request.setRemoteAddr(ELSEWHERE);
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.currentSsoSessions.find(JANE)).isNull();
	}

	@Test
	void doFilterWhenFromElsewhereThenNobodysAndSessionStays() throws Exception {
		use(policy(IpLock.PIN, null));
		this.request.setRemoteAddr(ELSEWHERE);
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.IP_MISMATCH);
		assertThat(this.repository.loadSsoSession(this.request)).isNotNull();
		assertThat(this.events).hasOnlyElementsOfType(SsoSessionAddressMismatchEvent.class).hasSize(1);
	}

	@Test
	void doFilterWhenFromElsewhereAndOverThenOwnersSessionStays() throws Exception {
		use(policy(IpLock.PIN, null));
		this.ssoSessions.refuse(stored());
		this.request.setRemoteAddr(ELSEWHERE);
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.IP_MISMATCH);
		assertThat(this.request.getSession(false)).isNotNull();
	}

	@Test
	void doFilterWhenKeyHasExpiredThenNotRevoked() throws Exception {
		this.clock.advance(Duration.ofSeconds(60));
		authenticationAfterGuard(JANE);
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // D4
	void doFilterWhenMaximumAgeIsReachedThenSessionEndsAndKeyRevoked() throws Exception {
		use(policy(IpLock.OFF, Duration.ofSeconds(30)));
		this.clock.advance(Duration.ofSeconds(30).minusNanos(1));
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		this.clock.advance(Duration.ofNanos(1));
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.EXPIRED));
	}

	@Test // D4
	void doFilterWhenTimeOfLoginIsNotKnownThenMaximumAgeIsReached() throws Exception {
		use(policy(IpLock.OFF, Duration.ofDays(1)));
		save(builder().beganAt(Instant.EPOCH).build());
		assertThat(authenticationAfterGuard(JANE)).isNull();
	}

	@Test
	void doFilterWhenRejectedBehindThenEntryPointAnswers() throws Exception {
		throwBehind(new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH, "not from here"));
		assertThat(this.response.getStatus()).isEqualTo(401);
	}

	@Test
	void doFilterWhenRejectedBehindAfterAnswerThenThrown() {
		this.response.setCommitted(true);
		assertThatExceptionOfType(UltraCartLoginException.class).isThrownBy(
				() -> throwBehind(new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH, "not from here")));
	}

	@Test
	void doFilterWhenAnythingElseFailsBehindThenThrown() {
		UltraCartLoginException failure = new UltraCartLoginException(UltraCartLoginError.DENIED, "no");
		assertThatExceptionOfType(UltraCartLoginException.class).isThrownBy(() -> throwBehind(failure))
			.isSameAs(failure);
	}

	@Test // I6
	void doFilterWhenAnotherLoginReplacesThePrincipalThenUserIsKeptBehind() throws Exception {
		signInWithSecondFactor();
		assertThat(stored().user()).isEqualTo(USER);
		assertThat(stored().simpleKey().value()).isEqualTo("user-key");
		Authentication both = withSecondFactor();
		assertThat(authenticationAfterGuard(both)).isSameAs(both);
	}

	@Test
	void doFilterWhenUserIsKeptBehindAlreadyThenNotStoredAgain() throws Exception {
		signInWithSecondFactor();
		int saves = this.repository.saves;
		authenticationAfterGuard(withSecondFactor());
		assertThat(this.repository.saves).isEqualTo(saves);
	}

	@Test
	void doFilterWhenApplicationReplacesTheAuthenticationOfTheSameUserThenNothingIsStored() throws Exception {
		int saves = this.repository.saves;
		authenticationAfter(JANE, (request, response) -> {
			assertThat(this.strategy.getContext().getAuthentication()).isNotNull();
			this.strategy.setContext(new SecurityContextImpl(new UltraCartAuthenticationToken(USER, List.of())));
		});
		assertThat(this.repository.saves).isEqualTo(saves);
	}

	@Test // D9
	void doFilterWhenSessionEndsBeforeUserIsKeptBehindThenNoneIsCreated() throws Exception {
		authenticationAfter(JANE, (request, response) -> {
			assertThat(this.strategy.getContext().getAuthentication()).isNotNull();
			this.strategy.setContext(new SecurityContextImpl(withSecondFactor()));
			Objects.requireNonNull(this.request.getSession(false)).invalidate();
		});
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test // A10
	void doFilterWhenALoginHasReplacedTheSsoSessionThenUserIsNotKeptWithIt() throws Exception {
		SsoSession replacement = TestSsoSessions.withKey("new-key");
		authenticationAfter(JANE, (request, response) -> {
			assertThat(this.strategy.getContext().getAuthentication()).isNotNull();
			save(replacement);
			this.strategy.setContext(new SecurityContextImpl(withSecondFactor()));
		});
		assertThat(stored()).isEqualTo(replacement).returns(null, SsoSession::user);
	}

	@Test
	void doFilterWhenUserCannotBeKeptBehindThenRequestSucceedsAllTheSame() throws Exception {
		authenticationAfter(JANE, (request, response) -> {
			assertThat(this.strategy.getContext().getAuthentication()).isNotNull();
			this.strategy.setContext(new SecurityContextImpl(withSecondFactor()));
			this.repository.readOnly = true;
		});
		assertThat(this.response.getStatus()).isEqualTo(200);
	}

	@Test
	@SuppressWarnings("NullAway")
	void settersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setSecurityContextHolderStrategy(null))
			.withMessage("securityContextHolderStrategy cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setSecurityContextRepository(null))
			.withMessage("securityContextRepository cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setLogoutHandlers(null))
			.withMessage("logoutHandlers cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setApplicationEventPublisher(null))
			.withMessage("eventPublisher cannot be null");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		AuthenticationEntryPoint entryPoint = (request, response, ex) -> response.setStatus(401);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(null, this.ssoSessions, this.currentSsoSessions,
					this.revoker, entryPoint))
			.withMessage("ssoSessionRepository cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(this.repository, null, this.currentSsoSessions,
					this.revoker, entryPoint))
			.withMessage("ssoSessions cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(this.repository, this.ssoSessions, null, this.revoker,
					entryPoint))
			.withMessage("currentSsoSessions cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(this.repository, this.ssoSessions,
					this.currentSsoSessions, null, entryPoint))
			.withMessage("revoker cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(this.repository, this.ssoSessions,
					this.currentSsoSessions, this.revoker, null))
			.withMessage("entryPoint cannot be null");
	}

	private void signInWithSecondFactor() throws Exception {
		authenticationAfter(JANE, (request, response) -> {
			assertThat(this.strategy.getContext().getAuthentication()).isNotNull();
			this.strategy.setContext(new SecurityContextImpl(withSecondFactor()));
		});
	}

	private void throwBehind(UltraCartLoginException ex) throws Exception {
		this.filter.doFilter(this.request, this.response, (request, response) -> {
			throw ex;
		});
	}

}
