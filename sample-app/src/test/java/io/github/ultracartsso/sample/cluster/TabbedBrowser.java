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
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.test.UltraCartSimulator;

/**
 * A browser with tabs that load at the same time and share its cookies. At UltraCart the
 * user is signed in already, so that UltraCart's page sends the browser back after a
 * while.
 */
final class TabbedBrowser {

	private static final int MAX_REDIRECTS = 20;

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(new Cookies()).build();

	private final Node node;

	private final UltraCartSimulator ultraCart;

	private final Duration timeAtUltraCart;

	TabbedBrowser(Node node, UltraCartSimulator ultraCart, Duration timeAtUltraCart) {
		this.node = node;
		this.ultraCart = ultraCart;
		this.timeAtUltraCart = timeAtUltraCart;
	}

	/**
	 * Opens a tab for each path, all at once, and waits until each has a page.
	 */
	List<Tab> open(List<String> paths) {
		List<CompletableFuture<Tab>> tabs = new ArrayList<>();
		for (String path : paths) {
			tabs.add(follow(this.node.url(path), new ArrayList<>()));
		}
		return tabs.stream().map((tab) -> tab.orTimeout(60, TimeUnit.SECONDS).join()).toList();
	}

	Tab open(String path) {
		return open(List.of(path)).get(0);
	}

	/**
	 * Continues several tabs at once from where UltraCart sends them.
	 */
	List<Tab> follow(List<URI> callbacks) {
		return open(callbacks.stream().map((url) -> url.getRawPath() + "?" + url.getRawQuery()).toList());
	}

	Tab follow(URI callback) {
		return follow(List.of(callback)).get(0);
	}

	/**
	 * Starts a login and stops at UltraCart.
	 * @return the callback with which UltraCart sends the browser back
	 */
	URI startLogin(String path) {
		String url = this.node.url(path);
		for (int i = 0; i < MAX_REDIRECTS; i++) {
			URI location = URI.create(url).resolve(get(url).join().headers().firstValue("Location").orElseThrow());
			if (isUltraCart(location)) {
				return this.ultraCart.approve(location, Cluster.OWNER);
			}
			url = location.toString();
		}
		throw new AssertionError("The browser does not arrive at UltraCart");
	}

	HttpResponse<String> signOut() {
		String body = get(this.node.url("/")).join().body();
		String token = body.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.node.url("/logout")))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("_csrf=" + token))
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString()).join();
	}

	private CompletableFuture<Tab> follow(String url, List<String> visited) {
		visited.add(url);
		return get(url).thenCompose((response) -> {
			String location = response.headers().firstValue("Location").orElse(null);
			if (location == null || visited.size() > MAX_REDIRECTS) {
				return CompletableFuture.completedFuture(new Tab(response.statusCode(), visited));
			}
			URI next = URI.create(url).resolve(location);
			if (!isUltraCart(next)) {
				return follow(next.toString(), visited);
			}
			Executor later = CompletableFuture.delayedExecutor(this.timeAtUltraCart.toMillis(), TimeUnit.MILLISECONDS);
			return CompletableFuture.supplyAsync(() -> this.ultraCart.approve(next, Cluster.OWNER), later)
				.thenCompose((callback) -> follow(callback.toString(), visited));
		});
	}

	private boolean isUltraCart(URI url) {
		return url.getPort() != this.node.port();
	}

	private CompletableFuture<HttpResponse<String>> get(String url) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.header("Accept", "text/html,*/*;q=0.8")
			.header("Sec-Fetch-Mode", "navigate")
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString());
	}

	/**
	 * A tab that shows a page.
	 *
	 * @param status the status of the page
	 * @param visited the URLs on the way to the page, which is the last
	 */
	record Tab(int status, List<String> visited) {

		String path() {
			URI url = URI.create(this.visited.get(this.visited.size() - 1));
			return url.getRawPath() + ((url.getRawQuery() != null) ? "?" + url.getRawQuery() : "");
		}

	}

	/**
	 * Cookies that are received together become visible together, as in a browser.
	 */
	private static final class Cookies extends CookieManager {

		@Override
		public synchronized Map<String, List<String>> get(URI url, Map<String, List<String>> headers)
				throws IOException {
			return super.get(url, headers);
		}

		@Override
		public synchronized void put(URI url, Map<String, List<String>> headers) throws IOException {
			super.put(url, headers);
		}

	}

}
