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

import java.io.IOException;
import java.net.URI;

import io.github.ultracartsso.login.RedirectUris;
import io.github.ultracartsso.web.ApplicationUrl;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps redirects on https if TLS ends at a proxy that passes on the host of a request,
 * but not the scheme. The server would add {@code http} to the path that a filter or a
 * controller redirects to, and a saved request has it already. If the redirect URI is
 * https and has the host of the request, its scheme and port are used instead. Not part
 * of the API.
 */
public final class UltraCartRedirectFilter extends OncePerRequestFilter {

	private final RedirectUris redirectUris;

	/**
	 * Creates a filter.
	 * @param redirectUris knows where browsers reach the application
	 */
	public UltraCartRedirectFilter(RedirectUris redirectUris) {
		Assert.notNull(redirectUris, "redirectUris cannot be null");
		this.redirectUris = redirectUris;
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(request, request.isSecure() ? response : new Response(request, response));
	}

	private final class Response extends HttpServletResponseWrapper {

		private final HttpServletRequest request;

		private Response(HttpServletRequest request, HttpServletResponse response) {
			super(response);
			this.request = request;
		}

		@Override
		public void sendRedirect(@Nullable String location) throws IOException {
			super.sendRedirect(keepTls(location));
		}

		private @Nullable String keepTls(@Nullable String location) {
			if (location == null || location.startsWith("//")) {
				return location;
			}
			String baseUrl = ApplicationUrl.baseUrl(this.request);
			String ownOrigin = baseUrl.substring(0, baseUrl.length() - this.request.getContextPath().length());
			String path = path(location, ownOrigin);
			String origin = (path != null) ? UltraCartRedirectFilter.this.redirectUris.originBehindTls(baseUrl) : null;
			return (origin != null) ? origin + path : location;
		}

		/**
		 * Returns the path that a redirect leads to, or {@code null} if that is not of
		 * this application's origin.
		 */
		private @Nullable String path(String location, String ownOrigin) {
			if (location.startsWith("/")) {
				return location;
			}
			if (location.startsWith("?")) {
				// java.net.URI would drop the last part of the path
				return this.request.getRequestURI() + location;
			}
			if (location.startsWith(ownOrigin + "/")) {
				return location.substring(ownOrigin.length());
			}
			try {
				URI relative = URI.create(location);
				return (relative.getScheme() == null)
						? URI.create(this.request.getRequestURI()).resolve(relative).toString() : null;
			}
			catch (IllegalArgumentException ex) {
				return null;
			}
		}

	}

}
