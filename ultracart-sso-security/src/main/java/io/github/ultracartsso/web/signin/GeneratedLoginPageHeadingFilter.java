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
package io.github.ultracartsso.web.signin;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Names UltraCart in the heading of its link on the login page that Spring Security
 * generates. That page has links for OAuth 2.0 logins only, and calls them so. A page
 * without that heading is left as it is.
 *
 * @since 0.1
 */
public final class GeneratedLoginPageHeadingFilter extends OncePerRequestFilter {

	private static final String HEADING = ">Login with OAuth 2.0<";

	private static final String REPLACEMENT = ">Login with UltraCart<";

	private final RequestMatcher pageMatcher;

	/**
	 * Creates a filter.
	 * @param pageMatcher matches requests to which Spring Security responds with its page
	 */
	public GeneratedLoginPageHeadingFilter(RequestMatcher pageMatcher) {
		Assert.notNull(pageMatcher, "pageMatcher cannot be null");
		this.pageMatcher = pageMatcher;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.pageMatcher.matches(request)) {
			chain.doFilter(request, response);
			return;
		}
		BufferedPage page = new BufferedPage(response);
		chain.doFilter(request, page);
		page.write();
	}

	/**
	 * Holds what is written as text. Anything else goes to the response.
	 */
	private static final class BufferedPage extends HttpServletResponseWrapper {

		private final StringWriter text = new StringWriter();

		private @Nullable PrintWriter writer;

		private long contentLength = -1;

		BufferedPage(HttpServletResponse response) {
			super(response);
		}

		@Override
		public PrintWriter getWriter() {
			if (this.writer == null) {
				this.writer = new PrintWriter(this.text);
			}
			return this.writer;
		}

		@Override
		public void setContentLength(int length) {
			this.contentLength = length;
		}

		@Override
		public void setContentLengthLong(long length) {
			this.contentLength = length;
		}

		/**
		 * Text is not sent before it is complete.
		 */
		@Override
		public void flushBuffer() throws IOException {
			if (this.writer == null) {
				super.flushBuffer();
			}
		}

		@Override
		public void resetBuffer() {
			super.resetBuffer();
			discardText();
		}

		@Override
		public void reset() {
			super.reset();
			discardText();
			this.writer = null;
			this.contentLength = -1;
		}

		private void discardText() {
			if (this.writer != null) {
				this.writer.flush();
			}
			this.text.getBuffer().setLength(0);
		}

		void write() throws IOException {
			if (this.writer == null) {
				if (this.contentLength != -1) {
					super.setContentLengthLong(this.contentLength);
				}
				return;
			}
			this.writer.flush();
			String html = this.text.toString().replace(HEADING, REPLACEMENT);
			super.setContentLength(html.getBytes(StandardCharsets.UTF_8).length);
			getResponse().getWriter().write(html);
		}

	}

}
