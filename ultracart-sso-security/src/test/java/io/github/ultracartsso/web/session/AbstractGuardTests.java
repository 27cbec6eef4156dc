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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.CountingSealer;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.Assert;

import static io.github.ultracartsso.authentication.UltraCartAuthenticationProvider.FACTOR_AUTHORITY;

/**
 * A request of Jane, whose key expires in a minute, and the guard that it passes.
 */
@SuppressWarnings("NullAway.Init")
abstract class AbstractGuardTests {

	static final UltraCartUser USER = UltraCartUser.with(42, "Jane!ops")
		.authorities(AuthorityUtils.createAuthorityList("ROLE_ULTRACART_USER"))
		.build();

	static final UltraCartAuthenticationToken JANE = new UltraCartAuthenticationToken(USER, USER.getAuthorities());

	static final String ELSEWHERE = "198.51.100.9";

	final CountingSealer sealer = new CountingSealer();

	final CountingRepository repository = new CountingRepository(this.sealer);

	final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	final List<Object> events = Collections.synchronizedList(new ArrayList<>());

	final TestClock clock = new TestClock(TestSsoSessions.NOW);

	final SecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	final MockHttpServletResponse response = new MockHttpServletResponse();

	MockHttpServletRequest request = TestRequests.navigation("/items");

	SsoSessions ssoSessions;

	CurrentSsoSessions currentSsoSessions;

	SsoSessionRevoker revoker;

	UltraCartSessionGuardFilter filter;

	@BeforeEach
	void signIn() {
		use(SsoSessionPolicy.DEFAULTS);
		save(builder().build());
	}

	/**
	 * Begins anew with another policy.
	 */
	void use(SsoSessionPolicy policy) {
		this.ssoSessions = new SsoSessions(policy);
		this.ssoSessions.setClock(this.clock);
		this.ssoSessions.setApplicationEventPublisher(this.events::add);
		this.currentSsoSessions = new CurrentSsoSessions(this.ssoSessions);
		this.currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		this.revoker = new ManualRevocationScheduler(this.clock).newRevoker(this.client, this.ssoSessions);
		this.filter = guard(this.repository);
	}

	UltraCartSessionGuardFilter guard(SsoSessionRepository ssoSessionRepository) {
		UltraCartSessionGuardFilter guard = new UltraCartSessionGuardFilter(ssoSessionRepository, this.ssoSessions,
				this.currentSsoSessions, this.revoker, (request, response, ex) -> response.setStatus(401));
		guard.setSecurityContextHolderStrategy(this.strategy);
		guard.setApplicationEventPublisher(this.events::add);
		return guard;
	}

	static SsoSessionPolicy policy(IpLock ipLock, @Nullable Duration maxAge) {
		return new SsoSessionPolicy(ipLock, Duration.ofMinutes(30), Duration.ofSeconds(5), maxAge, Duration.ofHours(1));
	}

	static SsoSession.Builder builder() {
		return TestSsoSessions.builder("user-key").expiresAt(TestSsoSessions.NOW.plusSeconds(60));
	}

	void save(SsoSession ssoSession) {
		this.repository.saveSsoSession(ssoSession, this.request, this.response);
	}

	SsoSession stored() {
		return Objects.requireNonNull(this.repository.delegate.loadSsoSession(this.request));
	}

	/**
	 * Returns the session as another request gets it from a store.
	 */
	MockHttpSession copyOfSession() {
		return TestHttpSessions.copyOf(Objects.requireNonNull(this.request.getSession(false)));
	}

	/**
	 * Returns a user who has proved a second factor after UltraCart's.
	 */
	static Authentication withSecondFactor() {
		return new TestingAuthenticationToken("Jane!ops", null, "FACTOR_PASSWORD", FACTOR_AUTHORITY);
	}

	@Nullable Authentication authenticationAfterGuard(@Nullable Authentication authentication) throws Exception {
		return authenticationAfter(authentication, new MockFilterChain());
	}

	@Nullable Authentication authenticationAfter(@Nullable Authentication authentication, FilterChain chain) throws Exception {
		SecurityContext context = this.strategy.createEmptyContext();
		context.setAuthentication(authentication);
		this.strategy.setContext(context);
		this.filter.doFilter(this.request, this.response, chain);
		return this.strategy.getContext().getAuthentication();
	}

	@Nullable UltraCartLoginError ended() {
		SsoSessionEnd end = SsoSessionEnd.of(this.request);
		return (end != null) ? end.error() : null;
	}

	/**
	 * Keeps SSO sessions in the HTTP session, and counts.
	 */
	static final class CountingRepository implements SsoSessionRepository {

		final SsoSessionRepository delegate;

		Runnable whenAsked = () -> {
		};

		int loads;

		int saves;

		int removals;

		boolean readOnly;

		CountingRepository(SecretSealer sealer) {
			this.delegate = new HttpSessionSsoSessionRepository(sealer);
		}

		@Override
		public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
			Assert.state(!this.readOnly, "the session store is down");
			this.saves++;
			this.delegate.saveSsoSession(ssoSession, request, response);
		}

		@Override
		public @Nullable SsoSession loadSsoSession(HttpServletRequest request) {
			this.loads++;
			this.whenAsked.run();
			return this.delegate.loadSsoSession(request);
		}

		@Override
		public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
			Assert.state(!this.readOnly, "the session store is down");
			this.removals++;
			this.delegate.removeSsoSession(request, response);
		}

	}

}
