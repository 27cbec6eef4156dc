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

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user at a browser, with two accounts at UltraCart, who does one thing after another
 * and checks on every page the name of the user on the page.
 */
final class SoakUser {

	private static final String[] PAGES = { "/", "/items", "/shipping", "/orders", "/users", "/about" };

	private static final String[] PERMISSIONS = { "View Items", "Edit Items", "Edit Users", SimulatedOrders.READ };

	private static final int LONGEST_PAUSE_MILLIS = 700;

	private final UltraCartSimulator ultraCart;

	private final SoakBrowser browser;

	private final SoakFigures figures;

	private final Random random;

	private final List<String> accounts;

	private @Nullable String account;

	SoakUser(int number, URI application, UltraCartSimulator ultraCart, SoakFigures figures, Random random) {
		this.ultraCart = ultraCart;
		this.browser = new SoakBrowser(application);
		this.figures = figures;
		this.random = random;
		this.accounts = List.of("user" + number, "user" + number + "!2");
		this.accounts.forEach((login) -> ultraCart.addUser(SimulatedUser.withLogin(login).build()));
	}

	/**
	 * Goes on until stopped, then signs out.
	 */
	void use(CountDownLatch stop) throws InterruptedException {
		while (!stop.await(this.random.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
			switch (this.random.nextInt(20)) {
				case 0, 1 -> signOut();
				case 2 -> signIn();
				case 3 -> startLogin();
				case 4 -> changePermissions();
				default -> {
					if (this.account == null && this.random.nextInt(3) == 0) {
						signIn();
					}
					else {
						open(PAGES[this.random.nextInt(PAGES.length)]);
					}
				}
			}
		}
		signOut();
	}

	private void signIn() {
		URI loginUrl = startLogin();
		if (loginUrl == null) {
			return;
		}
		String chosen = this.accounts.get(this.random.nextInt(this.accounts.size()));
		URI callback = this.ultraCart.approve(loginUrl, chosen);
		HttpResponse<String> response = this.browser.open(callback.getRawPath() + "?" + callback.getRawQuery());
		boolean signedIn = response.statusCode() == 302
				&& Objects.requireNonNull(SoakBrowser.location(response)).getPath().equals("/");
		this.figures.count(signedIn ? "logins" : "logins that failed at the callback");
		if (signedIn) {
			this.account = chosen;
			assertThat(open("/")).as("whose page follows the login").isEqualTo(chosen);
		}
	}

	/**
	 * Starts a login.
	 * @return UltraCart's login page, {@code null} if the login could not start
	 */
	private @Nullable URI startLogin() {
		HttpResponse<String> response = this.browser.open("/ultracart/authorize");
		URI target = SoakBrowser.location(response);
		boolean started = target != null && target.getPort() == this.ultraCart.baseUrl().getPort();
		this.figures.count(started ? "logins begun" : "logins that could not begin");
		return started ? target : null;
	}

	private void signOut() {
		HttpResponse<String> response = this.browser.submit("/about", "/logout");
		assertThat(response.statusCode()).as("signing out").isLessThan(500);
		this.account = null;
		open("/about");
		this.figures.count("logouts");
	}

	private void changePermissions() {
		String login = this.accounts.get(this.random.nextInt(this.accounts.size()));
		this.ultraCart.updateUser(SimulatedUser.withLogin(login)
			.permissions(PERMISSIONS[this.random.nextInt(PERMISSIONS.length)])
			.build());
		this.figures.count("changes of permissions");
	}

	/**
	 * Opens a page, which must show this user or none.
	 * @return whose it is
	 */
	private @Nullable String open(String path) {
		HttpResponse<String> page = this.browser.open(path);
		this.figures.count("pages");
		assertThat(page.statusCode()).as(path).isNotEqualTo(500);
		String name = SoakBrowser.userName(page);
		if (name == null && page.statusCode() == 200) {
			this.account = null;
		}
		assertThat(name).as("whose page %s is", path).isIn(this.account, null);
		return name;
	}

}
