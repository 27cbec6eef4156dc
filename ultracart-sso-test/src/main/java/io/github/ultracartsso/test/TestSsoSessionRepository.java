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

import java.time.Instant;
import java.util.Collections;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.web.SsoSessionRepository;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.context.SecurityContext;

/**
 * Has an SSO session for a user whom Spring Security's test support put into the request.
 */
final class TestSsoSessionRepository implements SsoSessionRepository {

	/**
	 * How the attribute ends that Spring Security's test support keeps its user in.
	 */
	private static final String TEST_CONTEXT_ATTRIBUTE = "TestSecurityContextRepository.REPO";

	/**
	 * The attribute with the {@link SimulatedUser} that the simulator is to know, where
	 * there is one.
	 */
	static final String USER_ATTRIBUTE = TestSsoSessionRepository.class.getName() + ".USER";

	private static final String KEY_ATTRIBUTE = TestSsoSessionRepository.class.getName() + ".KEY";

	private final SsoSessionRepository delegate;

	private final ObjectProvider<UltraCartSimulator> simulator;

	/**
	 * Creates a repository.
	 * @param delegate knows the SSO sessions of users who have signed in
	 * @param simulator where the keys of test users are to be alive, if there is one
	 */
	TestSsoSessionRepository(SsoSessionRepository delegate, ObjectProvider<UltraCartSimulator> simulator) {
		this.delegate = delegate;
		this.simulator = simulator;
	}

	@Override
	public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
		this.delegate.saveSsoSession(ssoSession, request, response);
	}

	@Override
	public @Nullable SsoSession loadSsoSession(HttpServletRequest request) {
		SsoSession ssoSession = this.delegate.loadSsoSession(request);
		return (ssoSession == null && isTestUser(request)) ? new SsoSession(key(request), Instant.MAX, null)
				: ssoSession;
	}

	@Override
	public @Nullable Instant findExpiry(HttpServletRequest request) {
		Instant expiry = this.delegate.findExpiry(request);
		return (expiry == null && isTestUser(request)) ? Instant.MAX : expiry;
	}

	@Override
	public @Nullable SsoSession findSsoSession(HttpSession session) {
		return this.delegate.findSsoSession(session);
	}

	@Override
	public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
		this.delegate.removeSsoSession(request, response);
	}

	/**
	 * Returns the key of a test user, which is one key per request.
	 */
	private SimpleKey key(HttpServletRequest request) {
		if (request.getAttribute(KEY_ATTRIBUTE) instanceof SimpleKey key) {
			return key;
		}
		UltraCartSimulator simulator = this.simulator.getIfUnique();
		if (simulator == null || !(request.getAttribute(USER_ATTRIBUTE) instanceof SimulatedUser user)) {
			return SimulatedLogin.KEY;
		}
		SimpleKey key = simulator.signIn(user).simpleKey();
		request.setAttribute(KEY_ATTRIBUTE, key);
		return key;
	}

	private static boolean isTestUser(HttpServletRequest request) {
		return Collections.list(request.getAttributeNames())
			.stream()
			.filter((name) -> name.endsWith(TEST_CONTEXT_ATTRIBUTE))
			.map(request::getAttribute)
			.anyMatch((context) -> context instanceof SecurityContext securityContext
					&& securityContext.getAuthentication() instanceof UltraCartAuthenticationToken);
	}

}
