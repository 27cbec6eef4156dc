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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartLogoutHandler;
import io.github.ultracartsso.web.session.UltraCartSessionGuardFilter;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;
import io.github.ultracartsso.session.sealing.EncryptionKeys;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.concurrent.DelegatingSecurityContextCallable;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link CurrentSsoSessions}, which is told by an
 * {@link UltraCartSessionGuardFilter} of requests under way.
 */
class CurrentSsoSessionsTests {

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	private static final UltraCartUser JOE = UltraCartUser.with(43, "Joe!ops").build();

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final SsoSessionRepository repository = new HttpSessionSsoSessionRepository(
			EncryptionKeys.random().sealer("test"));

	private final SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);

	private final SsoSessionRevoker revoker = new ManualRevocationScheduler(this.clock)
		.newRevoker(new FakeUltraCartSsoClient(), this.ssoSessions);

	private final CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(this.ssoSessions);

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	@BeforeEach
	void setUp() {
		this.currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		this.ssoSessions.setClock(this.clock);
	}

	@Test
	void findWhenNobodyThenNull() {
		assertThat(this.currentSsoSessions.find()).isNull();
	}

	@ParameterizedTest
	@MethodSource
	void findWhenNotSignedInWithUltraCartThenNullThoughTheSessionHoldsAKey(Authentication authentication)
			throws Exception {
		assertThat(findInRequest(session(JANE, "user-key"), authentication)).isNull();
		assertThat(this.currentSsoSessions.find(authentication)).isNull();
	}

	static Stream<Authentication> findWhenNotSignedInWithUltraCartThenNullThoughTheSessionHoldsAKey() {
		return Stream.of(
				new AnonymousAuthenticationToken("key", "anonymous",
						AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")),
				UsernamePasswordAuthenticationToken.authenticated(JANE, null,
						AuthorityUtils.createAuthorityList("FACTOR_PASSWORD")));
	}

	@ParameterizedTest
	@MethodSource
	void findWhenSignedInWithUltraCartThenFound(Authentication authentication) throws Exception {
		assertThat(findInRequest(session(JANE, "user-key"), authentication)).isEqualTo(this.ssoSession);
	}

	static Stream<Authentication> findWhenSignedInWithUltraCartThenFound() {
		return Stream.of(new UltraCartAuthenticationToken(JANE, List.of()), new TestingAuthenticationToken("Jane!ops",
				null, "FACTOR_PASSWORD", UltraCartAuthenticationProvider.FACTOR_AUTHORITY));
	}

	@Test
	void findWhenExpiredThenNull() {
		Authentication jane = bound(JANE, this.ssoSession);
		this.clock.advance(Duration.ofHours(1).minusNanos(1));
		assertThat(this.currentSsoSessions.find(jane)).isSameAs(this.ssoSession);
		this.clock.advance(Duration.ofNanos(1));
		assertThat(this.currentSsoSessions.find(jane)).isNull();
	}

	@Test
	void findWhenRefusedThenNullAndOthersAreStillFound() {
		Authentication jane = bound(JANE, this.ssoSession);
		Authentication joe = bound(JOE, TestSsoSessions.withKey("joes-key"));
		this.currentSsoSessions.endRefused(this.ssoSession);
		assertThat(this.currentSsoSessions.find(jane)).isNull();
		assertThat(this.currentSsoSessions.find(joe)).isNotNull();
	}

	@Test
	void findWhenBoundThenFoundByThatAuthenticationUntilTheSsoSessionIsClosed() {
		Authentication jane = bound(JANE, this.ssoSession);
		this.strategy.setContext(new SecurityContextImpl(jane));
		assertThat(this.currentSsoSessions.find()).isSameAs(this.ssoSession);
		assertThat(this.currentSsoSessions.find(signedIn(JANE))).isNull();
		this.ssoSessions.close(this.ssoSession);
		assertThat(this.currentSsoSessions.find()).isNull();
	}

	@Test
	void findWhenTokenGivesAccessToAKeyOfUnknownOriginThenNull() {
		assertThat(this.currentSsoSessions
			.find(signedIn(JANE).withSsoSession(this.ssoSession.id(), () -> SimpleKey.of("user-key")))).isNull();
	}

	@Test // which alone knows whether that SSO session is over
	void findWhenBoundByAnotherApplicationThenNull() {
		SsoSessions other = new SsoSessions(SsoSessionPolicy.DEFAULTS);
		other.setClock(this.clock);
		assertThat(this.currentSsoSessions.find(other.bind(signedIn(JANE), this.ssoSession))).isNull();
	}

	@Test // a context taken from the session in memory, as a task scheduled at the login
			// may
	void findWhenContextIsTakenFromTheSessionOutsideARequestThenFoundUntilTheSessionEnds() {
		Authentication stored = this.ssoSessions.bindBetweenRequests(signedIn(JANE), this.ssoSession);
		assertThat(this.currentSsoSessions.find(stored)).isSameAs(this.ssoSession);
		this.revoker.revoke(this.ssoSession);
		assertThat(this.currentSsoSessions.find(stored)).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "PIN", "ENFORCE" })
	void findWhenSessionIsLockedToAnAddressThenOnlyWithAGuardedRequest(IpLock lock) throws Exception {
		SsoSessions locked = new SsoSessions(
				new SsoSessionPolicy(lock, Duration.ofMinutes(30), Duration.ofSeconds(5), null, Duration.ofHours(1)));
		locked.setClock(this.clock);
		CurrentSsoSessions current = new CurrentSsoSessions(locked);
		current.setSecurityContextHolderStrategy(this.strategy);
		Authentication stored = locked.bindBetweenRequests(locked.bind(signedIn(JANE), this.ssoSession),
				this.ssoSession);
		assertThat(current.find(stored)).isNull();
		UltraCartSessionGuardFilter guard = new UltraCartSessionGuardFilter(this.repository, locked, current,
				this.revoker, (request, response, ex) -> response.setStatus(401));
		guard.setSecurityContextHolderStrategy(this.strategy);
		this.strategy.setContext(new SecurityContextImpl(stored));
		List<@Nullable SsoSession> found = new ArrayList<>();
		guard.doFilter(request(session(JANE, "user-key")), new MockHttpServletResponse(),
				(request, response) -> found.add(current.find()));
		assertThat(found).containsExactly(this.ssoSession);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void findWhenOnAThreadThatCarriesTheContextThenFoundAlsoAfterTheRequest(boolean readFromStore) throws Exception {
		MockHttpSession begun = session(JANE, "user-key");
		MockHttpSession session = readFromStore ? TestHttpSessions.copyOf(begun) : begun;
		onAnotherThread((thread) -> {
			Executor carrying = inRequest(session, signedIn(JANE), () -> {
				Executor executor = carrying(thread);
				assertThat(find(executor)).isEqualTo(this.ssoSession);
				return executor;
			});
			assertThat(this.currentSsoSessions.find()).isNull();
			assertThat(find(carrying)).isEqualTo(this.ssoSession);
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void findWhenOnAVirtualThreadThatCarriesTheContextThenFound() throws Exception {
		Executor carrying = inRequest(session(JANE, "user-key"), signedIn(JANE),
				() -> carrying(new VirtualThreadTaskExecutor()));
		assertThat(find(carrying)).isEqualTo(this.ssoSession);
		assertThat(find(new VirtualThreadTaskExecutor())).isNull();
	}

	@Test
	void findWhenOnAThreadWithoutContextThenNull() throws Exception {
		onAnotherThread((thread) -> inRequest(session(JANE, "user-key"), signedIn(JANE), () -> {
			assertThat(find(thread)).isNull();
			assertThat(this.currentSsoSessions.find()).isNotNull();
			return true;
		}));
	}

	@Test
	void findWhenThreadOfARequestHelpsOutWithTheWorkOfSomebodyElseThenEachHasHisOwn() throws Exception {
		Callable<@Nullable SsoSession> ofJane = inRequest(session(JANE, "user-key"), signedIn(JANE),
				this::findCarryingTheContext);
		inRequest(session(JOE, "joes-key"), signedIn(JOE), () -> {
			assertThat(ofJane.call()).isEqualTo(this.ssoSession);
			assertThat(this.currentSsoSessions.find()).isEqualTo(TestSsoSessions.withKey("joes-key"));
			return true;
		});
	}

	@Test
	void findWhenWorkOfSomebodyUnknownIsDoneOnTheThreadOfARequestThenNotFound() throws Exception {
		Authentication stranger = signedIn(JANE);
		inRequest(session(JOE, "joes-key"), signedIn(JOE), () -> {
			assertThat(this.currentSsoSessions.find(stranger)).isNull();
			assertThat(this.currentSsoSessions.find()).isNotNull();
			return true;
		});
	}

	@Test
	void findWhenRequestsAreNestedThenEachHasItsOwn() throws Exception {
		inRequest(session(JANE, "user-key"), signedIn(JANE), () -> {
			assertThat(this.currentSsoSessions.find()).isEqualTo(this.ssoSession);
			assertThat(findInRequest(session(JOE, "joes-key"), signedIn(JOE)))
				.isEqualTo(TestSsoSessions.withKey("joes-key"));
			// an equal authentication, that is known by the request alone
			assertThat(this.currentSsoSessions.find(signedIn(JANE))).isEqualTo(this.ssoSession);
			return true;
		});
		assertThat(this.currentSsoSessions.find(signedIn(JANE))).isNull();
	}

	@Test
	void findWhenApplicationHasReplacedTheAuthenticationThenFoundOnTheThreadOfTheRequest() throws Exception {
		inRequest(session(JANE, "user-key"), signedIn(JANE), () -> {
			Authentication jane = Objects.requireNonNull(this.strategy.getContext().getAuthentication());
			this.strategy.setContext(new SecurityContextImpl(jane.toBuilder()
				.authorities((authorities) -> authorities.add(new SimpleGrantedAuthority("ROLE_EXTRA")))
				.build()));
			assertThat(this.currentSsoSessions.find()).isEqualTo(this.ssoSession);
			return true;
		});
	}

	@Test
	void findWhenSessionIsReadAnewWithEachRequestThenEachIsFound() throws Exception {
		MockHttpSession session = session(JANE, "user-key");
		List<Callable<@Nullable SsoSession>> later = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			later.add(inRequest(TestHttpSessions.copyOf(session), signedIn(JANE), this::findCarryingTheContext));
		}
		for (Callable<@Nullable SsoSession> find : later) {
			assertThat(find.call()).isEqualTo(this.ssoSession);
		}
	}

	@Test
	void findWhenSignedOutThenNullOnThreadsThatStillHoldTheContext() throws Exception {
		MockHttpSession session = session(JANE, "user-key");
		Authentication jane = signedIn(JANE);
		Callable<@Nullable SsoSession> later = inRequest(session, jane, this::findCarryingTheContext);
		assertThat(later.call()).isNotNull();
		new UltraCartLogoutHandler(this.repository, this.ssoSessions, this.revoker).logout(request(session),
				new MockHttpServletResponse(), jane);
		assertThat(later.call()).isNull();
	}

	@Test
	void findWhenSignedOutByARequestThatHasReadTheSessionAnewThenNullAllTheSame() throws Exception {
		MockHttpSession session = session(JANE, "user-key");
		Callable<@Nullable SsoSession> later = inRequest(TestHttpSessions.copyOf(session), signedIn(JANE),
				this::findCarryingTheContext);
		Callable<@Nullable SsoSession> ofAnotherLogin = inRequest(session(JANE, "other-key"), signedIn(JANE),
				this::findCarryingTheContext);
		new UltraCartLogoutHandler(this.repository, this.ssoSessions, this.revoker).logout(request(session),
				new MockHttpServletResponse(), signedIn(JANE));
		assertThat(later.call()).isNull();
		assertThat(ofAnotherLogin.call()).isNotNull();
	}

	@Test
	void findWhenAuthenticationIsOfAnotherClassThenFoundOnTheThreadOfTheRequestOnly() throws Exception {
		Authentication both = new TestingAuthenticationToken("Jane!ops", null, "FACTOR_PASSWORD",
				UltraCartAuthenticationProvider.FACTOR_AUTHORITY);
		onAnotherThread((thread) -> inRequest(session(JANE, "user-key"), both, () -> {
			assertThat(this.currentSsoSessions.find()).isEqualTo(this.ssoSession);
			assertThat(find(carrying(thread))).isNull();
			return true;
		}));
	}

	@Test
	void findWhenAnotherRequestHasEndedTheSessionThenNull() throws Exception {
		MockHttpSession session = session(JANE, "user-key");
		inRequest(session, signedIn(JANE), () -> {
			assertThat(this.currentSsoSessions.find()).isNotNull();
			new UltraCartLogoutHandler(this.repository, this.ssoSessions, this.revoker).logout(request(session),
					new MockHttpServletResponse(), signedIn(JANE));
			assertThat(this.currentSsoSessions.find()).isNull();
			return true;
		});
	}

	@Test
	void findWhenSessionStoreIsDownThenItsExceptionIsNotHidden() throws Exception {
		SsoSessionRepository down = mock(SsoSessionRepository.class);
		given(down.loadSsoSession(any())).willThrow(new IllegalStateException("the session store is down"));
		inRequest(down, session(JANE, "user-key"), signedIn(JANE), () -> {
			assertThatIllegalStateException().isThrownBy(this.currentSsoSessions::find)
				.withMessage("the session store is down");
			return true;
		});
	}

	@Test
	void findWhenManyUsersShareThreadsThenEachHasHisOwn() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			List<Future<?>> checks = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				UltraCartUser user = UltraCartUser.with(i, "user-" + i).build();
				SsoSession expected = TestSsoSessions.withKey("key-" + i);
				Callable<@Nullable SsoSession> later = inRequest(session(user, "key-" + i), signedIn(user),
						this::findCarryingTheContext);
				checks.add(threads.submit(() -> {
					assertThat(later.call()).isEqualTo(expected);
					assertThat(findInRequest(session(user, "key-" + user.userId()), signedIn(user)))
						.isEqualTo(expected);
					assertThat(this.currentSsoSessions.find()).isNull();
					return true;
				}));
			}
			for (Future<?> check : checks) {
				check.get(10, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void endRefusedWhenOnTheThreadOfTheRequestThenNobodyAnyMore() throws Exception {
		MockHttpSession session = session(JANE, "user-key");
		inRequest(session, signedIn(JANE), () -> {
			this.currentSsoSessions.endRefused(Objects.requireNonNull(this.currentSsoSessions.find()));
			assertThat(this.strategy.getContext().getAuthentication()).isNull();
			assertThat(this.currentSsoSessions.find()).isNull();
			assertThat(session.isInvalid()).isTrue();
			return true;
		});
	}

	@Test
	void endRefusedWhenOfSomebodyElseOrAnotherKeyThenRequestGoesOn() throws Exception {
		MockHttpSession session = session(JANE, "user-key");
		inRequest(session, signedIn(JANE), () -> {
			assertThat(this.currentSsoSessions.find()).isNotNull();
			this.currentSsoSessions.endRefused(TestSsoSessions.withKey("another-key"));
			assertThat(this.currentSsoSessions.find()).isNotNull();
			return true;
		});
		assertThat(session.isInvalid()).isFalse();
	}

	@Test
	void endRefusedWhenALoginHasReplacedTheKeyMeanwhileThenSessionStays() throws Exception {
		MockHttpSession session = session(JANE, "user-key");
		SsoSession newSession = TestSsoSessions.withKey("new-key");
		inRequest(session, signedIn(JANE), () -> {
			SsoSession replaced = Objects.requireNonNull(this.currentSsoSessions.find());
			this.repository.saveSsoSession(newSession, request(session), new MockHttpServletResponse());
			this.currentSsoSessions.endRefused(replaced);
			assertThat(this.currentSsoSessions.find()).isNull();
			return true;
		});
		assertThat(session.isInvalid()).isFalse();
		assertThat(findInRequest(session, signedIn(JANE))).isEqualTo(newSession);
	}

	@Test // the request has to look at its context before anyone can say whose it is
	void endRefusedWhenContextIsNotNeededThenSessionStaysUntilTheNextRequest() throws Exception {
		MockHttpSession session = session(JANE, "user-key");
		inRequest(session, signedIn(JANE), () -> {
			this.currentSsoSessions.endRefused(this.ssoSession);
			return true;
		});
		assertThat(session.isInvalid()).isFalse();
		assertThat(findInRequest(session, signedIn(JANE))).isNull();
		assertThat(session.isInvalid()).isTrue();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSettersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CurrentSsoSessions(null))
			.withMessage("ssoSessions cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.currentSsoSessions.setSecurityContextHolderStrategy(null))
			.withMessage("securityContextHolderStrategy cannot be null");
	}

	private Authentication bound(UltraCartUser user, SsoSession of) {
		return this.ssoSessions.bind(signedIn(user), of);
	}

	private static UltraCartAuthenticationToken signedIn(UltraCartUser user) {
		return new UltraCartAuthenticationToken(user, List.of());
	}

	private MockHttpSession session(UltraCartUser user, String key) {
		MockHttpServletRequest login = new MockHttpServletRequest();
		this.repository.saveSsoSession(TestSsoSessions.builder(key).userId(user.userId()).user(user).build(), login,
				new MockHttpServletResponse());
		return (MockHttpSession) Objects.requireNonNull(login.getSession(false));
	}

	private static MockHttpServletRequest request(MockHttpSession session) {
		MockHttpServletRequest request = TestRequests.navigation("/items");
		request.setSession(session);
		return request;
	}

	private @Nullable SsoSession findInRequest(MockHttpSession session, Authentication authentication)
			throws Exception {
		return inRequest(session, authentication, () -> Optional.ofNullable(this.currentSsoSessions.find()))
			.orElse(null);
	}

	private <T> T inRequest(MockHttpSession session, Authentication authentication, Callable<T> work) throws Exception {
		return inRequest(this.repository, session, authentication, work);
	}

	/**
	 * Does the work behind the guard, as the application does.
	 */
	private <T> T inRequest(SsoSessionRepository ssoSessionRepository, MockHttpSession session,
			Authentication authentication, Callable<T> work) throws Exception {
		Supplier<SecurityContext> outer = this.strategy.getDeferredContext();
		this.strategy.setContext(new SecurityContextImpl(authentication));
		CompletableFuture<T> done = new CompletableFuture<>();
		try {
			guard(ssoSessionRepository).doFilter(request(session), new MockHttpServletResponse(),
					(request, response) -> {
						try {
							done.complete(work.call());
						}
						catch (Exception ex) {
							done.completeExceptionally(ex);
						}
					});
		}
		finally {
			this.strategy.setDeferredContext(outer);
		}
		return done.get();
	}

	private UltraCartSessionGuardFilter guard(SsoSessionRepository ssoSessionRepository) {
		UltraCartSessionGuardFilter guard = new UltraCartSessionGuardFilter(ssoSessionRepository, this.ssoSessions,
				this.currentSsoSessions, this.revoker, (request, response, ex) -> response.setStatus(401));
		guard.setSecurityContextHolderStrategy(this.strategy);
		return guard;
	}

	private Callable<@Nullable SsoSession> findCarryingTheContext() {
		DelegatingSecurityContextCallable<@Nullable SsoSession> find = new DelegatingSecurityContextCallable<>(
				this.currentSsoSessions::find, this.strategy.getContext());
		find.setSecurityContextHolderStrategy(this.strategy);
		return find;
	}

	private Executor carrying(Executor executor) {
		DelegatingSecurityContextExecutor carrying = new DelegatingSecurityContextExecutor(executor,
				this.strategy.getContext());
		carrying.setSecurityContextHolderStrategy(this.strategy);
		return carrying;
	}

	private @Nullable SsoSession find(Executor executor) throws Exception {
		return CompletableFuture.supplyAsync(this.currentSsoSessions::find, executor).get(10, TimeUnit.SECONDS);
	}

	private static void onAnotherThread(Work work) throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			work.doOn(thread);
		}
		finally {
			thread.shutdownNow();
		}
	}

	@FunctionalInterface
	private interface Work {

		void doOn(Executor thread) throws Exception;

	}

}
