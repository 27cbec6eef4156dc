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

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has a signed-in user read again whose permissions have reached the refresh interval, on
 * the next request that asks for them. What has changed is in effect for the very request
 * and saved for those after it.
 * <p>
 * It stands behind the filters that sign users in and out, so that neither waits for it.
 *
 * @since 0.1
 * @see SsoSessionPolicy#refreshInterval()
 */
public final class UltraCartUserRefreshFilter extends OncePerRequestFilter {

	private final UltraCartSessionGuardFilter guard;

	/**
	 * Creates a filter.
	 * @param guard the guard of the same chain, which keeps the session to what is found
	 */
	public UltraCartUserRefreshFilter(UltraCartSessionGuardFilter guard) {
		Assert.notNull(guard, "guard cannot be null");
		this.guard = guard;
	}

	/**
	 * Error pages are for whoever is signed in still.
	 */
	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		this.guard.refreshWhereDue(request, response);
		chain.doFilter(request, response);
	}

}
