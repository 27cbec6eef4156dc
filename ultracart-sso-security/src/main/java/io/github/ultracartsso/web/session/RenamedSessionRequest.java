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

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;

import io.github.ultracartsso.session.SealedSsoSession;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * Request whose HTTP session gets another id when it is invalidated, and then looks like
 * a new one. Its former attributes are removed at the end only, unless they are set
 * again: other requests of the session find what they need at any time.
 */
final class RenamedSessionRequest extends HttpServletRequestWrapper {

	private final Set<String> leftBehind = new HashSet<>();

	private boolean complete;

	RenamedSessionRequest(HttpServletRequest request) {
		super(request);
	}

	/**
	 * Removes what has not been copied. What keeps this request from now on, such as a
	 * deferred CSRF token, finds the session as it is.
	 */
	void complete() {
		HttpSession session = super.getSession(false);
		if (session != null) {
			this.leftBehind.forEach(session::removeAttribute);
		}
		this.leftBehind.clear();
		this.complete = true;
	}

	@Override
	public HttpSession getSession() {
		return new RenamedSession(super.getSession());
	}

	@Override
	public @Nullable HttpSession getSession(boolean create) {
		HttpSession session = super.getSession(create);
		return (session != null) ? new RenamedSession(session) : null;
	}

	private void rename(HttpSession session) {
		changeSessionId();
		for (String name : Collections.list(session.getAttributeNames())) {
			if (!(session.getAttribute(name) instanceof SealedSsoSession)
					&& !name.equals(WebUtils.SESSION_MUTEX_ATTRIBUTE)) {
				this.leftBehind.add(name);
			}
		}
	}

	/**
	 * Session as it looks after its supposed end.
	 */
	private final class RenamedSession implements HttpSession {

		private final HttpSession session;

		private RenamedSession(HttpSession session) {
			this.session = session;
		}

		@Override
		public void invalidate() {
			if (RenamedSessionRequest.this.complete) {
				this.session.invalidate();
			}
			else {
				rename(this.session);
			}
		}

		@Override
		public @Nullable Object getAttribute(String name) {
			return RenamedSessionRequest.this.leftBehind.contains(name) ? null : this.session.getAttribute(name);
		}

		@Override
		public Enumeration<String> getAttributeNames() {
			return Collections.enumeration(Collections.list(this.session.getAttributeNames())
				.stream()
				.filter((name) -> !RenamedSessionRequest.this.leftBehind.contains(name))
				.toList());
		}

		@Override
		public void setAttribute(String name, @Nullable Object value) {
			RenamedSessionRequest.this.leftBehind.remove(name);
			if (value == null || value != this.session.getAttribute(name)) {
				this.session.setAttribute(name, value);
			}
		}

		@Override
		public void removeAttribute(String name) {
			this.session.removeAttribute(name);
		}

		@Override
		public String getId() {
			return this.session.getId();
		}

		@Override
		public long getCreationTime() {
			return this.session.getCreationTime();
		}

		@Override
		public long getLastAccessedTime() {
			return this.session.getLastAccessedTime();
		}

		@Override
		public ServletContext getServletContext() {
			return this.session.getServletContext();
		}

		@Override
		public void setMaxInactiveInterval(int interval) {
			this.session.setMaxInactiveInterval(interval);
		}

		@Override
		public int getMaxInactiveInterval() {
			return this.session.getMaxInactiveInterval();
		}

		@Override
		public boolean isNew() {
			return this.session.isNew();
		}

	}

}
