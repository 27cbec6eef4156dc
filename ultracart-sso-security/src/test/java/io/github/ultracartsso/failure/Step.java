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

package io.github.ultracartsso.failure;

import java.time.Duration;

import io.github.ultracartsso.config.Browser;
import io.github.ultracartsso.config.TestApplication;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person does that has the application call UltraCart.
 */
enum Step {

	START("Starting a login", "ssoAuthorize", """
			A login is started once, unless the request has certainly not reached UltraCart.
			""") {

		@Override
		String take(TestApplication application, Browser browser, FailingCall call) {
			String start = Browser.location(browser.navigate("/items"));
			call.beginToFail();
			return loginPage(browser, browser.navigate(start));
		}

	},

	EXCHANGE("Completing a login: exchanging the code", "ssoToken", """
			A code is valid for one exchange, so this is never retried, and the user has to start again.
			""") {

		@Override
		String take(TestApplication application, Browser browser, FailingCall call) {
			String state = browser.startLogin("/items");
			call.beginToFail();
			return loginPage(browser, browser.callback(state, call.code()));
		}

	},

	USER("Completing a login: reading the user", "getSsoSessionUser",
			"""
					The user's key is revoked if the login fails. An incomplete user is rejected by the login, not by the client.
					""") {

		@Override
		String take(TestApplication application, Browser browser, FailingCall call) {
			call.beginToFail();
			return loginPage(browser, browser.signIn(call.code(), "/items"));
		}

	},

	REFRESH("Reading the user again", "getSsoSessionUser",
			"""
					This happens in a request of a signed-in user whose permissions have reached the refresh interval. If they stay
					signed in, they keep their permissions, and the next attempt is made later.
					""") {

		@Override
		String take(TestApplication application, Browser browser, FailingCall call) {
			browser.signIn(call.code(), "/items");
			application.clock().advance(REFRESH_INTERVAL);
			call.beginToFail();
			return isSignedIn(browser) ? "stays signed in" : "is sent through a login";
		}

	},

	SIGN_OUT("Signing out", "ssoSessionRevoke",
			"""
					Signing out ends the session whatever UltraCart responds, and waits for `ultracart.sso.logout.revoke-timeout` at
					most. If revoking the key may still succeed, it is retried for some minutes.
					""") {

		@Override
		String take(TestApplication application, Browser browser, FailingCall call) {
			browser.signIn(call.code(), "/items");
			call.beginToFail();
			String location = Browser.location(browser.submit("/logout"));
			return (location.equals("/login?logout") && !isSignedIn(browser)) ? "signed out" : "still signed in";
		}

	};

	private static final String ERROR_PAGE = "/login?error=";

	private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(30);

	private final String title;

	private final String callName;

	private final String explanation;

	Step(String title, String callName, String explanation) {
		this.title = title;
		this.callName = callName;
		this.explanation = explanation;
	}

	String title() {
		return this.title;
	}

	/**
	 * Returns UltraCart's name of the call.
	 */
	String callName() {
		return this.callName;
	}

	String explanation() {
		return this.explanation;
	}

	/**
	 * Takes the step.
	 * @return what the person sees of it
	 */
	abstract String take(TestApplication application, Browser browser, FailingCall call);

	private static String loginPage(Browser browser, MockHttpServletResponse response) {
		String location = Browser.location(response);
		if (!location.startsWith(ERROR_PAGE)) {
			return location.equals("/items") ? "signed in" : "goes on to UltraCart";
		}
		String error = location.substring(ERROR_PAGE.length());
		MockHttpServletResponse page = browser.navigate(location);
		assertThat(page.getStatus()).as(error).isEqualTo(error.equals("invalid_code") ? 401 : 503);
		assertThat(page.containsHeader("Retry-After")).as(error).isEqualTo(error.equals("busy"));
		return "`" + error + "`";
	}

	private static boolean isSignedIn(Browser browser) {
		return browser.navigate("/items").getStatus() == 200;
	}

}
