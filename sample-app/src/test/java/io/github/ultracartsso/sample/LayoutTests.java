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

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.sample.TestUsers.user;
import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;

@BackofficeTest
class LayoutTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void navigationWhenNoPermissionThenHomeAndAboutOnly() {
		assertThat(this.mvc.get().uri("/").with(userWith())).hasStatusOk()
			.bodyText()
			.contains("href=\"/\"", "href=\"/about\"")
			.doesNotContain("href=\"/items\"", "href=\"/shipping\"", "href=\"/users\"");
	}

	@Test
	void navigationWhenViewItemsThenItemsOnly() {
		assertThat(this.mvc.get().uri("/").with(userWith("View Items"))).bodyText()
			.contains("id=\"nav-items\"", "id=\"card-items\"")
			.doesNotContain("href=\"/shipping\"", "href=\"/users\"");
	}

	@Test
	void navigationWhenShippingPermissionThenShippingOnly() {
		assertThat(this.mvc.get().uri("/").with(userWith("Access Shipping Department"))).bodyText()
			.contains("id=\"nav-shipping\"", "id=\"card-shipping\"")
			.doesNotContain("href=\"/items\"", "href=\"/users\"");
	}

	@Test
	void navigationWhenEditUsersThenUsersOnly() {
		assertThat(this.mvc.get().uri("/").with(userWith("Edit Users"))).bodyText()
			.contains("id=\"nav-users\"", "id=\"card-users\"")
			.doesNotContain("href=\"/items\"", "href=\"/shipping\"");
	}

	@Test
	void navigationWhenInAreaThenMarksIt() {
		assertThat(this.mvc.get().uri("/items").with(userWith("View Items"))).bodyText()
			.containsPattern("id=\"nav-items\"[^>]*aria-current=\"page\"")
			.doesNotContainPattern("id=\"nav-home\"[^>]*aria-current");
	}

	@Test
	void signOutWhenSignedInThenFormWithCsrfToken() {
		assertThat(this.mvc.get().uri("/").with(userWith())).bodyText()
			.containsPattern("(?s)<form action=\"/logout\" method=\"post\">"
					+ "<input type=\"hidden\" name=\"_csrf\" value=\"[^\"]+\"/>\\s*<button id=\"sign-out\"");
	}

	@Test
	void pageWhenRenderedThenNoScriptAndNothingFromElsewhere() {
		assertThat(this.mvc.get().uri("/").with(user("Alice", List.of("View Items"), List.of()))).bodyText()
			.doesNotContain("<script", "http://", "https://", "style=");
	}

}
