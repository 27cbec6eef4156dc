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

package io.github.ultracartsso.test.login;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.web.session.CurrentSsoSession;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Tests for users that an application's tests set up.
 */
@WebMvcTest(properties = { "ultracart.sso.simple-key=a-key-for-tests",
		"ultracart.sso.authorities.roles.SHIPPER=group:Warehouse", "ultracart.sso.permit-all=/open/**",
		"ultracart.sso.session.max-age=1h" })
@Import(TestUserTests.Pages.class)
class TestUserTests {

	@Autowired
	private MockMvc mvc;

	@Test
	void requestWhenNobodyThenUnauthorized() throws Exception {
		this.mvc.perform(get("/items")).andExpect(status().isUnauthorized());
	}

	@Test
	@WithUltraCartUser(login = "Jane!ops", permissions = "View Items")
	void requestWhenAnnotatedUserHasPermissionThenOk() throws Exception {
		this.mvc.perform(get("/items")).andExpect(status().isOk()).andExpect(content().string("Jane!ops"));
	}

	@Test
	@WithUltraCartUser(permissions = "Edit Items")
	void requestWhenAnnotatedUserLacksPermissionThenForbidden() throws Exception {
		this.mvc.perform(get("/items")).andExpect(status().isForbidden());
	}

	@Test
	@WithUltraCartUser(permissions = "View Items")
	void requestWhenAnnotatedUserAndSessionThenOk() throws Exception {
		this.mvc.perform(get("/items").sessionAttr("cart", "full")).andExpect(status().isOk());
	}

	@Test
	@WithUltraCartUser(permissions = "Edit Items", groups = "Warehouse")
	void requestWhenAnnotatedUserHasRequiredPermissionAndGroupThenOk() throws Exception {
		this.mvc.perform(get("/edit")).andExpect(status().isOk());
	}

	@Test
	@WithUltraCartUser(permissions = "Edit Items")
	void requestWhenAnnotatedUserLacksRequiredGroupThenForbiddenAndNamed() throws Exception {
		this.mvc.perform(get("/edit"))
			.andExpect(status().isForbidden())
			.andExpect(jsonPath("$.missing[0]").value("group:Warehouse"));
	}

	@Test
	void requestWhenLoginHasPermissionThenOk() throws Exception {
		this.mvc.perform(get("/items").with(ultraCartLogin().login("Bob").permissions("View Items")))
			.andExpect(status().isOk())
			.andExpect(content().string("Bob"));
	}

	@Test
	void requestWhenLoginLacksPermissionThenForbidden() throws Exception {
		this.mvc.perform(get("/items").with(ultraCartLogin())).andExpect(status().isForbidden());
	}

	@Test
	void requestWhenGroupGrantsConfiguredRoleThenOk() throws Exception {
		this.mvc.perform(post("/shipping").with(ultraCartLogin().groups("Warehouse")).with(csrf()))
			.andExpect(status().isOk());
	}

	@Test
	void requestWhenAnyLoginThenUserRoleAndFactor() throws Exception {
		this.mvc.perform(get("/authorities").with(ultraCartLogin()))
			.andExpect(content().string("[ROLE_ULTRACART_USER, FACTOR_ULTRACART_SSO]"));
	}

	@Test
	@WithUltraCartUser
	void requestWhenControllerAsksForTheSsoSessionThenItHasOne() throws Exception {
		this.mvc.perform(get("/key")).andExpect(status().isOk()).andExpect(content().string("******"));
	}

	@Test
	void requestWhenLoginAndNoSimulatorThenSsoSessionAllTheSame() throws Exception {
		this.mvc.perform(get("/key").with(ultraCartLogin()))
			.andExpect(status().isOk())
			.andExpect(content().string("******"));
	}

	@Test
	void requestWhenAuthenticationOfTheTestItselfThenSsoSessionOfNow() throws Exception {
		UltraCartUser user = UltraCartUser.with(42, "Jane!ops").build();
		Authentication authentication = new UltraCartAuthenticationToken(user,
				List.of(FactorGrantedAuthority.fromAuthority("FACTOR_ULTRACART_SSO")));
		this.mvc.perform(get("/key").with(authentication(authentication)))
			.andExpect(status().isOk())
			.andExpect(content().string("******"));
	}

	@Test
	void requestWhenControllerAsksForTheSsoSessionOfNobodyThenAskedToSignIn() throws Exception {
		this.mvc.perform(get("/open/key")).andExpect(status().isUnauthorized());
		this.mvc.perform(get("/open/key").accept(MediaType.TEXT_HTML)).andExpect(status().isFound());
	}

	@SpringBootApplication
	static class Application {

		@Bean
		Clock clock() {
			return Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
		}

	}

	@RestController
	static class Pages {

		@GetMapping("/items")
		@PreAuthorize("hasRole('VIEW_ITEMS')")
		String items(@AuthenticationPrincipal UltraCartUser user) {
			return user.login();
		}

		@GetMapping("/edit")
		@RequiresPermission("Edit Items")
		@RequiresGroup("Warehouse")
		String edit() {
			return "edited";
		}

		@PostMapping("/shipping")
		@PreAuthorize("hasRole('SHIPPER')")
		String shipping() {
			return "shipped";
		}

		@GetMapping({ "/key", "/open/key" })
		String key(@CurrentSsoSession SsoSession ssoSession) {
			return ssoSession.simpleKey().toString();
		}

		@GetMapping("/authorities")
		String authorities(Authentication authentication) {
			return authentication.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList().toString();
		}

	}

}
