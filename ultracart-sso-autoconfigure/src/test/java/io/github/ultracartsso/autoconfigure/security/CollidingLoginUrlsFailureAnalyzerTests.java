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

package io.github.ultracartsso.autoconfigure.security;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.config.CollidingLoginUrlsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CollidingLoginUrlsFailureAnalyzer}, and for the properties that make
 * URLs collide.
 */
@ExtendWith(OutputCaptureExtension.class)
class CollidingLoginUrlsFailureAnalyzerTests {

	@ParameterizedTest
	@CsvSource({ "redirect-uri=https://app.example.com/login, ultracart.sso.login-page",
			"redirect-uri={baseUrl}/login, ultracart.sso.login-page",
			"redirect-uri={baseUrl}/ultracart/authorize, authorizationEndpoint",
			"redirect-uri={baseUrl}/logout, logoutUrl", "login-page=/login/ultracart, ultracart.sso.redirect-uri",
			"login-page=/ultracart/authorize, authorizationEndpoint", "login-page=/logout, logoutUrl" })
	void startWhenPropertiesMakeUrlsCollideThenFails(String property, String other) {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso." + property)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(CollidingLoginUrlsException.class)
				.hasMessageContaining("ultracart.sso." + property.substring(0, property.indexOf('=')))
				.hasMessageContaining(other));
	}

	@Test
	void startWhenUrlsDifferThenStarts() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.redirect-uri={baseUrl}/login/done", "ultracart.sso.login-page=/sign-in")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "default-success-url=/ultracart/authorize, authorizationEndpoint",
			"default-success-url=/login/ultracart?again, redirectionEndpoint" })
	void startWhenPageAfterLoginIsPartOfTheLoginThenFails(String property, String other) {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso." + property)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(CollidingLoginUrlsException.class)
				.hasMessageContaining("ultracart.sso.default-success-url")
				.hasMessageContaining(other));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{baseUrl}/login", "{baseUrl}/ultracart/authorize",
			"https://backoffice.example.com/office/login", "{baseScheme}://{baseHost}{basePort}{basePath}/login" })
	void runWhenRedirectUriIsPartOfTheLoginThenDoesNotStart(String redirectUri, CapturedOutput output) {
		SpringApplication application = new SpringApplication(TestApplication.Everything.class);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> application.run("--server.port=0",
				"--server.servlet.context-path=/office", "--ultracart.sso.simple-key=" + TestApplication.KEY,
				"--ultracart.sso.redirect-uri=" + redirectUri));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "The URLs of a login must differ",
				"ultracart.sso.redirect-uri", "Action:");
	}

	@Test
	void runWhenUrlsCollideThenReportIsPrinted(CapturedOutput output) {
		SpringApplication application = new SpringApplication(TestApplication.Everything.class);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> application.run("--server.port=0",
				"--ultracart.sso.simple-key=" + TestApplication.KEY, "--ultracart.sso.redirect-uri={baseUrl}/login"));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:",
				"The URLs of a login must differ, but the callback (redirectionEndpoint, or ultracart.sso.redirect-uri)"
						+ " and the sign-in page (loginPage, or ultracart.sso.login-page) are both /login.",
				"Action:", "Give each of them a path of its own");
	}

}
