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

import java.net.URI;
import java.net.http.HttpResponse;

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.web.session.CurrentSsoSession;
import io.github.ultracartsso.web.api.UltraCartApi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.task.DelegatingSecurityContextAsyncTaskExecutor;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests logins over real sockets, with a server, the simulator, and a client that behaves
 * like a browser.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LoginTests {

	@Autowired
	private UltraCartSimulator ultraCart;

	private Browser browser;

	@BeforeEach
	void setUp(@LocalServerPort int port) {
		this.browser = new Browser("http://localhost:" + port);
		this.ultraCart.revokeAll();
		this.ultraCart.clearCalls();
	}

	@Test
	void loginWhenDeepLinkThenReturnsThere() {
		HttpResponse<String> page = this.browser.signIn(this.ultraCart, "Jane!ops", "/items?page=2&sort=name");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).isEqualTo("items for Jane!ops page 2");
	}

	@Test
	void loginWhenCompletedThenThreeCallsAndNoneForLaterRequests() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		for (int i = 0; i < 20; i++) {
			assertThat(this.browser.navigate("/items").statusCode()).isEqualTo(200);
		}
		assertThat(this.ultraCart.calls()).extracting((call) -> call.operation())
			.containsExactly(SimulatedOperation.AUTHORIZE, SimulatedOperation.TOKEN, SimulatedOperation.SESSION_USER);
	}

	@Test
	void requestWhenPermissionNotSelectedThenForbidden() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		assertThat(this.browser.navigate("/users").statusCode()).isEqualTo(403);
	}

	@Test
	void requestWhenPermissionIsMissingThenPageAndProblemNameIt() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		HttpResponse<String> page = this.browser.navigate("/reports");
		assertThat(page.statusCode()).isEqualTo(403);
		assertThat(page.body()).contains("<h1>Access denied</h1>", "the permission &ldquo;Access Reports&rdquo;");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'none'");
		HttpResponse<String> problem = this.browser.fetch("/reports");
		assertThat(problem.statusCode()).isEqualTo(403);
		assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(problem.body()).contains("\"missing\":[\"Access Reports\"]");
	}

	@Test
	void logoutWhenSubmittedThenRevokedAndAskedToSignInAgain() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		HttpResponse<String> page = this.browser.navigate("/form");
		HttpResponse<String> signedOut = this.browser.submit("/logout", Browser.csrfToken(page));
		assertThat(Browser.location(signedOut)).endsWith("/login?logout");
		assertThat(this.browser.navigate("/login?logout").body()).contains("You have been signed out.");
		assertThat(this.ultraCart.liveKeys()).isZero();
		assertThat(Browser.location(this.browser.navigate("/items"))).contains("/ultracart/authorize");
	}

	@Test
	void callWhenInControllerThenMadeForTheUser() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		assertThat(this.browser.navigate("/orders").body()).isEqualTo("{\"orders\":[]}");
		assertThat(this.ultraCart.calls(SimulatedOperation.RESOURCE)).singleElement()
			.extracting(SimulatedCall::credential)
			.isEqualTo(SimulatedCall.Credential.SSO_SESSION);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void callWhenOnAVirtualThreadThenMadeForTheUser() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		assertThat(this.browser.navigate("/orders/on-a-virtual-thread").body()).isEqualTo("{\"orders\":[]}");
	}

	@Test
	void currentSsoSessionWhenInControllerThenTheUsers() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		assertThat(this.browser.navigate("/key-length").body()).isEqualTo("64");
	}

	@Test
	void callWhenKeyIsRefusedThenThroughLoginBackToWhereItWas() {
		this.browser.signIn(this.ultraCart, "Jane!ops", "/items");
		this.ultraCart.revokeAll();
		HttpResponse<String> page = this.browser.signIn(this.ultraCart, "Jane!ops", "/orders");
		assertThat(page.uri().getPath()).isEqualTo("/orders");
		assertThat(page.body()).isEqualTo("{\"orders\":[]}");
	}

	@Test
	void loginWhenTwoTabsThenEachReturnsToItsOwnTarget() {
		URI first = this.browser.startLogin("/items?page=1");
		URI second = this.browser.startLogin("/items?page=2");
		HttpResponse<String> secondDone = this.browser.navigate(this.ultraCart.approve(second, "Jane!ops").toString());
		HttpResponse<String> firstDone = this.browser.navigate(this.ultraCart.approve(first, "Jane!ops").toString());
		assertThat(Browser.location(firstDone)).endsWith("/items?page=1");
		assertThat(Browser.location(secondDone)).endsWith("/items?page=2");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

		@Bean
		SimulatedUser jane() {
			return SimulatedUser.withLogin("Jane!ops").permission("View Items").group("Warehouse").build();
		}

		@Bean
		SimulatedResource orders() {
			return SimulatedResource.get("/order/orders").permission("View Items").json("{\"orders\":[]}");
		}

		@RestController
		static class Pages {

			private final RestClient ultraCart;

			Pages(@UltraCartApi RestClient ultraCart) {
				this.ultraCart = ultraCart;
			}

			@GetMapping("/items")
			@PreAuthorize("hasRole('VIEW_ITEMS')")
			String items(@AuthenticationPrincipal UltraCartUser user, String page) {
				return "items for " + user.login() + " page " + page;
			}

			@GetMapping("/orders")
			String orders() {
				return this.ultraCart.get().uri("/order/orders").retrieve().requiredBody(String.class);
			}

			@GetMapping("/orders/on-a-virtual-thread")
			String ordersOnAVirtualThread() throws Exception {
				return new DelegatingSecurityContextAsyncTaskExecutor(new VirtualThreadTaskExecutor())
					.submit(this::orders)
					.get();
			}

			@GetMapping("/key-length")
			String keyLength(@CurrentSsoSession SsoSession ssoSession) {
				return String.valueOf(ssoSession.simpleKey().value().length());
			}

			@GetMapping("/users")
			@PreAuthorize("hasRole('EDIT_USERS')")
			String users() {
				return "users";
			}

			@GetMapping("/reports")
			@RequiresPermission("Access Reports")
			String reports() {
				return "reports";
			}

			@GetMapping("/form")
			String form(CsrfToken csrfToken) {
				return "<input name=\"_csrf\" value=\"" + csrfToken.getToken() + "\">";
			}

		}

	}

}
