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

import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.authentication.PendingLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * Keeps pending logins in the HTTP session, at most eight of them: the oldest makes room.
 *
 * @since 0.1
 */
public final class HttpSessionPendingLoginRepository implements PendingLoginRepository {

	private static final String ATTRIBUTE = HttpSessionPendingLoginRepository.class.getName() + ".PENDING_LOGINS";

	private static final int MAX_PENDING_LOGINS = 8;

	@Override
	public void savePendingLogin(PendingLogin pendingLogin, HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession();
		synchronized (WebUtils.getSessionMutex(session)) {
			ArrayList<PendingLogin> logins = new ArrayList<>(pendingLogins(session));
			while (logins.size() >= MAX_PENDING_LOGINS) {
				logins.remove(0);
			}
			logins.add(pendingLogin);
			session.setAttribute(ATTRIBUTE, logins);
		}
	}

	@Override
	public @Nullable PendingLogin removePendingLogin(String state, HttpServletRequest request,
			HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session == null) {
			return null;
		}
		synchronized (WebUtils.getSessionMutex(session)) {
			ArrayList<PendingLogin> logins = new ArrayList<>(pendingLogins(session));
			PendingLogin found = null;
			for (PendingLogin login : logins) {
				if (login.hasState(state)) {
					found = login;
				}
			}
			if (found != null) {
				logins.remove(found);
				if (logins.isEmpty()) {
					session.removeAttribute(ATTRIBUTE);
				}
				else {
					session.setAttribute(ATTRIBUTE, logins);
				}
			}
			return found;
		}
	}

	private static List<PendingLogin> pendingLogins(HttpSession session) {
		return (session.getAttribute(ATTRIBUTE) instanceof List<?> stored)
				? stored.stream().filter(PendingLogin.class::isInstance).map(PendingLogin.class::cast).toList()
				: List.of();
	}

}
