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

import java.time.Instant;

import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Keeps in the HTTP session what UltraCart last said of the user who is signed in there.
 */
final class SsoSessionUsers {

	private static final String ATTRIBUTE = SsoSessionUsers.class.getName() + ".SSO_SESSION_USER";

	void save(SsoSessionUser user, HttpServletRequest request) {
		request.getSession().setAttribute(ATTRIBUTE, user);
	}

	void remove(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.removeAttribute(ATTRIBUTE);
		}
	}

	@Nullable SsoSessionUser find(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null && session.getAttribute(ATTRIBUTE) instanceof SsoSessionUser user) ? user : null;
	}

	/**
	 * Finds what was kept. Where the authentication was not stored by a login of ours, as
	 * in tests of an application, it is read from the authentication.
	 * @return {@code null} if the authentication does not tell either
	 */
	@Nullable SsoSessionUser find(HttpServletRequest request, Authentication authentication) {
		SsoSessionUser kept = find(request);
		if (kept != null || !(authentication.getPrincipal() instanceof UltraCartUser user)) {
			return kept;
		}
		String clientAddress = (authentication.getDetails() instanceof WebAuthenticationDetails details)
				? details.getRemoteAddress() : null;
		return new SsoSessionUser(user, signedInAt(authentication), clientAddress, false);
	}

	/**
	 * Finds when the login was completed.
	 * @return the time, or one long ago if the authentication does not tell
	 */
	static Instant signedInAt(Authentication authentication) {
		return authentication.getAuthorities()
			.stream()
			.filter(FactorGrantedAuthority.class::isInstance)
			.map(FactorGrantedAuthority.class::cast)
			.filter((factor) -> UltraCartAuthenticationProvider.FACTOR_AUTHORITY.equals(factor.getAuthority()))
			.findFirst()
			.map(FactorGrantedAuthority::getIssuedAt)
			.orElse(Instant.EPOCH);
	}

}
