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

package io.github.ultracartsso.web.login;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Takes back that session control has registered the session of a login that fails
 * afterwards. Otherwise the {@link SessionRegistry} would count a session in which no
 * user is signed in, and might reject the user's next login because of it.
 */
final class SessionRegistrations {

	private static final Log logger = LogFactory.getLog(SessionRegistrations.class);

	private static final String ATTRIBUTE = SessionRegistrations.class.getName() + ".SESSION_ID";

	private SessionRegistrations() {
	}

	/**
	 * Remembers that session control has accepted the login.
	 */
	static void made(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			request.setAttribute(ATTRIBUTE, session.getId());
		}
	}

	/**
	 * Has registries forget the session, unless a user is still signed in there. They do
	 * so when they are told that it has ended, which also reaches the registry that
	 * Spring Security creates for itself.
	 */
	static void takeBack(HttpServletRequest request, SecurityContextRepository contexts,
			ApplicationEventPublisher eventPublisher) {
		Object sessionId = request.getAttribute(ATTRIBUTE);
		request.removeAttribute(ATTRIBUTE);
		if (sessionId instanceof String id && signedIn(request, contexts) == null) {
			eventPublisher.publishEvent(new RegistrationTakenBackEvent(request, id));
		}
	}

	private static @Nullable Authentication signedIn(HttpServletRequest request, SecurityContextRepository contexts) {
		try {
			return contexts.loadDeferredContext(request).get().getAuthentication();
		}
		catch (RuntimeException ex) {
			logger.debug("The security context after a failed login cannot be loaded", ex);
			return null;
		}
	}

	/**
	 * Tells registries that a session has ended as far as they are concerned.
	 */
	private static final class RegistrationTakenBackEvent extends SessionDestroyedEvent {

		private static final long serialVersionUID = 1L;

		private final String id;

		private RegistrationTakenBackEvent(Object source, String id) {
			super(source);
			this.id = id;
		}

		@Override
		public List<SecurityContext> getSecurityContexts() {
			return List.of();
		}

		@Override
		public String getId() {
			return this.id;
		}

	}

}
