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

import java.net.http.HttpResponse;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that users sign in and out, with their permissions, whatever UltraCart does where
 * its documentation leaves a question open.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "ultracart.sso.development.plain-http-hosts=127.0.0.1")
class AlternativeLoginTests {

	@Autowired
	private UltraCartSimulator ultraCart;

	private Browser browser;

	@BeforeEach
	void setUp(@LocalServerPort int port) {
		this.browser = new Browser("http://localhost:" + port);
		this.ultraCart.revokeAll();
	}

	@AfterEach
	void tearDown() {
		this.ultraCart.show();
	}

	@Test
	void loginWhenDefaultThenSignedInAndOut() {
		assertSignsInAndOut();
	}

	@ParameterizedTest
	@EnumSource
	void loginWhenAlternativeThenSignedInAndOut(SimulatedAlternative alternative) {
		this.ultraCart.show(alternative);
		assertSignsInAndOut();
	}

	@Test
	void loginWhenAllAlternativesThenSignedInAndOut() {
		this.ultraCart.show(SimulatedAlternative.values());
		assertSignsInAndOut();
	}

	private void assertSignsInAndOut() {
		HttpResponse<String> page = this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("items for Jane!ops");
		assertThat(this.browser.navigate("/users").statusCode()).isEqualTo(403);
		assertThat(Browser.location(this.browser.submit("/logout", Browser.csrfToken(page)))).endsWith("/login?logout");
		assertThat(this.ultraCart.liveKeys()).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

		@Bean
		SimulatedUser jane() {
			return SimulatedUser.withLogin("Jane!ops").permission("View Items").build();
		}

		@RestController
		static class Pages {

			@GetMapping("/items")
			@PreAuthorize("hasRole('VIEW_ITEMS')")
			String items(@AuthenticationPrincipal UltraCartUser user, CsrfToken csrf) {
				return "items for " + user.login() + " <input name=\"_csrf\" value=\"" + csrf.getToken() + "\">";
			}

			@GetMapping("/users")
			@PreAuthorize("hasRole('EDIT_USERS')")
			String users() {
				return "users";
			}

		}

	}

}
