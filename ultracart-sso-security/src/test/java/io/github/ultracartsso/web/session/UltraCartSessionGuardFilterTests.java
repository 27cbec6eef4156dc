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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.CountingSealer;
import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SecretSealer;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionAddressMismatchEvent;
import io.github.ultracartsso.session.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.SsoSessionEndedEvent;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessionUser;
import io.github.ultracartsso.session.UltraCartUserRefreshedEvent;
import io.github.ultracartsso.session.UltraCartUserRefresher;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;

import ch.qos.logback.classic.Level;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSessionGuardFilter}.
 */
class UltraCartSessionGuardFilterTests {

	private static final UltraCartUser USER = UltraCartUser.with(42, "Jane!ops").build();

	private static final Authentication JANE = new UltraCartAuthenticationToken(USER, List.of());

	private static final Duration INTERVAL = Duration.ofMinutes(30);

	private final CountingSealer sealer = new CountingSealer();

	private final CountingRepository repository = new CountingRepository(this.sealer);

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final List<Object> events = new ArrayList<>();

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final UltraCartSessionGuardFilter filter = new UltraCartSessionGuardFilter(this.repository,
			new ManualRevocationScheduler(this.clock).newRevoker(this.client), refresher(),
			(request, response, ex) -> response.setStatus(401));

	private final SecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private MockHttpServletRequest request = TestRequests.navigation("/items");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@BeforeEach
	void setUp() {
		this.filter.setSecurityContextHolderStrategy(this.strategy);
		this.filter.setClock(this.clock);
		this.filter.setApplicationEventPublisher(this.events::add);
		this.repository.saveSsoSession(TestSsoSessions.expiringAt(TestSsoSessions.NOW.plusSeconds(60)), this.request,
				this.response);
		new SsoSessionUsers().save(new SsoSessionUser(USER, TestSsoSessions.NOW, "127.0.0.1", false), this.request);
	}

	@Test
	void doFilterWhenSsoSessionLastsThenSignedIn() throws Exception {
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(ended()).isNull();
	}

	@Test // or those requests would pass for guarded ones that have it from the session
	void doFilterThenAuthenticationIsTheRequestsOwn() throws Exception {
		Authentication first = authenticationAfterGuard(JANE);
		assertThat(first).isNotSameAs(JANE).isNotSameAs(authenticationAfterGuard(JANE));
		assertThat(first).isNotNull().extracting(Authentication::getDetails).isEqualTo(JANE.getDetails());
	}

	@Test // the key is hers whom the session names
	void doFilterWhenContextIsOfAnotherUserThanTheSessionThenSessionEnds() throws Exception {
		Authentication joe = new UltraCartAuthenticationToken(UltraCartUser.with(43, "Joe").build(), List.of());
		assertThat(authenticationAfterGuard(joe)).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.OTHER_USER));
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
	}

	@Test // I6
	void doFilterWhenUserProvedAnotherFactorTooThenSessionEndsAsWell() throws Exception {
		Authentication both = new TestingAuthenticationToken("Jane!ops", null, "FACTOR_PASSWORD",
				UltraCartAuthenticationProvider.FACTOR_AUTHORITY);
		assertThat(authenticationAfterGuard(both)).isSameAs(both);
		this.clock.advance(Duration.ofHours(1));
		assertThat(authenticationAfterGuard(both)).isNull();
	}

	@Test // D4
	void doFilterWhenErrorDispatchThenGuardedToo() throws Exception {
		this.request.setDispatcherType(DispatcherType.ERROR);
		this.request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/items");
		this.clock.advance(Duration.ofHours(1));
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
	void doFilterWhenSignedInOtherwiseOverAUserOfUltraCartThenHisKeyIsRevokedAndForgotten() throws Exception {
		Authentication other = new TestingAuthenticationToken("joe", null, "FACTOR_PASSWORD");
		assertThat(authenticationAfterGuard(other)).isSameAs(other);
		assertThat(this.repository.loadSsoSession(this.request)).isNull();
		assertThat(new SsoSessionUsers().find(this.request)).isNull();
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(authenticationAfterGuard(other)).isSameAs(other);
		assertThat(this.client.revoked()).hasSize(1);
	}

	@Test
	void doFilterWhenRepositoryAsksWhoTheUserIsThenTold() throws Exception {
		List<@Nullable Authentication> told = new ArrayList<>();
		this.repository.whenAsked = () -> told.add(this.strategy.getContext().getAuthentication());
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(told).containsExactly(JANE);
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
		assertThat(this.repository.expiries).isZero();
		assertThat(this.repository.loads).isZero();
	}

	@Test
	void doFilterWhenContextIsNotNeededThenNothingIsLoaded() throws Exception {
		this.strategy.setContext(new SecurityContextImpl(JANE));
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.repository.expiries).isZero();
		assertThat(this.repository.loads).isZero();
	}

	@Test
	void doFilterWhenContextIsNeededOftenThenLookedAtOnce() throws Exception {
		authenticationAfterGuard(JANE);
		assertThat(this.strategy.getContext()).isSameAs(this.strategy.getDeferredContext().get());
		assertThat(this.repository.expiries).isOne();
	}

	@Test
	@SuppressWarnings("NullAway")
	void settersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setClock(null))
			.withMessage("clock cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setSecurityContextHolderStrategy(null))
			.withMessage("securityContextHolderStrategy cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setSecurityContextRepository(null))
			.withMessage("securityContextRepository cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setPolicy(null))
			.withMessage("policy cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setApplicationEventPublisher(null))
			.withMessage("eventPublisher cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setCurrentSsoSessions(null))
			.withMessage("currentSsoSessions cannot be null");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		SsoSessionRevoker revoker = new ManualRevocationScheduler(this.clock).newRevoker(this.client);
		AuthenticationEntryPoint entryPoint = (request, response, ex) -> response.setStatus(401);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(null, revoker, refresher(), entryPoint))
			.withMessage("ssoSessionRepository cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(this.repository, null, refresher(), entryPoint))
			.withMessage("revoker cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(this.repository, revoker, null, entryPoint))
			.withMessage("refresher cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartSessionGuardFilter(this.repository, revoker, refresher(), null))
			.withMessage("entryPoint cannot be null");
	}

	@Test // I6
	void doFilterWhenNobodyKnowsTheUserAnyMoreThenSessionEnds() throws Exception {
		new SsoSessionUsers().remove(this.request);
		Authentication both = new TestingAuthenticationToken("Jane!ops", null, "FACTOR_PASSWORD",
				UltraCartAuthenticationProvider.FACTOR_AUTHORITY);
		assertThat(authenticationAfterGuard(both)).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.events).isEmpty();
	}

	@Test
	void doFilterWhenSessionEndsThenKeyIsForgottenWhereverItIsKept() throws Exception {
		this.clock.advance(Duration.ofHours(1));
		authenticationAfterGuard(JANE);
		assertThat(this.repository.removals).isOne();
	}

	@ParameterizedTest // I3
	@EnumSource(names = { "ASYNC", "ERROR" })
	void dispatchesWhenDueOrOverThenRefreshedAndGuardedToo(DispatcherType dispatch) throws Exception {
		becomeDue();
		this.request.setDispatcherType(dispatch);
		assertThat(names(authenticationAfterRefresh(JANE))).containsExactly("ROLE_VIEW_ITEMS");
		this.clock.advance(Duration.ofDays(1));
		assertThat(authenticationAfterRefresh(JANE)).isNull();
	}

	@Test // E7
	void refreshWhenAnotherRequestSavesItMeanwhileThenOldContextIsNotTakenForNew() throws Exception {
		becomeDue();
		this.strategy.setDeferredContext(() -> {
			SecurityContext beforeRefresh = new SecurityContextImpl(JANE);
			new SsoSessionUsers().save(new SsoSessionUser(USER, this.clock.instant(), "127.0.0.1", false),
					this.request);
			return beforeRefresh;
		});
		this.filter.doFilter(this.request, this.response, chainWithRefresh());
		assertThat(names(this.strategy.getContext().getAuthentication())).containsExactly("ROLE_VIEW_ITEMS");
	}

	@Test
	void refreshThenChainContinues() throws Exception {
		MockFilterChain chain = chainWithRefresh();
		authenticationAfter(JANE, chain);
		assertThat(chain.getRequest()).isSameAs(this.request);
	}

	@Test
	void refreshWhenNoSessionsThenEachUserIsReadOnHisOwn() throws Exception {
		SsoSessionRepository elsewhere = mock(SsoSessionRepository.class);
		given(elsewhere.findExpiry(any())).willReturn(Instant.MAX);
		given(elsewhere.loadSsoSession(any())).willReturn(TestSsoSessions.withKey("key-from-elsewhere"));
		this.client.onSessionUser((key) -> new User(this.client.read().size(), "x", null, null, null, null));
		UltraCartSessionGuardFilter guard = new UltraCartSessionGuardFilter(elsewhere,
				new ManualRevocationScheduler(this.clock).newRevoker(this.client), refresher(),
				(request, response, ex) -> response.setStatus(401));
		guard.setSecurityContextHolderStrategy(this.strategy);
		guard.setClock(this.clock);
		for (int userId = 1; userId <= 2; userId++) {
			UltraCartUser user = UltraCartUser.with(userId, "x").build();
			this.strategy.setContext(new SecurityContextImpl(new UltraCartAuthenticationToken(user, List.of())));
			guard.doFilter(TestRequests.navigation("/items"), this.response,
					new MockFilterChain(mock(HttpServlet.class), new UltraCartUserRefreshFilter(guard)));
			assertThat(this.strategy.getContext().getAuthentication()).isNotNull()
				.extracting(Authentication::getPrincipal)
				.isEqualTo(user);
		}
		assertThat(this.client.read()).hasSize(2);
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

	@Test // G6
	void doFilterWhenFreshlyReadFromStoreThenNoDecryption() throws Exception {
		MockHttpServletRequest next = TestRequests.navigation("/items");
		next.setSession(TestHttpSessions.copyOf(Objects.requireNonNull(this.request.getSession(false))));
		this.request = next;
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(this.repository.expiries).isOne();
		assertThat(this.repository.loads).isZero();
		assertThat(this.sealer.opened()).isZero();
		assertThat(this.client.read()).isEmpty();
	}

	@Test // D4
	void doFilterWhenKeyWasSealedElsewhereThenSessionEnds() throws Exception {
		new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"))
			.saveSsoSession(TestSsoSessions.withKey("user-key"), this.request, this.response);
		this.request.setSession(TestHttpSessions.copyOf(Objects.requireNonNull(this.request.getSession(false))));
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.KEY_LOST));
	}

	@Test // H1
	void doFilterWhenSessionEndsThenToldOfOnce() throws Exception {
		this.clock.advance(Duration.ofHours(1));
		MockHttpSession copy = TestHttpSessions.copyOf(Objects.requireNonNull(this.request.getSession(false)));
		authenticationAfterGuard(JANE);
		this.request.setSession(copy);
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(copy.isInvalid()).isTrue();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.EXPIRED));
	}

	@Test // D4
	void doFilterWhenKeyHasBeenRefusedElsewhereThenSessionEndsAndNothingIsRevoked() throws Exception {
		CurrentSsoSessions currentSsoSessions = currentSsoSessions();
		currentSsoSessions.end(TestSsoSessions.withKey("another-key"));
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		currentSsoSessions.end(Objects.requireNonNull(this.repository.loadSsoSession(this.request)));
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.REFUSED));
	}

	@Test // D4
	void doFilterWhenKeyIsRefusedElsewhereMeanwhileThenSessionEndsAfterTheRequest() throws Exception {
		CurrentSsoSessions currentSsoSessions = currentSsoSessions();
		this.strategy.setContext(new SecurityContextImpl(JANE));
		MockHttpSession session = Objects.requireNonNull((MockHttpSession) this.request.getSession(false));
		CompletableFuture<Boolean> stillSignedIn = new CompletableFuture<>();
		this.filter.doFilter(this.request, this.response, (request, response) -> {
			SsoSession ssoSession = Objects.requireNonNull(currentSsoSessions.find());
			CompletableFuture.runAsync(() -> currentSsoSessions.end(ssoSession)).join();
			stillSignedIn.complete(!session.isInvalid());
		});
		assertThat(stillSignedIn).isCompletedWithValue(true);
		assertThat(session.isInvalid()).isTrue();
		assertThat(this.strategy.getContext().getAuthentication()).isNull();
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.REFUSED));
	}

	@Test // G6
	void doFilterWhenNoKeyHasBeenRefusedThenNoneIsLoaded() throws Exception {
		CurrentSsoSessions currentSsoSessions = currentSsoSessions();
		currentSsoSessions.end(TestSsoSessions.expiringAt(TestSsoSessions.NOW.plusSeconds(10)));
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(this.repository.loads).isZero();
	}

	@Test // G6
	void doFilterWhenContextIsNotNeededThenRefusedKeysAreNotLookedFor() throws Exception {
		CurrentSsoSessions currentSsoSessions = currentSsoSessions();
		currentSsoSessions.end(Objects.requireNonNull(this.repository.loadSsoSession(this.request)));
		this.repository.loads = 0;
		this.strategy.setContext(new SecurityContextImpl(JANE));
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.repository.loads).isZero();
	}

	@Test
	void doFilterWhenFromElsewhereThenSsoSessionIsNotKnown() throws Exception {
		CurrentSsoSessions currentSsoSessions = currentSsoSessions();
		this.filter.setPolicy(SsoSessionPolicy.builder().ipLock(IpLock.PIN).build());
		this.request.setRemoteAddr("198.51.100.9");
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(currentSsoSessions.find(JANE)).isNull();
	}

	@Test
	void refreshWhenUserIsReplacedThenSsoSessionIsKnownByTheNewOne() throws Exception {
		CurrentSsoSessions currentSsoSessions = currentSsoSessions();
		becomeDue();
		Authentication refreshed = Objects.requireNonNull(authenticationAfterRefresh(JANE));
		assertThat(refreshed).isNotSameAs(JANE);
		assertThat(currentSsoSessions.find(refreshed)).isNotNull();
		assertThat(currentSsoSessions.find(JANE)).isNull();
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

	@Test
	void doFilterWhenKeyHasExpiredThenNotRevoked() throws Exception {
		this.clock.advance(Duration.ofSeconds(60));
		authenticationAfterGuard(JANE);
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // D4
	void doFilterWhenMaximumAgeIsReachedThenSessionEndsAndKeyRevoked() throws Exception {
		this.filter.setPolicy(SsoSessionPolicy.builder().maxAge(Duration.ofSeconds(30)).build());
		Authentication jane = signedInAt(TestSsoSessions.NOW);
		this.clock.advance(Duration.ofSeconds(30).minusNanos(1));
		assertThat(authenticationAfterGuard(jane)).isEqualTo(jane);
		this.clock.advance(Duration.ofNanos(1));
		assertThat(authenticationAfterGuard(jane)).isNull();
		assertThat(this.client.revoked()).containsExactly("user-key");
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.EXPIRED));
	}

	@Test // D4
	void doFilterWhenTimeOfLoginIsNotKnownThenMaximumAgeIsReached() throws Exception {
		this.filter.setPolicy(SsoSessionPolicy.builder().maxAge(Duration.ofDays(1)).build());
		assertThat(authenticationAfterGuard(JANE)).isNull();
	}

	@Test
	void doFilterWhenKeyOfSessionThatEndsCannotBeLoadedThenEndsAllTheSame() throws Exception {
		this.filter.setPolicy(SsoSessionPolicy.builder().maxAge(Duration.ofSeconds(1)).build());
		this.repository.broken = true;
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.events).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "true, 0, true", "true, 59, true", "true, 60, false", "false, 0, false" })
	void doFilterWhenSessionEndsThenAgainOnlyIfItHadFollowedOnAnEndJustBefore(boolean afterSessionEnd, int age,
			boolean again) throws Exception {
		new SsoSessionUsers().save(new SsoSessionUser(USER, TestSsoSessions.NOW, "127.0.0.1", afterSessionEnd),
				this.request);
		this.repository.removeSsoSession(this.request, this.response);
		this.clock.advance(Duration.ofSeconds(age));
		authenticationAfterGuard(signedInAt(TestSsoSessions.NOW));
		assertThat(SessionEnd.of(this.request)).isEqualTo(new SessionEnd(UltraCartLoginError.SESSION_ENDED, again));
	}

	@Test
	void doFilterWhenFromElsewhereThenNobodysAndSessionStays() throws Exception {
		this.filter.setPolicy(SsoSessionPolicy.builder().ipLock(IpLock.PIN).build());
		this.request.setRemoteAddr("198.51.100.9");
		assertThat(authenticationAfterGuard(JANE)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.IP_MISMATCH);
		assertThat(this.repository.loadSsoSession(this.request)).isNotNull();
		assertThat(this.events).hasOnlyElementsOfType(SsoSessionAddressMismatchEvent.class).hasSize(1);
	}

	@Test
	void doFilterWhenRefusedBehindThenEntryPointAnswers() throws Exception {
		throwBehind(new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH, "not from here"));
		assertThat(this.response.getStatus()).isEqualTo(401);
	}

	@Test
	void doFilterWhenRefusedBehindAfterAnswerThenThrown() {
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

	@Test
	void refreshWhenDueThenNotBeforeItsFilter() throws Exception {
		becomeDue();
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(this.client.read()).isEmpty();
	}

	@Test // E7
	void refreshWhenDueThenContextIsReplacedAndSaved() throws Exception {
		becomeDue();
		SecurityContextRepository contexts = mock(SecurityContextRepository.class);
		this.filter.setSecurityContextRepository(contexts);
		Authentication refreshed = Objects.requireNonNull(authenticationAfterRefresh(JANE));
		assertThat(refreshed).isNotSameAs(JANE);
		assertThat(names(refreshed)).containsExactly("ROLE_VIEW_ITEMS");
		then(contexts).should().saveContext(new SecurityContextImpl(refreshed), this.request, this.response);
		assertThat(this.events)
			.containsExactly(new UltraCartUserRefreshedEvent(USER, Set.of("ROLE_VIEW_ITEMS"), Set.of()));
	}

	@Test
	void refreshWhenUserIsSignedInTwiceThenEachSessionIsReadWithItsOwnKey() throws Exception {
		becomeDue();
		authenticationAfterRefresh(JANE);
		this.request = TestRequests.navigation("/items");
		this.repository.saveSsoSession(TestSsoSessions.withKey("other-key"), this.request, this.response);
		new SsoSessionUsers().save(new SsoSessionUser(USER, TestSsoSessions.NOW, "127.0.0.1", false), this.request);
		authenticationAfterRefresh(JANE);
		assertThat(this.client.read()).containsExactly("user-key", "other-key");
	}

	@Test // H1
	void refreshWhenSomethingChangesThenLogSaysWhat() throws Exception {
		try (CapturedLog log = CapturedLog.of(UltraCartSessionGuardFilter.class.getName())) {
			becomeDue();
			authenticationAfterRefresh(JANE);
			this.clock.advance(INTERVAL);
			authenticationAfterRefresh(JANE);
			assertThat(this.client.read()).hasSize(2);
			assertThat(log.messages(Level.INFO)).singleElement()
				.asString()
				.contains("has gained [ROLE_VIEW_ITEMS] and lost []");
		}
	}

	@Test
	void refreshWhenSavedThenNotDueAnyMore() throws Exception {
		becomeDue();
		authenticationAfterRefresh(JANE);
		authenticationAfterRefresh(JANE);
		this.clock.advance(INTERVAL.minusNanos(1));
		authenticationAfterRefresh(JANE);
		assertThat(this.client.read()).containsExactly("user-key");
	}

	@Test
	void refreshWhenContextIsNotNeededThenNoCall() throws Exception {
		becomeDue();
		this.strategy.setContext(new SecurityContextImpl(JANE));
		this.filter.doFilter(this.request, this.response, chainWithRefresh());
		assertThat(this.client.read()).isEmpty();
	}

	@Test
	void refreshWhenSignedInOtherwiseThenNoneOfItsBusiness() throws Exception {
		becomeDue();
		Authentication other = new TestingAuthenticationToken("joe", null, "FACTOR_PASSWORD");
		assertThat(authenticationAfterRefresh(other)).isSameAs(other);
		assertThat(authenticationAfterRefresh(null)).isNull();
		assertThat(this.client.read()).isEmpty();
	}

	@Test // I6
	void refreshWhenAnotherLoginMergedThenOnlyWhatUltraCartGaveIsReplaced() throws Exception {
		UltraCartUser before = UltraCartUser.with(42, "Jane!ops")
			.authorities(AuthorityUtils.createAuthorityList("ROLE_EDIT_ITEMS", "ROLE_ULTRACART_USER"))
			.build();
		new SsoSessionUsers().save(new SsoSessionUser(before, TestSsoSessions.NOW, "127.0.0.1", false), this.request);
		becomeDue();
		this.client.onSessionUser((key) -> FakeUltraCartSsoClient.jane("View Items", "Jane"));
		FactorGrantedAuthority factor = factorIssuedAt(TestSsoSessions.NOW);
		List<GrantedAuthority> authorities = new ArrayList<>(AuthorityUtils.createAuthorityList("ROLE_EDIT_ITEMS",
				"ROLE_ULTRACART_USER", "FACTOR_PASSWORD", "ROLE_JANE"));
		authorities.add(factor);
		Object owner = "Jane!ops";
		Authentication both = UsernamePasswordAuthenticationToken.authenticated(owner, null, authorities);
		Authentication refreshed = Objects.requireNonNull(authenticationAfterRefresh(both));
		assertThat(refreshed).isInstanceOf(UsernamePasswordAuthenticationToken.class);
		assertThat(refreshed.getPrincipal()).isSameAs(owner);
		assertThat(refreshed.getAuthorities()).extracting(GrantedAuthority::getAuthority)
			.containsExactlyInAnyOrder("ROLE_ULTRACART_USER", "FACTOR_PASSWORD", "ROLE_JANE", "FACTOR_ULTRACART_SSO",
					"ROLE_VIEW_ITEMS");
		assertThat(refreshed.getAuthorities()).<GrantedAuthority>map((authority) -> authority).contains(factor);
	}

	@Test
	void refreshWhenUltraCartRefusesThenSessionEndsAndIsToldOfOnce() throws Exception {
		becomeDue();
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.CREDENTIAL_REJECTED);
		});
		MockHttpSession copy = TestHttpSessions.copyOf(Objects.requireNonNull(this.request.getSession(false)));
		assertThat(authenticationAfterRefresh(JANE)).isNull();
		this.request.setSession(copy);
		assertThat(authenticationAfterRefresh(JANE)).isNull();
		assertThat(copy.isInvalid()).isTrue();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.client.read()).hasSize(1);
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.REFUSED));
	}

	@Test
	void refreshWhenItMayPassThenUserKeepsWhatHeHas() throws Exception {
		becomeDue();
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.SERVER_ERROR);
		});
		assertThat(authenticationAfterRefresh(JANE)).isEqualTo(JANE);
		assertThat(authenticationAfterRefresh(JANE)).isEqualTo(JANE);
		assertThat(this.client.read()).hasSize(1);
		assertThat(this.events).isEmpty();
	}

	@Test
	void refreshWhenNeverThenNoCall() throws Exception {
		becomeDue();
		this.filter.setPolicy(SsoSessionPolicy.builder().refreshInterval(Duration.ZERO).build());
		assertThat(authenticationAfterRefresh(JANE)).isEqualTo(JANE);
		assertThat(this.client.read()).isEmpty();
	}

	@Test // D9
	void refreshWhenSessionEndsMeanwhileThenNoneCreated() throws Exception {
		becomeDue();
		HttpSession session = Objects.requireNonNull(this.request.getSession(false));
		this.client.onSessionUser((key) -> {
			session.invalidate();
			return FakeUltraCartSsoClient.USER;
		});
		assertThat(authenticationAfterRefresh(JANE)).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.events).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway")
	void refreshFilterWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartUserRefreshFilter(null))
			.withMessage("guard cannot be null");
	}

	private CurrentSsoSessions currentSsoSessions() {
		CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions();
		currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		currentSsoSessions.setClock(this.clock);
		this.filter.setCurrentSsoSessions(currentSsoSessions);
		return currentSsoSessions;
	}

	private void becomeDue() {
		this.repository.saveSsoSession(TestSsoSessions.expiringAt(TestSsoSessions.NOW.plus(Duration.ofDays(1))),
				this.request, this.response);
		this.clock.advance(INTERVAL);
	}

	private void throwBehind(UltraCartLoginException ex) throws Exception {
		this.filter.doFilter(this.request, this.response, (request, response) -> {
			throw ex;
		});
	}

	private UltraCartUserRefresher refresher() {
		UltraCartUserRefresher refresher = new UltraCartUserRefresher(new UltraCartUserReader(this.client,
				new DefaultUltraCartUserMapper(new PermissionAuthoritiesMapper())));
		refresher.setClock(this.clock);
		return refresher;
	}

	private static Authentication signedInAt(Instant time) {
		return new UltraCartAuthenticationToken(USER, List.of(factorIssuedAt(time)));
	}

	private static FactorGrantedAuthority factorIssuedAt(Instant time) {
		return FactorGrantedAuthority.withAuthority(UltraCartAuthenticationProvider.FACTOR_AUTHORITY)
			.issuedAt(time)
			.build();
	}

	private static Set<String> names(@Nullable Authentication authentication) {
		return AuthorityUtils.authorityListToSet(Objects.requireNonNull(authentication).getAuthorities());
	}

	private MockFilterChain chainWithRefresh() {
		return new MockFilterChain(mock(HttpServlet.class), new UltraCartUserRefreshFilter(this.filter));
	}

	private @Nullable Authentication authenticationAfterRefresh(@Nullable Authentication authentication)
			throws Exception {
		return authenticationAfter(authentication, chainWithRefresh());
	}

	private @Nullable Authentication authenticationAfterGuard(@Nullable Authentication authentication)
			throws Exception {
		return authenticationAfter(authentication, new MockFilterChain());
	}

	private @Nullable Authentication authenticationAfter(@Nullable Authentication authentication, MockFilterChain chain)
			throws Exception {
		SecurityContext context = this.strategy.createEmptyContext();
		context.setAuthentication(authentication);
		this.strategy.setContext(context);
		this.filter.doFilter(this.request, this.response, chain);
		return this.strategy.getContext().getAuthentication();
	}

	private @Nullable UltraCartLoginError ended() {
		SessionEnd end = SessionEnd.of(this.request);
		return (end != null) ? end.error() : null;
	}

	private static final class CountingRepository implements SsoSessionRepository {

		private final SsoSessionRepository delegate;

		private Runnable whenAsked = () -> {
		};

		private int loads;

		private int expiries;

		private int removals;

		private boolean broken;

		private CountingRepository(SecretSealer sealer) {
			this.delegate = new HttpSessionSsoSessionRepository(sealer);
		}

		@Override
		public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
			this.delegate.saveSsoSession(ssoSession, request, response);
		}

		@Override
		public @Nullable SsoSession loadSsoSession(HttpServletRequest request) {
			Assert.state(!this.broken, "the session store is down");
			this.loads++;
			return this.delegate.loadSsoSession(request);
		}

		@Override
		public @Nullable Instant findExpiry(HttpServletRequest request) {
			this.expiries++;
			this.whenAsked.run();
			return this.delegate.findExpiry(request);
		}

		@Override
		public @Nullable Supplier<@Nullable SsoSession> loadDeferredSsoSession(HttpServletRequest request) {
			return this.delegate.loadDeferredSsoSession(request);
		}

		@Override
		public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
			this.removals++;
			this.delegate.removeSsoSession(request, response);
		}

	}

}
