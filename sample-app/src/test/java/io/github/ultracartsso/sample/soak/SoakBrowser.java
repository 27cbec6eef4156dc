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

package io.github.ultracartsso.sample.soak;

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
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A browser with its own cookies that follows no redirect by itself.
 */
final class SoakBrowser {

	private static final Pattern USER_NAME = Pattern.compile("id=\"user-name\"[^>]*>([^<]*)<");

	private static final Pattern CSRF_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final URI application;

	SoakBrowser(URI application) {
		this.application = application;
	}

	HttpResponse<String> open(String path) {
		return send("GET", path, BodyPublishers.noBody());
	}

	/**
	 * Submits a form that holds only the CSRF token of its page.
	 */
	HttpResponse<String> submit(String page, String path) {
		Matcher token = CSRF_TOKEN.matcher(open(page).body());
		return send("POST", path, BodyPublishers.ofString(token.find() ? "_csrf=" + token.group(1) : ""));
	}

	/**
	 * The target of a redirect, {@code null} for another response.
	 */
	static @Nullable URI location(HttpResponse<?> response) {
		return response.headers().firstValue("Location").map(URI::create).orElse(null);
	}

	/**
	 * The name of the user whom a page is for, {@code null} if it shows none.
	 */
	static @Nullable String userName(HttpResponse<String> page) {
		Matcher name = USER_NAME.matcher(page.body());
		return name.find() ? name.group(1) : null;
	}

	private HttpResponse<String> send(String method, String path, BodyPublisher body) {
		HttpRequest request = HttpRequest.newBuilder(this.application.resolve(path))
			.timeout(Duration.ofSeconds(30))
			.header("Accept", "text/html,*/*;q=0.1")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.method(method, body)
			.build();
		try {
			return this.client.send(request, BodyHandlers.ofString());
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
