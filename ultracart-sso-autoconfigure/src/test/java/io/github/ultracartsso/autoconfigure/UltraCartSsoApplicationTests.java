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

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.ultracartsso.authentication.UltraCartUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a key and nothing else signs its users in, over sockets on both
 * sides.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "ultracart.sso.simple-key=" + TestApplication.KEY)
class UltraCartSsoApplicationTests {

	private static final TestUltraCart ultraCart = new TestUltraCart();

	private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void ultraCart(DynamicPropertyRegistry properties) {
		ultraCart.start();
		properties.add("ultracart.sso.base-url", ultraCart::baseUrl);
	}

	@AfterAll
	static void stopUltraCart() {
		ultraCart.stop();
	}

	@Test
	void loginWhenDeepLinkThenReturnsThereAsUser() throws Exception {
		String start = location(navigate("/items?page=2"));
		assertThat(location(navigate(start))).endsWith("/login");
		String target = location(navigate("/login/ultracart?code=%s&state=%s".formatted(TestUltraCart.CODE,
				ultraCart.authorizeRequest("state"))));
		assertThat(target).endsWith("/items?page=2");
		assertThat(navigate(target).body()).isEqualTo("items of jane");
		assertThat(navigate("/users").statusCode()).isEqualTo(403);
		assertThat(ultraCart.calls()).extracting((call) -> call.getUrl())
			.containsExactly(TestUltraCart.AUTHORIZE, TestUltraCart.TOKEN, TestUltraCart.USER);
	}

	private HttpResponse<String> navigate(String url) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port).resolve(url))
			.header("Accept", "text/html")
			.header("Sec-Fetch-Mode", "navigate")
			.build();
		return this.browser.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static String location(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(302);
		return response.headers().firstValue("Location").orElseThrow();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Pages.class)
	static class Application {

	}

	@RestController
	static class Pages {

		@GetMapping("/items")
		@PreAuthorize("hasRole('VIEW_ITEMS')")
		String items(@AuthenticationPrincipal UltraCartUser user) {
			return "items of " + user.login();
		}

		@GetMapping("/users")
		@PreAuthorize("hasRole('EDIT_ITEMS')")
		String users() {
			return "users";
		}

	}

}
