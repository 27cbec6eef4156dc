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
import java.util.List;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.EncryptionKeys;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSessionGuardFilter}.
 */
class UltraCartSessionGuardFilterTests {

	private static final UltraCartUser USER = UltraCartUser.with(42, "Jane!ops").build();

	private static final Authentication JANE = new UltraCartAuthenticationToken(USER, List.of());

	private final CountingRepository repository = new CountingRepository();

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final UltraCartSessionGuardFilter filter = new UltraCartSessionGuardFilter(this.repository,
			TestRevokers.immediate(this.client),
			new UltraCartUserRefresher(new UltraCartUserReader(this.client,
					new DefaultUltraCartUserMapper(new PermissionAuthoritiesMapper()))),
			(request, response, ex) -> response.setStatus(401));

	private final SecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final MockHttpServletRequest request = TestRequests.navigation("/items");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@BeforeEach
	void setUp() {
		this.filter.setSecurityContextHolderStrategy(this.strategy);
		this.filter.setClock(this.clock);
		this.repository.saveSsoSession(TestSsoSessions.expiringAt(TestSsoSessions.NOW.plusSeconds(60)), this.request,
				this.response);
		new SsoSessionUsers().save(new SsoSessionUser(USER, TestSsoSessions.NOW, "127.0.0.1", false), this.request);
	}

	@Test
	void doFilterWhenSsoSessionLastsThenSignedIn() throws Exception {
		assertThat(authenticationAfterGuard(JANE)).isSameAs(JANE);
		assertThat(ended()).isNull();
	}

	@Test // D4
	void doFilterWhenSsoSessionExpiredThenSessionEnds() throws Exception {
		HttpSession session = this.request.getSession();
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(authenticationAfterGuard(JANE)).isSameAs(JANE);
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

	@Test
	void doFilterWhenAnonymousThenSessionIsLeftAlone() throws Exception {
		assertThat(authenticationAfterGuard(null)).isNull();
		assertThat(ended()).isNull();
		assertThat(this.repository.loads).isZero();
	}

	@Test
	void doFilterWhenContextIsNotNeededThenNothingIsLoaded() throws Exception {
		this.strategy.setContext(new SecurityContextImpl(JANE));
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.repository.loads).isZero();
	}

	@Test
	void doFilterWhenContextIsNeededOftenThenLoadedOnce() throws Exception {
		authenticationAfterGuard(JANE);
		assertThat(this.strategy.getContext()).isSameAs(this.strategy.getDeferredContext().get());
		assertThat(this.repository.loads).isOne();
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

	private @Nullable Authentication authenticationAfterGuard(@Nullable Authentication authentication)
			throws Exception {
		SecurityContext context = this.strategy.createEmptyContext();
		context.setAuthentication(authentication);
		this.strategy.setContext(context);
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		return this.strategy.getContext().getAuthentication();
	}

	private @Nullable UltraCartLoginError ended() {
		SessionEnd end = SessionEnd.of(this.request);
		return (end != null) ? end.error() : null;
	}

	private static final class CountingRepository implements SsoSessionRepository {

		private final SsoSessionRepository delegate = new HttpSessionSsoSessionRepository(
				EncryptionKeys.random().sealer("test"));

		private int loads;

		@Override
		public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
			this.delegate.saveSsoSession(ssoSession, request, response);
		}

		@Override
		public @Nullable SsoSession loadSsoSession(HttpServletRequest request) {
			this.loads++;
			return this.delegate.loadSsoSession(request);
		}

		@Override
		public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
			this.delegate.removeSsoSession(request, response);
		}

	}

}
