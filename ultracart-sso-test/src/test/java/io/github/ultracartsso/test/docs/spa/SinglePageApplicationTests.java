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

package io.github.ultracartsso.test.docs.spa;

import java.util.Objects;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the code of {@code docs/how-to/single-page-applications.md}.
 */
@SpringBootTest(properties = "ultracart.sso.simple-key=unused")
@AutoConfigureMockMvc
class SinglePageApplicationTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void scriptWhenNotSignedInThenTheUrlOfTheLogin() {
		assertThat(this.mvc.get().uri("/api/items")).hasStatus(HttpStatus.UNAUTHORIZED)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.loginUrl")
			.isEqualTo("/ultracart/authorize");
	}

	@Test
	void htmxWhenNotSignedInThenRedirectsByHeader() {
		assertThat(this.mvc.get().uri("/api/items").header("HX-Request", "true")).hasStatus(HttpStatus.UNAUTHORIZED)
			.containsHeader("HX-Redirect");
	}

	@Test
	void changeWhenTokenOfTheCookieInAHeaderThenAccepted() {
		Cookie cookie = Objects.requireNonNull(this.mvc.get()
			.uri("/api/items")
			.with(ultraCartLogin())
			.exchange()
			.getResponse()
			.getCookie("XSRF-TOKEN"));
		assertThat(this.mvc.post().uri("/api/items").with(ultraCartLogin())).hasStatus(HttpStatus.FORBIDDEN);
		assertThat(this.mvc.post()
			.uri("/api/items")
			.with(ultraCartLogin())
			.cookie(cookie)
			.header("X-XSRF-TOKEN", cookie.getValue())).hasStatusOk();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SecurityConfiguration.class)
	@RestController
	static class Application {

		@PostMapping("/api/items")
		String change() {
			return "changed";
		}

	}

}
