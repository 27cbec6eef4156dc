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

package io.github.ultracartsso.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice test of an application's controller meets the same chain and the same method
 * security as the application.
 */
@WebMvcTest(properties = "ultracart.sso.simple-key=" + TestApplication.KEY)
class UltraCartSsoWebMvcTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void chainWhenSliceThenItIsOurs(@Autowired Map<String, SecurityFilterChain> chains) {
		assertThat(chains).containsOnlyKeys("ultraCartSecurityFilterChain");
	}

	@Test
	void contextWhenSliceThenNothingButWhatChainAndControllersNeed(@Autowired ApplicationContext context) {
		assertThat(context.getBeanDefinitionNames())
			.contains("ultraCartSsoClient", "ultraCartWebMvcConfigurer", "ultraCartRestClient", "ultraCartApiTransport")
			.doesNotContain("ultraCartSessionDestroyedListener", "ultracartSsoHealthIndicator", "ultraCartLoginMetrics",
					"ultraCartKeySanitizingFunction");
	}

	@Test
	void requestWhenAnonymousNavigationThenLoginIsStarted() {
		assertThat(this.mvc.get().uri("/items").accept(MediaType.TEXT_HTML)).hasStatus(302)
			.redirectedUrl()
			.startsWith("/ultracart/authorize");
	}

	@Test
	@WithMockUser(roles = "VIEW_ITEMS")
	void requestWhenUserHasRoleThenServed() {
		assertThat(this.mvc.get().uri("/items")).hasStatusOk().hasBodyTextEqualTo("items");
	}

	@Test
	@WithMockUser(roles = "OTHER")
	void requestWhenUserLacksRoleThenForbidden() {
		assertThat(this.mvc.get().uri("/items")).hasStatus(403);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Items.class)
	static class Application {

	}

	@RestController
	static class Items {

		@GetMapping("/items")
		@PreAuthorize("hasRole('VIEW_ITEMS')")
		String items() {
			return "items";
		}

	}

}
