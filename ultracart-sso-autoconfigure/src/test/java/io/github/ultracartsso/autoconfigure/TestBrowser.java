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

package io.github.ultracartsso.autoconfigure;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

/**
 * A person's browser in front of an application's filter chains.
 */
public final class TestBrowser {

	private final MockMvcTester mvc;

	private final Map<String, Cookie> cookies = new HashMap<>();

	private @Nullable MockHttpSession session;

	public TestBrowser(WebApplicationContext context) {
		this.mvc = MockMvcTester.from(context, (builder) -> builder.apply(springSecurity()).build());
	}

	/**
	 * Goes to a page, as a person does.
	 */
	public MvcTestResult navigate(String uri) {
		return send(this.mvc.get().uri(uri).accept(MediaType.TEXT_HTML));
	}

	/**
	 * Asks for a resource, as a script or a probe does.
	 */
	public MvcTestResult fetch(String uri) {
		return send(this.mvc.get().uri(uri).accept(MediaType.ALL));
	}

	/**
	 * Shows the error page for a response, as the server does, which dispatches the
	 * request to it.
	 */
	public MvcTestResult errorPage(MvcTestResult error) {
		MockMvcTester.MockMvcRequestBuilder request = this.mvc.get()
			.uri("/error")
			.accept(MediaType.TEXT_HTML)
			.requestAttr(RequestDispatcher.ERROR_STATUS_CODE, error.getResponse().getStatus());
		MockHttpServletRequest before = error.getRequest();
		Collections.list(before.getAttributeNames())
			.stream()
			.filter((name) -> name.startsWith("ultraCart"))
			.forEach((name) -> request.requestAttr(name, Objects.requireNonNull(before.getAttribute(name))));
		return send(request);
	}

	public MvcTestResult signOut() {
		return send(this.mvc.post().uri("/logout").with(csrf()).accept(MediaType.TEXT_HTML));
	}

	/**
	 * Goes through a login as far as the callback.
	 */
	public MvcTestResult signIn(TestUltraCart ultraCart) {
		navigate("/ultracart/authorize");
		return navigate(
				"/login/ultracart?code=%s&state=%s".formatted(TestUltraCart.CODE, ultraCart.authorizeRequest("state")));
	}

	/**
	 * Loses the session and the cookies, as the browser of another person has none.
	 */
	public void forgetEverything() {
		this.session = null;
		this.cookies.clear();
	}

	private MvcTestResult send(MockMvcTester.MockMvcRequestBuilder request) {
		if (this.session != null && !this.session.isInvalid()) {
			request.session(this.session);
		}
		this.cookies.values().forEach(request::cookie);
		MvcTestResult result = request.exchange();
		this.session = (MockHttpSession) result.getRequest().getSession(false);
		for (Cookie cookie : result.getResponse().getCookies()) {
			this.cookies.put(cookie.getName(), cookie);
			this.cookies.values().removeIf((kept) -> kept.getMaxAge() == 0);
		}
		return result;
	}

}
