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

package io.github.ultracartsso.test.login;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.test.UltraCartSimulator;

/**
 * A client that behaves like a browser in a login: it keeps cookies, follows no redirect
 * by itself, and sends the headers of a navigation.
 */
final class Browser {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final HttpClient client;

	private final URI application;

	Browser(String application) {
		this(HttpClient.newBuilder().cookieHandler(new CookieManager()).build(), application);
	}

	private Browser(HttpClient client, String application) {
		this.client = client;
		this.application = URI.create(application);
	}

	/**
	 * Returns this browser, with its cookies, at another URL of the application.
	 */
	Browser at(String application) {
		return new Browser(this.client, application);
	}

	HttpResponse<String> navigate(String url, String... headers) {
		return send(request(url).header("Accept", "text/html").header("Sec-Fetch-Mode", "navigate"), headers);
	}

	HttpResponse<String> fetch(String url, String... headers) {
		return send(request(url).header("Accept", "*/*").header("Sec-Fetch-Mode", "cors"), headers);
	}

	HttpResponse<String> submit(String url, String csrfToken) {
		return post(url, "_csrf=" + URLEncoder.encode(csrfToken, StandardCharsets.UTF_8));
	}

	HttpResponse<String> post(String url, String form) {
		return send(request(url).header("Accept", "text/html")
			.header("Sec-Fetch-Mode", "navigate")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	WebSocket connect(String url, WebSocket.Listener listener) {
		return this.client.newWebSocketBuilder()
			.buildAsync(URI.create(this.application.resolve(url).toString().replaceFirst("http", "ws")), listener)
			.join();
	}

	/**
	 * Opens a protected page and starts the login.
	 * @return UltraCart's login URL
	 */
	URI startLogin(String protectedUrl) {
		HttpResponse<String> refused = navigate(protectedUrl);
		return URI.create(location(navigate(location(refused))));
	}

	/**
	 * Opens a protected page, signs in and follows the redirects.
	 * @return the page the user ends on
	 */
	HttpResponse<String> signIn(UltraCartSimulator ultraCart, String login, String protectedUrl) {
		URI callback = ultraCart.approve(startLogin(protectedUrl), login);
		return navigate(location(navigate(callback.toString())));
	}

	static String location(HttpResponse<String> response) {
		return response.headers()
			.firstValue("Location")
			.orElseThrow(() -> new AssertionError(response + ": no redirect"));
	}

	static String csrfToken(HttpResponse<String> page) {
		Matcher matcher = CSRF.matcher(page.body());
		if (!matcher.find()) {
			throw new AssertionError("No CSRF token in " + page.body());
		}
		return matcher.group(1);
	}

	private HttpRequest.Builder request(String url) {
		return HttpRequest.newBuilder(this.application.resolve(url));
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
