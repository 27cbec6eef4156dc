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

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.StateDigest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * Stores pending logins in the HTTP session, at most sixteen. The oldest is evicted.
 * <p>
 * Each login has its own attribute. A session store that writes only changed attributes
 * thus does not lose a login that another tab has started in the meantime, and does not
 * restore one that another request has removed. The name of the attribute does not reveal
 * the state.
 *
 * @since 0.1
 * @see CookiePendingLoginRepository
 */
public final class HttpSessionPendingLoginRepository implements PendingLoginRepository {

	private static final String ATTRIBUTE_PREFIX = HttpSessionPendingLoginRepository.class.getName()
			+ ".PENDING_LOGIN.";

	private static final int MAX_PENDING_LOGINS = 16;

	@Override
	public void savePendingLogin(PendingLogin pendingLogin, HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession();
		synchronized (WebUtils.getSessionMutex(session)) {
			evictOldest(session);
			session.setAttribute(attributeName(pendingLogin.state()), pendingLogin);
		}
	}

	private static void evictOldest(HttpSession session) {
		List<String> names = Collections.list(session.getAttributeNames())
			.stream()
			.filter((name) -> name.startsWith(ATTRIBUTE_PREFIX))
			.sorted(Comparator.comparing((name) -> start(session.getAttribute(name))))
			.toList();
		names.stream().limit(Math.max(0, names.size() - MAX_PENDING_LOGINS + 1)).forEach(session::removeAttribute);
	}

	private static Instant start(@Nullable Object attribute) {
		return (attribute instanceof PendingLogin login) ? login.startedAt() : Instant.MIN;
	}

	@Override
	public @Nullable PendingLogin removePendingLogin(String state, HttpServletRequest request,
			HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session == null) {
			return null;
		}
		String name = attributeName(state);
		synchronized (WebUtils.getSessionMutex(session)) {
			if (session.getAttribute(name) instanceof PendingLogin login && login.hasState(state)) {
				session.removeAttribute(name);
				return login;
			}
			return null;
		}
	}

	private static String attributeName(String state) {
		return ATTRIBUTE_PREFIX + StateDigest.of(state);
	}

}
