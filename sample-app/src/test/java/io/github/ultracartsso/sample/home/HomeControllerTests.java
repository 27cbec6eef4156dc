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

package io.github.ultracartsso.sample.home;

import java.util.List;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.sample.BackofficeTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static io.github.ultracartsso.sample.TestUsers.user;
import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;

@BackofficeTest
class HomeControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void homeWhenNotSignedInThenSentToSignIn() {
		MvcTestResult result = this.mvc.get().uri("/").accept(MediaType.TEXT_HTML).exchange();
		assertThat(result).hasStatus(HttpStatus.FOUND);
		assertThat(result.getResponse().getRedirectedUrl()).startsWith("/ultracart/authorize");
	}

	@Test
	void homeWhenSignedInThenSaysWhoThatIs() {
		assertThat(this.mvc.get().uri("/").with(user("Carol Chen", List.of(), List.of("Warehouse")))).hasStatusOk()
			.bodyText()
			.contains("<dd id=\"full-name\">Carol Chen</dd>", "<dd id=\"login\">alice</dd>",
					"<span class=\"tag\">Warehouse</span>");
	}

	@Test
	void homeWhenUserHasNoNameThenSaysLogin() {
		assertThat(this.mvc.get().uri("/").with(user(null, List.of(), List.of()))).hasStatusOk()
			.bodyText()
			.contains("Hello, <span>alice</span>", "class=\"user-name\">alice</span>");
	}

	@Test
	void homeWhenPermissionThenShowsExpressionBesideIt() {
		assertThat(this.mvc.get().uri("/").with(userWith("View Items"))).bodyText()
			.containsPattern("(?s)<th scope=\"row\">View Items</th>\\s*<td>Permission</td>\\s*<td>\\s*"
					+ "<code>hasRole\\(&#39;VIEW_ITEMS&#39;\\)</code>");
	}

	@Test
	void homeWhenMarkupInNamesThenEscaped() {
		String markup = "<script>alert(1)</script>";
		assertThat(this.mvc.get().uri("/").with(user(markup, List.of(markup), List.of(markup)))).hasStatusOk()
			.bodyText()
			.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
			.doesNotContain("<script");
	}

	@Test
	void rightsWhenAuthorityGrantedThenPairedElseNothing() {
		UltraCartUser user = UltraCartUser.with(1, "alice")
			.permissions(List.of("View Items", "Edit Items"))
			.groups(List.of("Warehouse (East)"))
			.build();
		List<GrantedAuthority> authorities = List.of(new SimpleGrantedAuthority("ROLE_VIEW_ITEMS"),
				new SimpleGrantedAuthority("GROUP_WAREHOUSE_EAST"), new SimpleGrantedAuthority("ROLE_SHIPPER"));
		assertThat(Right.of(user, new UltraCartAuthenticationToken(user, authorities))).containsExactly(
				new Right(Right.Kind.PERMISSION, "Edit Items", null),
				new Right(Right.Kind.PERMISSION, "View Items", "hasRole('VIEW_ITEMS')"),
				new Right(Right.Kind.GROUP, "Warehouse (East)", "hasAuthority('GROUP_WAREHOUSE_EAST')"),
				new Right(Right.Kind.APPLICATION, null, "hasRole('SHIPPER')"));
	}

	@Test
	void aboutWhenNotSignedInThenOffersSignIn() {
		assertThat(this.mvc.get().uri("/about")).hasStatusOk()
			.bodyText()
			.contains("id=\"about-sign-in\"", "id=\"sign-in\"")
			.doesNotContain("id=\"sign-out\"", "id=\"nav-home\"", "id=\"user-name\"");
	}

	@Test
	void aboutWhenNotSignedInThenNoSession() {
		assertThat(this.mvc.get().uri("/about").exchange().getRequest().getSession(false)).isNull();
	}

	@Test
	void aboutWhenSignedInThenOffersSignOut() {
		assertThat(this.mvc.get().uri("/about").with(userWith())).hasStatusOk()
			.bodyText()
			.contains("id=\"sign-out\"")
			.doesNotContain("id=\"about-sign-in\"", "id=\"sign-in\"");
	}

	@Test
	void staticFilesWhenNotSignedInThenServed() {
		assertThat(this.mvc.get().uri("/css/backoffice.css")).hasStatusOk();
		assertThat(this.mvc.get().uri("/favicon.ico")).hasStatusOk();
	}

}
