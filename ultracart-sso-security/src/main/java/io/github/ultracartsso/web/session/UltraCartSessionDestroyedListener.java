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

import io.github.ultracartsso.session.RevocationClaims;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionRevoker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationListener;
import org.springframework.core.log.LogMessage;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.util.Assert;

/**
 * Revokes the SSO session that ends with an HTTP session, whether that has timed out or
 * was invalidated. It does not wait for UltraCart.
 * <p>
 * It is notified where an {@link HttpSessionEventPublisher} is registered with the
 * container, or where the session store publishes the ends of sessions. A store that
 * publishes to every instance of the application calls for {@link RevocationClaims} that
 * the instances share.
 *
 * @since 0.1
 */
public final class UltraCartSessionDestroyedListener implements ApplicationListener<HttpSessionDestroyedEvent> {

	private static final Log logger = LogFactory.getLog(UltraCartSessionDestroyedListener.class);

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessionRevoker revoker;

	/**
	 * Creates a listener.
	 * @param ssoSessionRepository finds the SSO session
	 * @param revoker revokes it
	 */
	public UltraCartSessionDestroyedListener(SsoSessionRepository ssoSessionRepository, SsoSessionRevoker revoker) {
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		Assert.notNull(revoker, "revoker cannot be null");
		this.ssoSessionRepository = ssoSessionRepository;
		this.revoker = revoker;
	}

	@Override
	public void onApplicationEvent(HttpSessionDestroyedEvent event) {
		try {
			SsoSession ssoSession = this.ssoSessionRepository.findSsoSession(event.getSession());
			if (ssoSession != null) {
				this.revoker.revoke(ssoSession);
			}
		}
		catch (IllegalStateException ex) {
			logger.debug(LogMessage.format("The SSO session that ends with an HTTP session cannot be read any more: %s",
					ex.getMessage()));
		}
		catch (RuntimeException ex) {
			logger.warn("The SSO session that ends with an HTTP session cannot be read, so it is not revoked", ex);
		}
	}

}
