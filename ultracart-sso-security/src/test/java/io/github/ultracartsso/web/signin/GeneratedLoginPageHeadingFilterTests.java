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

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeneratedLoginPageHeadingFilter}.
 */
class GeneratedLoginPageHeadingFilterTests {

	private final GeneratedLoginPageHeadingFilter filter = new GeneratedLoginPageHeadingFilter((request) -> true);

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void pageWhenFlushedEarlyThenCompleteWithItsLength() throws Exception {
		this.filter.doFilter(new MockHttpServletRequest("GET", "/login"), this.response,
				new MockFilterChain(new Page((response) -> {
					response.getWriter().write("<h2>Login with ");
					response.flushBuffer();
					response.getWriter().write("OAuth 2.0</h2>");
				})));
		assertThat(this.response.getContentAsString()).isEqualTo("<h2>Login with UltraCart</h2>");
		assertThat(this.response.getContentLength()).isEqualTo(this.response.getContentAsByteArray().length);
	}

	@Test
	void pageWhenResetThenOnlyWhatIsWrittenAfterwards() throws Exception {
		this.filter.doFilter(new MockHttpServletRequest("GET", "/login"), this.response,
				new MockFilterChain(new Page((response) -> {
					response.getWriter().write("half a page");
					response.reset();
					response.getWriter().write("half another");
					response.resetBuffer();
					response.getWriter().write("error");
				})));
		assertThat(this.response.getContentAsString()).isEqualTo("error");
	}

	private static final class Page extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private final transient Content content;

		Page(Content content) {
			this.content = content;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			this.content.write(response);
		}

	}

	private interface Content {

		void write(HttpServletResponse response) throws IOException;

	}

}
