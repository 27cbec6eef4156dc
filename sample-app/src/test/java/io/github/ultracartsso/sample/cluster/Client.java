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

package io.github.ultracartsso.sample.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.sample.cluster.Evidence.Kind;

/**
 * A browser that follows no redirect by itself and keeps every response as evidence.
 */
final class Client {

	private static final Pattern CSRF_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final Node node;

	private final Evidence evidence;

	Client(Node node, Evidence evidence) {
		this.node = node;
		this.evidence = evidence;
	}

	HttpResponse<String> get(String path) {
		return send("GET", path, BodyPublishers.noBody());
	}

	HttpResponse<String> get(URI url) {
		return get(path(url));
	}

	/**
	 * Submits a form that holds only the CSRF token of a page.
	 */
	HttpResponse<String> submit(String path) {
		Matcher token = CSRF_TOKEN.matcher(get("/").body());
		if (!token.find()) {
			throw new AssertionError("The page has no form with a CSRF token");
		}
		return send("POST", path, BodyPublishers.ofString("_csrf=" + token.group(1)));
	}

	/**
	 * Starts a login.
	 * @return UltraCart's login page
	 */
	URI startLogin() {
		return location(get("/ultracart/authorize"));
	}

	static URI location(HttpResponse<String> response) {
		return URI.create(response.headers()
			.firstValue("Location")
			.orElseThrow(() -> new AssertionError("No redirect but " + response.statusCode())));
	}

	private static String path(URI url) {
		return url.getRawPath() + ((url.getRawQuery() != null) ? "?" + url.getRawQuery() : "");
	}

	private HttpResponse<String> send(String method, String path, BodyPublisher body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.node.url(path)))
			.header("Accept", "text/html,*/*;q=0.1")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.method(method, body)
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
			this.evidence.add(Kind.RESPONSE, method + " " + request.uri().getPath(),
					response.statusCode() + " " + response.headers().map() + " " + response.body());
			return response;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
