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

package io.github.ultracartsso.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A person's browser: it keeps its session and its cookies, and says whether it
 * navigates.
 */
public final class Browser {

	private final MockMvcTester mvc;

	private final String contextPath;

	private final CookieJar cookies;

	private @Nullable MockHttpSession session;

	private String address = "127.0.0.1";

	private String serverName = "";

	Browser(MockMvcTester mvc, String contextPath, CookieJar cookies) {
		this.mvc = mvc;
		this.contextPath = contextPath;
		this.cookies = cookies;
	}

	/**
	 * Goes to a page.
	 */
	public MockHttpServletResponse navigate(String url, String... headers) {
		return request(HttpMethod.GET, url, navigation(headers));
	}

	MockHttpServletResponse fetch(String url, String... headers) {
		return request(HttpMethod.GET, url, concat(headers, "Sec-Fetch-Mode", "cors", "Accept", MediaType.ALL_VALUE));
	}

	MockHttpServletResponse head(String url) {
		return request(HttpMethod.HEAD, url, navigation());
	}

	/**
	 * Submits a form that lacks a CSRF token.
	 */
	MockHttpServletResponse post(String url, String... headers) {
		return request(HttpMethod.POST, url, navigation(headers));
	}

	/**
	 * Submits a form with the CSRF token of this session.
	 */
	public MockHttpServletResponse submit(String url, String... headers) {
		return request(HttpMethod.POST, url, concat(navigation(headers), "X-CSRF-TOKEN", csrfToken()));
	}

	/**
	 * Has the server append a name to the session id that the browser sends, as Jetty
	 * does.
	 */
	void appendToSessionId(String name) {
		this.serverName = name;
	}

	String csrfToken() {
		return body(fetch(this.contextPath + "/csrf"));
	}

	MockHttpServletResponse request(HttpMethod method, String url, String... headers) {
		return exchange(request(this.mvc.method(method).uri(URI.create(url)), headers));
	}

	MockHttpServletResponse exchange(MockMvcTester.MockMvcRequestBuilder request) {
		MockHttpSession sent = this.session;
		if (sent != null) {
			request.session(sent).with((sending) -> {
				sending.setRequestedSessionId(sent.getId() + this.serverName);
				sending.setRequestedSessionIdValid(true);
				return sending;
			});
		}
		if (cookies().length > 0) {
			request.cookie(cookies());
		}
		var result = request.contextPath(this.contextPath).remoteAddress(this.address).exchange();
		if (result.getUnresolvedException() != null) {
			throw new AssertionError(result.getUnresolvedException());
		}
		this.session = (MockHttpSession) result.getRequest().getSession(false);
		this.cookies.receive(result.getResponse().getCookies());
		return result.getResponse();
	}

	MockMvcTester mvc() {
		return this.mvc;
	}

	/**
	 * Goes to a page and on to the start of the login.
	 * @return the state of the login
	 */
	public String startLogin(String protectedUrl) {
		return stateOf(navigate(location(navigate(protectedUrl))));
	}

	static String stateOf(MockHttpServletResponse start) {
		return Objects.requireNonNull(
				UriComponentsBuilder.fromUriString(location(start)).build().getQueryParams().getFirst("opid"));
	}

	/**
	 * Comes back from UltraCart.
	 */
	public MockHttpServletResponse callback(String state, String code) {
		return navigate(callbackUrl(state, code));
	}

	String callbackUrl(String state, String code) {
		return this.contextPath + "/login/ultracart?code=" + code + "&state=" + state;
	}

	/**
	 * Goes to a page and signs in on the way there.
	 * @return the answer to the callback
	 */
	public MockHttpServletResponse signIn(String code, String protectedUrl) {
		return callback(startLogin(protectedUrl), code);
	}

	/**
	 * Signs in, signed in or not, without wanting to go anywhere.
	 * @return the answer to the callback
	 */
	MockHttpServletResponse signIn(String code) {
		return callback(stateOf(navigate("/ultracart/authorize")), code);
	}

	/**
	 * Goes on from another address.
	 */
	void moveTo(String address) {
		this.address = address;
	}

	@Nullable HttpSession session() {
		return this.session;
	}

	HttpSession requireSession() {
		return Objects.requireNonNull(this.session);
	}

	void useSession(@Nullable MockHttpSession session) {
		this.session = session;
	}

	Cookie[] cookies() {
		return this.cookies.cookies();
	}

	void addCookies(Cookie... cookies) {
		this.cookies.receive(cookies);
	}

	/**
	 * Returns where an answer sends the browser.
	 */
	public static String location(MockHttpServletResponse response) {
		return Objects.requireNonNull(response.getHeader("Location"), () -> "no redirect: " + response.getStatus());
	}

	static String body(MockHttpServletResponse response) {
		return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private static MockMvcTester.MockMvcRequestBuilder request(MockMvcTester.MockMvcRequestBuilder request,
			String... headers) {
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		return request;
	}

	private static String[] navigation(String... headers) {
		return concat(headers, "Sec-Fetch-Mode", "navigate", "Accept", "text/html");
	}

	private static String[] concat(String[] headers, String... more) {
		String[] all = Arrays.copyOf(headers, headers.length + more.length);
		System.arraycopy(more, 0, all, headers.length, more.length);
		return all;
	}

}
