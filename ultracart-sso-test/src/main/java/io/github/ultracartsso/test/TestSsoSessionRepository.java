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

package io.github.ultracartsso.test;

import java.time.Clock;
import java.util.Collections;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContext;

/**
 * Provides an SSO session for a user whom Spring Security's test support has added to the
 * request.
 */
final class TestSsoSessionRepository implements SsoSessionRepository {

	/**
	 * The end of the name of the request attribute in which Spring Security's test
	 * support keeps its user.
	 */
	private static final String TEST_CONTEXT_ATTRIBUTE = "TestSecurityContextRepository.REPO";

	private final SsoSessionRepository delegate;

	private final Supplier<Clock> clock;

	/**
	 * Creates a repository.
	 * @param delegate finds the SSO sessions of users who have signed in
	 * @param clock the clock of the application
	 */
	TestSsoSessionRepository(SsoSessionRepository delegate, Supplier<Clock> clock) {
		this.delegate = delegate;
		this.clock = clock;
	}

	@Override
	public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
		this.delegate.saveSsoSession(ssoSession, request, response);
	}

	@Override
	public @Nullable SsoSession loadSsoSession(HttpServletRequest request) {
		SsoSession ssoSession = this.delegate.loadSsoSession(request);
		return (ssoSession != null) ? ssoSession : ofTestUser(request);
	}

	@Override
	public @Nullable SsoSession findSsoSession(HttpSession session) {
		return this.delegate.findSsoSession(session);
	}

	@Override
	public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
		this.delegate.removeSsoSession(request, response);
	}

	private @Nullable SsoSession ofTestUser(HttpServletRequest request) {
		UltraCartAuthenticationToken testUser = findTestUser(request);
		if (testUser == null) {
			return null;
		}
		SsoSession ssoSession = (testUser.getDetails() instanceof SimulatedLoginDetails details) ? details.ssoSession()
				: null;
		return (ssoSession != null) ? ssoSession : SimulatedLoginDetails.ssoSession(testUser.getPrincipal(),
				request.getRemoteAddr(), this.clock.get().instant(), () -> SimulatedLoginDetails.KEY);
	}

	private static @Nullable UltraCartAuthenticationToken findTestUser(HttpServletRequest request) {
		return Collections.list(request.getAttributeNames())
			.stream()
			.filter((name) -> name.endsWith(TEST_CONTEXT_ATTRIBUTE))
			.map(request::getAttribute)
			.filter(SecurityContext.class::isInstance)
			.map((context) -> ((SecurityContext) context).getAuthentication())
			.filter(UltraCartAuthenticationToken.class::isInstance)
			.map(UltraCartAuthenticationToken.class::cast)
			.findFirst()
			.orElse(null);
	}

}
