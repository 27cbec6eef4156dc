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

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import io.github.ultracartsso.session.UltraCartUserChange;
import io.github.ultracartsso.session.UltraCartUserRefresher;
import io.github.ultracartsso.web.TestRequests;

import ch.qos.logback.classic.Level;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.SecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartUserRefreshFilter} behind its guard.
 */
class UltraCartUserRefreshFilterTests extends AbstractGuardTests {

	private static final Duration INTERVAL = Duration.ofMinutes(30);

	private final UltraCartUserRefresher refresher = new UltraCartUserRefresher(Duration.ofSeconds(5));

	private final UltraCartUserReader userReader = new UltraCartUserReader(this.client,
			new DefaultUltraCartUserMapper(new PermissionAuthoritiesMapper()));

	@BeforeEach
	void becomeDue() {
		this.refresher.setClock(this.clock);
		save(builder().expiresAt(TestSsoSessions.NOW.plus(Duration.ofDays(1))).build());
		this.clock.advance(INTERVAL);
	}

	@AfterEach
	void stop() {
		this.refresher.destroy();
	}

	@Test
	void refreshWhenDueThenNotBeforeItsFilter() throws Exception {
		assertThat(authenticationAfterGuard(JANE)).isEqualTo(JANE);
		assertThat(this.client.read()).isEmpty();
	}

	@Test // E7
	void refreshWhenDueThenContextIsReplacedAndSaved() throws Exception {
		SecurityContextRepository contexts = mock(SecurityContextRepository.class);
		Authentication refreshed = Objects
			.requireNonNull(authenticationAfter(JANE, chainWith(refreshFilter(contexts))));
		assertThat(refreshed).isNotSameAs(JANE);
		assertThat(names(refreshed)).containsExactly("ROLE_VIEW_ITEMS", "ROLE_ULTRACART_USER");
		then(contexts).should().saveContext(new SecurityContextImpl(refreshed), this.request, this.response);
		assertThat(stored()).returns(this.clock.instant(), SsoSession::userReadAt)
			.returns(TestSsoSessions.NOW, SsoSession::beganAt)
			.returns(null, SsoSession::user);
		assertThat(this.events)
			.containsExactly(new UltraCartUserRefreshedEvent(USER, Set.of("ROLE_VIEW_ITEMS"), Set.of()));
	}

	@Test
	void refreshWhenApplicationHasReplacedTheAuthenticationThenRefreshedWithWhatTheApplicationAdded() throws Exception {
		Filter replacing = (request, response, chain) -> {
			Authentication before = Objects.requireNonNull(this.strategy.getContext().getAuthentication());
			this.strategy.setContext(new SecurityContextImpl(before.toBuilder()
				.authorities((authorities) -> authorities.add(new SimpleGrantedAuthority("ROLE_OWN")))
				.build()));
			chain.doFilter(request, response);
		};
		MockFilterChain chain = new MockFilterChain(mock(HttpServlet.class), replacing,
				refreshFilter(mock(SecurityContextRepository.class)));
		assertThat(names(authenticationAfter(JANE, chain))).containsExactlyInAnyOrder("ROLE_OWN", "ROLE_VIEW_ITEMS",
				"ROLE_ULTRACART_USER");
	}

	@ParameterizedTest
	@EnumSource
	void refreshWhenSavedThenContextHasAccessToTheKeyUnlessLockedToAnAddress(IpLock lock) throws Exception {
		use(policy(lock, null));
		SecurityContextRepository contexts = mock(SecurityContextRepository.class);
		Authentication refreshed = authenticationAfter(JANE, chainWith(refreshFilter(contexts)));
		assertThat(this.currentSsoSessions.find(refreshed)).isNotNull();
		ArgumentCaptor<SecurityContext> saved = ArgumentCaptor.captor();
		then(contexts).should().saveContext(saved.capture(), any(), any());
		assertThat(this.currentSsoSessions.find(saved.getValue().getAuthentication()) != null)
			.isEqualTo(lock == IpLock.OFF || lock == IpLock.WARN);
	}

	@ParameterizedTest // I3
	@EnumSource(names = { "ASYNC", "ERROR" })
	void dispatchesWhenDueOrOverThenRefreshedAndGuardedToo(DispatcherType dispatch) throws Exception {
		this.request.setDispatcherType(dispatch);
		assertThat(names(authenticationAfterRefresh(JANE))).containsExactly("ROLE_VIEW_ITEMS", "ROLE_ULTRACART_USER");
		this.clock.advance(Duration.ofDays(1));
		assertThat(authenticationAfterRefresh(JANE)).isNull();
	}

	@Test // E7
	void refreshWhenAnotherRequestSavesItMeanwhileThenOldContextIsNotTakenForNew() throws Exception {
		SsoSession readByAnother = stored().toBuilder().userReadAt(this.clock.instant()).build();
		this.strategy.setDeferredContext(() -> {
			SecurityContext beforeRefresh = new SecurityContextImpl(JANE);
			save(readByAnother);
			return beforeRefresh;
		});
		this.filter.doFilter(this.request, this.response, chainWithRefresh());
		assertThat(names(this.strategy.getContext().getAuthentication())).containsExactly("ROLE_VIEW_ITEMS",
				"ROLE_ULTRACART_USER");
		assertThat(this.events).isEmpty();
	}

	@Test // A10
	void refreshWhenALoginReplacesTheSsoSessionMeanwhileThenThatStays() throws Exception {
		SsoSession replacement = TestSsoSessions.withKey("new-key");
		this.client.onSessionUser((key) -> {
			save(replacement);
			return FakeUltraCartSsoClient.USER;
		});
		authenticationAfterRefresh(JANE);
		assertThat(stored()).isEqualTo(replacement);
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.CREDENTIAL_REJECTED);
		});
		assertThat(this.request.getSession(false)).isNotNull();
	}

	@Test
	void refreshWhenTwoRequestsHaveCopiesOfTheSessionThenBothKnowAndOneSaves() throws Exception {
		MockHttpSession copy = copyOfSession();
		assertThat(names(authenticationAfterRefresh(JANE))).containsExactly("ROLE_VIEW_ITEMS", "ROLE_ULTRACART_USER");
		int saves = this.repository.saves;
		this.request.setSession(copy);
		assertThat(names(authenticationAfterRefresh(JANE))).containsExactly("ROLE_VIEW_ITEMS", "ROLE_ULTRACART_USER");
		assertThat(this.repository.saves).isEqualTo(saves);
		assertThat(this.client.read()).hasSize(1);
		assertThat(this.events).hasSize(1);
	}

	@Test
	void refreshThenChainContinues() throws Exception {
		MockFilterChain chain = chainWithRefresh();
		authenticationAfter(JANE, chain);
		assertThat(chain.getRequest()).isSameAs(this.request);
	}

	@Test
	void refreshWhenNoSessionsThenEachUserIsReadOnTheirOwn() throws Exception {
		SsoSessionRepository elsewhere = mock(SsoSessionRepository.class);
		this.client.onSessionUser((key) -> new User(this.client.read().size(), "x", null, null, null, null));
		this.filter = guard(elsewhere);
		for (int userId = 1; userId <= 2; userId++) {
			UltraCartUser user = UltraCartUser.with(userId, "x").build();
			given(elsewhere.loadSsoSession(any()))
				.willReturn(TestSsoSessions.builder("key-of-" + userId).userId(userId).build());
			this.request = TestRequests.navigation("/items");
			assertThat(authenticationAfter(new UltraCartAuthenticationToken(user, List.of()),
					chainWith(new UltraCartUserRefreshFilter(this.filter, elsewhere, this.refresher, this.userReader))))
				.isNotNull()
				.extracting(Authentication::getPrincipal)
				.isEqualTo(user);
		}
		assertThat(this.client.read()).containsExactly("key-of-1", "key-of-2");
	}

	@Test
	void refreshWhenUserIsReplacedThenSsoSessionIsKnownByTheNewOne() throws Exception {
		Authentication refreshed = Objects.requireNonNull(authenticationAfterRefresh(JANE));
		assertThat(refreshed).isNotSameAs(JANE);
		assertThat(this.currentSsoSessions.find(refreshed)).isNotNull();
		assertThat(this.currentSsoSessions.find(JANE)).isNull();
	}

	@Test
	void refreshWhenUserIsSignedInTwiceThenEachSessionIsReadWithItsOwnKey() throws Exception {
		authenticationAfterRefresh(JANE);
		this.request = TestRequests.navigation("/items");
		save(TestSsoSessions.withKey("other-key"));
		authenticationAfterRefresh(JANE);
		assertThat(this.client.read()).containsExactly("user-key", "other-key");
	}

	@Test // H1
	void refreshWhenSomethingChangesThenLogSaysWhat() throws Exception {
		try (CapturedLog log = CapturedLog.of(UltraCartUserChange.class.getName())) {
			Authentication refreshed = authenticationAfterRefresh(JANE);
			this.clock.advance(INTERVAL);
			authenticationAfterRefresh(refreshed);
			assertThat(this.client.read()).hasSize(2);
			assertThat(log.messages(Level.INFO)).singleElement()
				.asString()
				.contains("has gained [ROLE_VIEW_ITEMS] and lost []");
		}
	}

	@Test
	void refreshWhenSavedThenNotDueAnyMore() throws Exception {
		authenticationAfterRefresh(JANE);
		authenticationAfterRefresh(JANE);
		this.clock.advance(INTERVAL.minusNanos(1));
		authenticationAfterRefresh(JANE);
		assertThat(this.client.read()).containsExactly("user-key");
	}

	@Test
	void refreshWhenContextIsNotNeededThenNoCall() throws Exception {
		this.strategy.setContext(new SecurityContextImpl(JANE));
		this.filter.doFilter(this.request, this.response, chainWithRefresh());
		assertThat(this.client.read()).isEmpty();
	}

	@Test
	void refreshWhenSignedInOtherwiseThenNoneOfItsBusiness() throws Exception {
		Authentication other = new TestingAuthenticationToken("joe", null, "FACTOR_PASSWORD");
		assertThat(authenticationAfterRefresh(other)).isSameAs(other);
		assertThat(authenticationAfterRefresh(null)).isNull();
		assertThat(this.client.read()).isEmpty();
	}

	@Test
	void refreshWhenRequestIsNotGuardedThenNoCall() throws Exception {
		this.strategy.setContext(new SecurityContextImpl(JANE));
		refreshFilter(mock(SecurityContextRepository.class)).doFilter(this.request, this.response,
				new MockFilterChain());
		assertThat(this.strategy.getContext().getAuthentication()).isSameAs(JANE);
		assertThat(this.client.read()).isEmpty();
	}

	@Test // I6
	void refreshWhenAnotherLoginMergedThenOnlyWhatUltraCartGaveIsReplaced() throws Exception {
		UltraCartUser before = UltraCartUser.with(42, "Jane!ops")
			.authorities(AuthorityUtils.createAuthorityList("ROLE_EDIT_ITEMS", "ROLE_ULTRACART_USER"))
			.build();
		save(stored().toBuilder().user(before).build());
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
		assertThat(Objects.requireNonNull(stored().user()).permissions()).containsExactlyInAnyOrder("View Items",
				"Jane");
	}

	@Test
	void refreshWhenUltraCartRefusesThenSessionEndsAndIsToldOfOnce() throws Exception {
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.CREDENTIAL_REJECTED);
		});
		MockHttpSession copy = copyOfSession();
		assertThat(authenticationAfterRefresh(JANE)).isNull();
		this.request.setSession(copy);
		assertThat(authenticationAfterRefresh(JANE)).isNull();
		assertThat(copy.isInvalid()).isTrue();
		assertThat(ended()).isEqualTo(UltraCartLoginError.SESSION_ENDED);
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.client.read()).hasSize(1);
		assertThat(this.events).containsExactly(new SsoSessionEndedEvent(USER, Reason.REFUSED));
	}

	@Test // or threads that hold the context would go on with a key that UltraCart
			// refuses
	void refreshWhenUltraCartRefusesThenKeyIsNotUsedAnyMore() throws Exception {
		CompletableFuture<@Nullable Authentication> held = new CompletableFuture<>();
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.CREDENTIAL_REJECTED);
		});
		held.complete(this.ssoSessions.bind(JANE, stored()));
		assertThat(authenticationAfterRefresh(JANE)).isNull();
		assertThat(this.currentSsoSessions.find(held.join())).isNull();
	}

	@Test
	void refreshWhenItMayPassThenUserKeepsWhatTheyHave() throws Exception {
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
		use(new SsoSessionPolicy(IpLock.OFF, Duration.ZERO, Duration.ofSeconds(5), null, Duration.ofHours(1)));
		assertThat(authenticationAfterRefresh(JANE)).isEqualTo(JANE);
		assertThat(this.client.read()).isEmpty();
	}

	@Test // D9
	void refreshWhenSessionEndsMeanwhileThenNoneCreated() throws Exception {
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
	void constructorAndSettersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartUserRefreshFilter(null, this.repository, this.refresher, this.userReader))
			.withMessage("guard cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartUserRefreshFilter(this.filter, null, this.refresher, this.userReader))
			.withMessage("ssoSessionRepository cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartUserRefreshFilter(this.filter, this.repository, null, this.userReader))
			.withMessage("refresher cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartUserRefreshFilter(this.filter, this.repository, this.refresher, null))
			.withMessage("userReader cannot be null");
		UltraCartUserRefreshFilter refresh = refreshFilter(mock(SecurityContextRepository.class));
		assertThatIllegalArgumentException().isThrownBy(() -> refresh.setSecurityContextHolderStrategy(null))
			.withMessage("securityContextHolderStrategy cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> refresh.setSecurityContextRepository(null))
			.withMessage("securityContextRepository cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> refresh.setApplicationEventPublisher(null))
			.withMessage("eventPublisher cannot be null");
	}

	private static FactorGrantedAuthority factorIssuedAt(Instant time) {
		return FactorGrantedAuthority.withAuthority(UltraCartAuthenticationProvider.FACTOR_AUTHORITY)
			.issuedAt(time)
			.build();
	}

	private static Set<String> names(@Nullable Authentication authentication) {
		return AuthorityUtils.authorityListToSet(Objects.requireNonNull(authentication).getAuthorities());
	}

	private UltraCartUserRefreshFilter refreshFilter(SecurityContextRepository contexts) {
		DeferredSecurityContext stored = mock(DeferredSecurityContext.class);
		given(stored.get()).willReturn(new SecurityContextImpl());
		given(contexts.loadDeferredContext(any())).willReturn(stored);
		UltraCartUserRefreshFilter refresh = new UltraCartUserRefreshFilter(this.filter, this.repository,
				this.refresher, this.userReader);
		refresh.setSecurityContextHolderStrategy(this.strategy);
		refresh.setSecurityContextRepository(contexts);
		refresh.setApplicationEventPublisher(this.events::add);
		return refresh;
	}

	private static MockFilterChain chainWith(UltraCartUserRefreshFilter refresh) {
		return new MockFilterChain(mock(HttpServlet.class), refresh);
	}

	private MockFilterChain chainWithRefresh() {
		return chainWith(refreshFilter(mock(SecurityContextRepository.class)));
	}

	private @Nullable Authentication authenticationAfterRefresh(@Nullable Authentication authentication)
			throws Exception {
		return authenticationAfter(authentication, chainWithRefresh());
	}

}
