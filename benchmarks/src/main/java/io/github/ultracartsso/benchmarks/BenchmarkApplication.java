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

package io.github.ultracartsso.benchmarks;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/**
 * An application without a server: the filter chain of one login mechanism before a page
 * that reads the authentication and its authorities.
 */
final class BenchmarkApplication implements AutoCloseable {

	/**
	 * The response header in which the page tells how many authorities the user has.
	 */
	private static final String AUTHORITIES = "Authorities";

	private static final FilterChain PAGE = (request, response) -> ((HttpServletResponse) response)
		.setIntHeader(AUTHORITIES, countAuthorities());

	private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();

	private final Filter security;

	private final SignIn signIn;

	BenchmarkApplication(LoginMechanism mechanism) {
		this.context.setServletContext(new MockServletContext());
		this.context.register(mechanism.configuration());
		this.context.refresh();
		this.security = this.context.getBean("springSecurityFilterChain", Filter.class);
		this.signIn = this.context.getBean(SignIn.class);
		Assert.state(countAuthorities(signIn()) > Permissions.GRANTED,
				() -> "The login with " + mechanism.label() + " does not grant the expected authorities");
	}

	/**
	 * Returns a browser that reaches the page without any security.
	 */
	static Browser newBrowserWithoutSecurity() {
		return new Browser((request, response, chain) -> chain.doFilter(request, response), PAGE);
	}

	/**
	 * Completes a login.
	 * @return the browser of the user
	 */
	Browser signIn() {
		Browser browser = new Browser(this.security, PAGE);
		MockHttpServletResponse response = this.signIn.signIn(browser);
		Assert.state("/".equals(response.getHeader("Location")), "The login has failed");
		return browser;
	}

	/**
	 * Requests the page.
	 * @return how many authorities the page found, 0 if the request did not reach it
	 */
	static int countAuthorities(Browser browser) {
		String authorities = browser.get("/page").getHeader(AUTHORITIES);
		return (authorities != null) ? Integer.parseInt(authorities) : 0;
	}

	SteppingClock clock() {
		return this.context.getBean(SteppingClock.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	private static int countAuthorities() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		int count = 0;
		if (authentication != null) {
			for (GrantedAuthority authority : authentication.getAuthorities()) {
				if (StringUtils.hasLength(authority.getAuthority())) {
					count++;
				}
			}
		}
		return count;
	}

}
