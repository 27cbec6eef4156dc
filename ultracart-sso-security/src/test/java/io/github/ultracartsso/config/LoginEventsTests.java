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

import java.util.List;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.config.UltraCartServer.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Security tells of each outcome, once.
 */
class LoginEventsTests {

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private Browser browser;

	@BeforeEach
	void start() {
		this.browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
	}

	@Test // H1
	void loginWhenCompletedThenSuccessOnce() {
		this.browser.signIn("code", "/items");
		this.browser.navigate("/items");
		assertThat(events())
			.hasExactlyElementsOfTypes(AuthenticationSuccessEvent.class, InteractiveAuthenticationSuccessEvent.class)
			.allSatisfy(
					(event) -> assertThat(event.getAuthentication()).isInstanceOf(UltraCartAuthenticationToken.class));
	}

	@Test // H1
	void logoutWhenSignedInThenToldOfOnce() {
		this.browser.signIn("code", "/items");
		this.application.events().clear();
		this.browser.submit("/logout");
		assertThat(events()).hasExactlyElementsOfTypes(LogoutSuccessEvent.class);
	}

	@ParameterizedTest // H1
	@CsvSource({ "'', unknown_state", "code=a, unknown_state", "code=a&state=bogus, unknown_state",
			"code=a&code=b&state=x, invalid_response", "code=a&error=b&state=x, invalid_response" })
	void callbackWhenRefusedThenFailureOnce(String query, String error) {
		this.browser.navigate("/login/ultracart?" + query);
		assertFailedOnce(AuthenticationFailureBadCredentialsEvent.class, error);
	}

	@ParameterizedTest // H1
	@CsvSource({ "access_denied, denied", "invalid_request, expired" })
	void callbackWhenUltraCartReportsErrorThenFailureOnce(String reported, String error) {
		this.browser.navigate("/login/ultracart?error=" + reported + "&state=" + this.browser.startLogin("/items"));
		assertFailedOnce(AuthenticationFailureBadCredentialsEvent.class, error);
	}

	@Test // H1
	void callbackWhenCodeIsRefusedThenFailureOnce() {
		ultraCart.fail(Operation.TOKEN, 400);
		this.browser.signIn("code", "/items");
		assertFailedOnce(AuthenticationFailureBadCredentialsEvent.class, "invalid_code");
	}

	@ParameterizedTest // H1
	@CsvSource({ "AUTHORIZE, 401, application_rejected", "AUTHORIZE, 410, application_disabled", "AUTHORIZE, 429, busy",
			"AUTHORIZE, 500, unavailable", "TOKEN, 401, application_rejected", "TOKEN, 429, busy",
			"TOKEN, 500, unavailable", "USER, 401, unavailable", "USER, 410, application_disabled", "USER, 429, busy",
			"USER, 500, unavailable" })
	void loginWhenUltraCartFailsThenFailureOnce(Operation operation, int status, String error) {
		ultraCart.fail(operation, status);
		if (operation == Operation.AUTHORIZE) {
			this.browser.navigate("/ultracart/authorize");
		}
		else {
			this.browser.signIn("code", "/items");
		}
		assertFailedOnce(AuthenticationFailureServiceExceptionEvent.class, error);
	}

	private void assertFailedOnce(Class<? extends AbstractAuthenticationFailureEvent> type, String error) {
		assertThat(events()).singleElement().isInstanceOfSatisfying(type, (event) -> {
			assertThat(event.getException()).isInstanceOfSatisfying(UltraCartLoginException.class,
					(ex) -> assertThat(ex.getError().code()).isEqualTo(error));
			assertThat(event.getAuthentication()).isInstanceOf(UltraCartLoginAuthenticationToken.class)
				.satisfies((attempt) -> assertThat(attempt.getCredentials()).isNull())
				.satisfies((attempt) -> assertThat(attempt.getDetails()).isInstanceOf(WebAuthenticationDetails.class));
		});
	}

	/**
	 * Session fixation protection tells of itself, which is no outcome.
	 */
	private List<AbstractAuthenticationEvent> events() {
		return this.application.events()
			.stream()
			.filter((event) -> !(event instanceof SessionFixationProtectionEvent))
			.toList();
	}

}
