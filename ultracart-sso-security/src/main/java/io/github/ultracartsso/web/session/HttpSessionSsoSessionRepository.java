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

import io.github.ultracartsso.session.SealedSsoSession;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.session.SsoSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * {@link SsoSessionRepository} that stores SSO sessions in the HTTP session, with the key
 * encrypted.
 *
 * @since 0.1
 */
public final class HttpSessionSsoSessionRepository implements SsoSessionRepository {

	private static final String ATTRIBUTE = HttpSessionSsoSessionRepository.class.getName() + ".SSO_SESSION";

	private final SecretSealer sealer;

	/**
	 * Creates a repository.
	 * @param sealer encrypts the keys
	 */
	public HttpSessionSsoSessionRepository(SecretSealer sealer) {
		Assert.notNull(sealer, "sealer cannot be null");
		this.sealer = sealer;
	}

	@Override
	public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
		request.getSession().setAttribute(ATTRIBUTE, SealedSsoSession.seal(ssoSession, this.sealer));
	}

	@Override
	public @Nullable SsoSession loadSsoSession(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null) ? findSsoSession(session) : null;
	}

	@Override
	public @Nullable SsoSession findSsoSession(HttpSession session) {
		return (session.getAttribute(ATTRIBUTE) instanceof SealedSsoSession sealed) ? sealed.open(this.sealer) : null;
	}

	@Override
	public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.removeAttribute(ATTRIBUTE);
		}
	}

}
