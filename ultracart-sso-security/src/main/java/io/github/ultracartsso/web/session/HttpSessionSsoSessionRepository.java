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

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.session.SealedSsoSession;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.session.SsoSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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

	private static final Log logger = LogFactory.getLog(HttpSessionSsoSessionRepository.class);

	private final AtomicBoolean warned = new AtomicBoolean();

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
		if (!(session.getAttribute(ATTRIBUTE) instanceof SealedSsoSession sealed)) {
			return null;
		}
		SsoSession ssoSession = sealed.open(this.sealer);
		if (ssoSession == null && this.warned.compareAndSet(false, true)) {
			logger.warn("A user is signed out, because the key in their session was encrypted before a restart or by"
					+ " another instance, with a key that this instance does not have. Set"
					+ " ultracart.sso.session.encryption-keys, the same at every instance. This is logged once");
		}
		return ssoSession;
	}

	@Override
	public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.removeAttribute(ATTRIBUTE);
		}
	}

}
