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

import io.github.ultracartsso.web.NavigationRequestMatcher;
import io.github.ultracartsso.web.PrefetchRequestMatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;

/**
 * Request cache of a filter chain with a login with UltraCart. The target of such a login
 * is stored with the pending login, so that each tab returns to its own target. This
 * class presents it to success handlers as the saved request.
 * <p>
 * Requests are saved only for other login mechanisms in the same chain, and only
 * navigations. A request of a script or a page element must not replace the saved request
 * or create a session.
 *
 * @since 0.1
 */
public final class UltraCartRequestCache implements RequestCache {

	private static final String TARGET_ATTRIBUTE = UltraCartRequestCache.class.getName() + ".TARGET";

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	private final RequestMatcher prefetch = new PrefetchRequestMatcher();

	private final RequestCache delegate;

	private boolean saveRequests;

	/**
	 * Creates a request cache.
	 * @param delegate saves the requests for other login mechanisms
	 */
	public UltraCartRequestCache(RequestCache delegate) {
		Assert.notNull(delegate, "delegate cannot be null");
		this.delegate = delegate;
	}

	/**
	 * Sets whether requests are saved. This is needed only if the chain has other login
	 * mechanisms. Defaults to {@code false}.
	 * @param saveRequests whether to save requests
	 */
	public void setSaveRequests(boolean saveRequests) {
		this.saveRequests = saveRequests;
	}

	/**
	 * Makes the target of a completed login the saved request of the callback.
	 */
	static void setTarget(HttpServletRequest callback, @Nullable String target) {
		callback.setAttribute(TARGET_ATTRIBUTE, target);
	}

	@Override
	public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
		if (HttpMethod.GET.matches(request.getMethod()) && this.saveRequests && this.navigation.matches(request)
				&& !this.prefetch.matches(request)) {
			this.delegate.saveRequest(request, response);
		}
	}

	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		return (request.getAttribute(TARGET_ATTRIBUTE) instanceof String target) ? new SimpleSavedRequest(target)
				: this.delegate.getRequest(request, response);
	}

	@Override
	public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
		return this.delegate.getMatchingRequest(request, response);
	}

	@Override
	public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
		request.removeAttribute(TARGET_ATTRIBUTE);
		this.delegate.removeRequest(request, response);
	}

}
