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

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/**
 * A browser of an application in a real container. It keeps cookies and follows no
 * redirect.
 */
public final class SocketBrowser {

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final URI application;

	public SocketBrowser(ServletWebServerApplicationContext application) {
		this.application = URI
			.create("http://localhost:" + Objects.requireNonNull(application.getWebServer()).getPort());
	}

	/**
	 * Goes to a page.
	 */
	public HttpResponse<String> navigate(String path) {
		return send(HttpRequest.newBuilder().GET(), path, "Sec-Fetch-Mode", "navigate", "Accept", "text/html");
	}

	/**
	 * Gets data for a page.
	 */
	public HttpResponse<String> fetch(String path, String... headers) {
		return send(HttpRequest.newBuilder().GET(), path,
				(headers.length > 0) ? headers : new String[] { "Sec-Fetch-Mode", "cors" });
	}

	/**
	 * Asks whether a script of another site may get data.
	 */
	public HttpResponse<String> preflight(String path, String origin) {
		return send(HttpRequest.newBuilder().method("OPTIONS", HttpRequest.BodyPublishers.noBody()), path, "Origin",
				origin, "Access-Control-Request-Method", "GET");
	}

	/**
	 * Submits a form.
	 */
	public HttpResponse<String> submit(String path, String form) {
		return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(form)), path, "Content-Type",
				"application/x-www-form-urlencoded", "Sec-Fetch-Mode", "navigate", "Accept", "text/html");
	}

	/**
	 * Signs in with UltraCart.
	 * @return where the callback redirects to
	 */
	public String signIn(TestUltraCart ultraCart) {
		navigate("/ultracart/authorize");
		HttpResponse<String> callback = navigate(
				"/login/ultracart?code=%s&state=%s".formatted(TestUltraCart.CODE, ultraCart.authorizeRequest("state")));
		return location(callback);
	}

	/**
	 * Returns the path that a response redirects to.
	 */
	public static String location(HttpResponse<String> response) {
		return response.headers().firstValue("Location").map((url) -> URI.create(url).getRawPath()).orElse("");
	}

	/**
	 * Returns the URL that a response redirects to.
	 */
	public static String url(HttpResponse<String> response) {
		return response.headers().firstValue("Location").orElseThrow(() -> new AssertionError(response));
	}

	public List<String> cookieNames() {
		return this.cookies.getCookieStore().getCookies().stream().map(HttpCookie::getName).toList();
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers) {
		try {
			return this.client.send(request.uri(this.application.resolve(path)).headers(headers).build(),
					HttpResponse.BodyHandlers.ofString());
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
