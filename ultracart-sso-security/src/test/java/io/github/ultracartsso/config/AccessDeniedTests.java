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

import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.UltraCartAuthorizationManager;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users are told who lack a permission or a group.
 */
class AccessDeniedTests {

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	private Browser signedIn(Class<?> chain, String... permissions) {
		this.client.onSessionUser((key) -> FakeUltraCartSsoClient.jane(permissions));
		Browser browser = this.application.withClient(this.client).start(chain);
		browser.signIn("code", "/home");
		return browser;
	}

	@Test
	void pageWhenPermissionIsMissingThenNamesIt() {
		MockHttpServletResponse response = signedIn(GuardedChain.class, "View Items").navigate("/items");
		assertThat(response.getStatus()).isEqualTo(403);
		assertThat(response.getContentType()).startsWith("text/html");
		assertThat(Browser.body(response)).contains("the permission &ldquo;Edit Items&rdquo;");
	}

	@Test
	void scriptWhenPermissionIsMissingThenProblemNamesIt() {
		MockHttpServletResponse response = signedIn(GuardedChain.class, "View Items").fetch("/items");
		assertThat(response.getStatus()).isEqualTo(403);
		assertThat(response.getContentType()).isEqualTo("application/problem+json");
		assertThat(Browser.body(response)).contains("\"missing\":[\"Edit Items\"]");
	}

	@Test
	void pageWhenPermissionIsGrantedThenShown() {
		assertThat(signedIn(GuardedChain.class, "Edit Items").navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test
	void pageWhenPermissionIsWithdrawnAndReadAgainThenDenied() {
		Browser browser = signedIn(GuardedChain.class, "Edit Items");
		this.client.onSessionUser((key) -> FakeUltraCartSsoClient.jane());
		this.application.clock().advance(Duration.ofMinutes(30));
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(403);
	}

	@Test
	void scriptWhenRoleIsMissingThenProblemNamesThePermission() {
		Browser browser = signedIn(GuardedChain.class);
		assertThat(Browser.body(browser.fetch("/users"))).contains("\"missing\":[\"Edit Users\"]");
	}

	@Test
	void scriptWhenRoleComesFromElsewhereBesidePermissionsThenNothingIsNamed() {
		this.application.withBean("mapper", new PermissionAuthoritiesMapper().plus((user) -> List.of()));
		assertThat(Browser.body(signedIn(GuardedChain.class).fetch("/admin"))).contains("\"status\":403")
			.doesNotContain("missing", "ADMIN");
	}

	@Test
	void scriptWhenPermissionOnlyUltraCartKnowsThenNamedAsUltraCartSpellsIt() {
		this.client.onSessionUser((key) -> new User(17, "jane", null, null,
				List.of(new Permission("Special", "Adm.in", false)), List.of()));
		Browser browser = this.application.withClient(this.client).start(GuardedChain.class);
		browser.signIn("code", "/home");
		assertThat(Browser.body(browser.fetch("/special"))).contains("\"missing\":[\"Adm.in\"]");
	}

	@Test
	void scriptWhenRolesAreOfTheApplicationThenNothingIsNamed() {
		this.application.withBean("mapper",
				(UltraCartAuthoritiesMapper) (user) -> AuthorityUtils.createAuthorityList("OWN"));
		assertThat(Browser.body(signedIn(GuardedChain.class).fetch("/users"))).contains("\"status\":403")
			.doesNotContain("missing");
	}

	@Test
	void strangerWhenPageNeedsPermissionThenLearnsNothing() {
		Browser browser = this.application.withClient(this.client).start(GuardedChain.class);
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/ultracart/authorize");
		MockHttpServletResponse response = browser.fetch("/items");
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(Browser.body(response)).doesNotContain("Edit Items", "missing");
		MockHttpServletResponse unsafe = browser.post("/items");
		assertThat(unsafe.getStatus()).isEqualTo(403);
		assertThat(Browser.body(unsafe)).isEmpty();
	}

	@Test
	void formWhenCsrfTokenIsMissingThenSpringSecuritysOwn403() {
		MockHttpServletResponse response = signedIn(GuardedChain.class).post("/items");
		assertThat(response.getStatus()).isEqualTo(403);
		assertThat(response.getErrorMessage()).isEqualTo("Forbidden");
		assertThat(Browser.body(response)).isEmpty();
	}

	@Test
	void handlerWhenBeanThenResponds() {
		this.application.withBean("handler",
				(AccessDeniedHandler) (request, response, denied) -> response.setStatus(418));
		assertThat(signedIn(GuardedChain.class).navigate("/items").getStatus()).isEqualTo(418);
	}

	@Test
	void handlerWhenSetForTheChainThenResponds() {
		assertThat(signedIn(OwnHandlerChain.class).navigate("/items").getStatus()).isEqualTo(418);
	}

	@Test
	void impersonationThenPermissionsOfTheImpersonatedUser() {
		Browser browser = signedIn(ImpersonatingChain.class);
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(403);
		browser.submit("/login/impersonate?username=joe");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for joe");
		assertThat(Browser.body(browser.fetch("/users"))).contains("\"missing\":[\"Edit Users\"]");
	}

	private static HttpSecurity guard(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.requestMatchers("/csrf")
			.permitAll()
			.requestMatchers("/items")
			.access(UltraCartAuthorizationManager.hasPermission("Edit Items"))
			.requestMatchers("/users")
			.hasRole("EDIT_USERS")
			.requestMatchers("/admin")
			.hasRole("ADMIN")
			.requestMatchers("/special")
			.hasRole("ADM_IN")
			.anyRequest()
			.authenticated());
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class GuardedChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return guard(http).with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class OwnHandlerChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return guard(http).with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.exceptionHandling((exceptions) -> exceptions
					.accessDeniedHandler((request, response, denied) -> response.setStatus(418)))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class ImpersonatingChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, SwitchUserFilter switchUserFilter) {
			return guard(http).with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.addFilter(switchUserFilter)
				.build();
		}

		@Bean
		UserDetailsService users() {
			return (username) -> UltraCartUser.with(7, username).permissions(List.of("Edit Items")).build();
		}

		@Bean
		SwitchUserFilter switchUserFilter(UserDetailsService users) {
			SwitchUserFilter filter = new SwitchUserFilter();
			filter.setUserDetailsService(users);
			filter.setTargetUrl("/");
			filter.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
			return filter;
		}

	}

}
