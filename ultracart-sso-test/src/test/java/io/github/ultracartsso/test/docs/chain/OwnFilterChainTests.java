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

package io.github.ultracartsso.test.docs.chain;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * Runs the code of {@code docs/how-to/own-filter-chain.md} and
 * {@code docs/how-to/moving-from-sdk-code.md}.
 */
class OwnFilterChainTests {

	@Nested
	@SpringBootTest(classes = Pages.class,
			properties = { "ultracart.sso.simple-key=unused", "programs.importer.password={noop}secret" })
	@AutoConfigureMockMvc
	@Import({ SecurityConfiguration.class, ApiSecurityConfiguration.class })
	class TwoChains {

		@Autowired
		private MockMvcTester mvc;

		@Test
		void pageWhenPublicThenOpen() {
			assertThat(this.mvc.get().uri("/public/about")).hasStatusOk();
		}

		@Test
		void pageWhenNotSignedInThenToTheLogin() {
			MvcTestResult result = this.mvc.get().uri("/").accept(MediaType.TEXT_HTML).exchange();
			assertThat(result.getResponse().getRedirectedUrl()).startsWith("/ultracart/authorize");
		}

		@Test
		void itemsThenNeedThePermission() {
			assertThat(this.mvc.get().uri("/items").with(ultraCartLogin())).hasStatus(HttpStatus.FORBIDDEN)
				.bodyText()
				.contains("View Items");
			assertThat(this.mvc.get().uri("/items").with(ultraCartLogin().permissions("View Items"))).hasStatusOk();
		}

		@Test
		void apiThenHasItsOwnLogin() {
			assertThat(this.mvc.get().uri("/api/items").accept(MediaType.TEXT_HTML)).hasStatus(HttpStatus.UNAUTHORIZED)
				.containsHeader("WWW-Authenticate");
			assertThat(this.mvc.get().uri("/api/items").with(httpBasic("importer", "secret"))).hasStatusOk();
		}

	}

	@Nested
	@SpringBootTest(classes = Pages.class, properties = "ultracart.sso.simple-key=unused")
	@AutoConfigureMockMvc
	@Import({ TwoLoginsConfiguration.class, Users.class })
	class TwoLogins {

		@Autowired
		private MockMvcTester mvc;

		@Test
		void pageWhenNotSignedInThenToTheFirstLoginOfTheChain() {
			assertThat(this.mvc.get().uri("/").accept(MediaType.TEXT_HTML)).hasRedirectedUrl("/login");
		}

		@Test
		void signInPageThenOffersBoth() {
			assertThat(this.mvc.get().uri("/login").accept(MediaType.TEXT_HTML)).hasStatusOk()
				.bodyText()
				.contains("name=\"password\"", "href=\"/ultracart/authorize\"");
		}

	}

	@Nested
	@SpringBootTest(classes = Pages.class,
			properties = { "ultracart.sso.simple-key=unused",
					"ultracart.sso.redirect-uri=https://backoffice.example.com/sso/callback" })
	@AutoConfigureMockMvc
	@Import(OldCallbackConfiguration.class)
	class OldCallback {

		@Autowired
		private MockMvcTester mvc;

		@Test
		void callbackThenAtTheOldAddress() {
			assertThat(this.mvc.get().uri("/sso/callback?code=code&state=state").accept(MediaType.TEXT_HTML))
				.hasRedirectedUrl("/login?error=unknown_state");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Pages {

		@GetMapping({ "/", "/public/about", "/items", "/api/items" })
		String page() {
			return "page";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("joe").password("{noop}password").build());
		}

	}

}
