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

package io.github.ultracartsso.sample;

import java.util.Objects;

import io.github.ultracartsso.web.access.AccessDeniedExplanation;
import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;

@BackofficeTest
@TestPropertySource(properties = "ultracart.sso.permit-all=/users,/api/items,/about")
class AccessDeniedTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void pageWhenDeniedThenOwnPageNamesWhatIsMissingAndOffersWayBackAndSignOut() {
		MvcTestResult denied = this.mvc.get()
			.uri("/users")
			.accept(MediaType.TEXT_HTML)
			.with(userWith("View Items"))
			.exchange();
		assertThat(denied).hasStatus(HttpStatus.FORBIDDEN);
		Object explanation = denied.getRequest().getAttribute(AccessDeniedExplanation.ATTRIBUTE);
		assertThat(this.mvc.get()
			.uri("/error")
			.accept(MediaType.TEXT_HTML)
			.requestAttr(RequestDispatcher.ERROR_STATUS_CODE, HttpStatus.FORBIDDEN.value())
			.requestAttr(AccessDeniedExplanation.ATTRIBUTE, Objects.requireNonNull(explanation))
			.with(userWith("View Items"))).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("you need the permission “Edit Users”", "Ask someone", "Back to the start", "id=\"sign-out\"",
					"<title>You may not open this");
	}

	@Test
	void pageWhenPathOpenAndNotSignedInThenAskedToSignIn() {
		MvcTestResult result = this.mvc.get().uri("/users").accept(MediaType.TEXT_HTML).exchange();
		assertThat(result).hasStatus(HttpStatus.FOUND);
		assertThat(result.getResponse().getRedirectedUrl()).startsWith("/ultracart/authorize");
	}

	@Test
	void problemWhenPathOpenAndNotSignedInThenAskedToSignIn() {
		assertThat(this.mvc.get().uri("/api/items").accept(MediaType.APPLICATION_JSON))
			.hasStatus(HttpStatus.UNAUTHORIZED)
			.bodyText()
			.doesNotContain("View Items");
	}

}
