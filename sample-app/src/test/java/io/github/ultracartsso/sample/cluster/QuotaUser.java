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
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;

/**
 * A user at a browser who signs in, opens pages and lists of orders, and signs out, or
 * stays. Each list of orders costs a call to UltraCart.
 */
final class QuotaUser {

	private static final Pattern CSRF_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final int SHORTEST_PAUSE_MILLIS = 700;

	private static final int LONGEST_PAUSE_MILLIS = 1500;

	private static final int PAGES_UNTIL_SIGN_OUT = 6;

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final int number;

	private final String login;

	private final QuotaStory story;

	private final UltraCartSimulator ultraCart;

	private final Random random;

	private final boolean stays;

	/**
	 * Creates a user.
	 * @param number the number of the user
	 * @param stays whether the user never signs out
	 * @param story has the nodes, and is told what happens
	 * @param ultraCart where the user signs in
	 */
	QuotaUser(int number, boolean stays, QuotaStory story, UltraCartSimulator ultraCart) {
		this.number = number;
		this.login = "user" + number;
		this.stays = stays;
		this.story = story;
		this.ultraCart = ultraCart;
		this.random = new Random(number);
		ultraCart.addUser(SimulatedUser.withLogin(this.login).permission(SimulatedOrders.READ).build());
	}

	/**
	 * Goes on until stopped.
	 */
	void use(CountDownLatch stop) throws InterruptedException {
		while (!pause(stop)) {
			Node node = this.story.node(this.number);
			try {
				useUntilSignOut(node, stop);
			}
			catch (IOException ex) {
				this.story.count("requests to a node that had died");
			}
		}
	}

	private boolean pause(CountDownLatch stop) throws InterruptedException {
		return stop.await(this.random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
	}

	private void useUntilSignOut(Node node, CountDownLatch stop) throws IOException, InterruptedException {
		if (!signIn(node)) {
			return;
		}
		int pages = 0;
		while (!pause(stop) && (this.stays || pages < PAGES_UNTIL_SIGN_OUT)) {
			int status = open(node, "/about").statusCode();
			int orders = open(node, "/orders").statusCode();
			this.story.count("pages: " + status);
			this.story.count("calls for users: " + orders);
			if (orders == 302) {
				return;
			}
			pages++;
		}
		signOut(node);
	}

	private boolean signIn(Node node) throws IOException, InterruptedException {
		HttpResponse<String> start = open(node, "/ultracart/authorize");
		URI loginUrl = location(start);
		if (loginUrl == null || loginUrl.getPort() != this.ultraCart.baseUrl().getPort()) {
			this.story.failed("start: " + start.statusCode() + " " + loginUrl);
			return false;
		}
		URI callback = this.ultraCart.approve(loginUrl, this.login);
		HttpResponse<String> end = open(node, callback.getRawPath() + "?" + callback.getRawQuery());
		URI target = location(end);
		if (target == null || !target.getPath().equals("/")) {
			this.story.failed("callback: " + end.statusCode() + " " + target);
			return false;
		}
		this.story.count("logins");
		return true;
	}

	private void signOut(Node node) throws IOException, InterruptedException {
		Matcher token = CSRF_TOKEN.matcher(open(node, "/").body());
		if (token.find()) {
			send(node, "POST", "/logout", BodyPublishers.ofString("_csrf=" + token.group(1)));
			this.story.count("sign-outs");
		}
	}

	private static @Nullable URI location(HttpResponse<?> response) {
		return response.headers().firstValue("Location").map(URI::create).orElse(null);
	}

	private HttpResponse<String> open(Node node, String path) throws IOException, InterruptedException {
		return send(node, "GET", path, BodyPublishers.noBody());
	}

	private HttpResponse<String> send(Node node, String method, String path, BodyPublisher body)
			throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(node.url(path)))
			.timeout(Duration.ofSeconds(30))
			.header("Accept", "text/html,*/*;q=0.1")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.method(method, body)
			.build(), BodyHandlers.ofString());
	}

}
