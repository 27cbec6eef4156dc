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

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.web.session.CurrentSsoSession;
import io.github.ultracartsso.web.api.UltraCartApi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Tests calls that an application makes on behalf of users that its tests set up.
 */
@SpringBootTest
@AutoConfigureMockMvc
class TestUserCallsTests {

	@Autowired
	private MockMvc mvc;

	@Autowired
	private UltraCartSimulator ultraCart;

	@Autowired
	private Application.Pages pages;

	@BeforeEach
	void setUp() {
		this.ultraCart.revokeAll();
		this.ultraCart.clearCalls();
	}

	@Test
	void callWhenUserHasPermissionThenAnswered() throws Exception {
		assertAnswer(ultraCartLogin().permissions("View Orders"), "200 {\"orders\":[]}");
		assertThat(this.ultraCart.calls()).extracting(SimulatedCall::operation)
			.containsExactly(SimulatedOperation.RESOURCE);
	}

	@Test
	void callWhenUserLacksPermissionThenForbidden() throws Exception {
		this.mvc.perform(get("/orders").with(ultraCartLogin().permissions("View Items")))
			.andExpect(content().string(startsWith("403 ")));
	}

	@Test
	void callWhenLoginIsThatOfSimulatedUserThenPermissionsOfTheRequestCount() throws Exception {
		assertAnswer(ultraCartLogin().login("Jane!ops").permissions("View Orders"), "200 {\"orders\":[]}");
	}

	@Test
	@WithUltraCartUser(login = "Bob", permissions = "View Orders")
	void callWhenThereIsNoRequestThenAnsweredForTheUserOfTheTest() {
		assertThat(this.pages.orders()).isEqualTo("200 {\"orders\":[]}");
		assertThat(this.ultraCart.signedInLogins()).containsExactly("Bob");
	}

	@Test
	@WithUltraCartUser(login = "Bob", permissions = "View Orders")
	void callWhenRequestOfTheUserOfTheTestThenAnsweredWithTheSameKey() throws Exception {
		this.pages.orders();
		this.mvc.perform(get("/orders")).andExpect(content().string("200 {\"orders\":[]}"));
		assertThat(this.ultraCart.signedInLogins()).containsExactly("Bob");
	}

	@Test
	@WithUltraCartUser
	void callWhenUserOfTheTestLacksPermissionThenForbidden() {
		assertThat(this.pages.orders()).startsWith("403 ");
	}

	@Test
	void callWhenSimulatorHasNoResourceThenSaysThatItIsTheSimulator() throws Exception {
		this.mvc.perform(get("/items").with(ultraCartLogin()))
			.andExpect(content().string("404 The UltraCart simulator has no response to GET /item/items."
					+ " Add a SimulatedResource for it, as a bean or with UltraCartSimulator.addResource."));
	}

	@Test
	void callWhenNobodyThenAskedToSignIn() {
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(() -> this.pages.orders())
			.withMessageStartingWith(
					"GET /rest/v2/order/orders is called on behalf of a user, but no user who has signed in");
		assertThat(this.ultraCart.calls()).isEmpty();
	}

	@Test
	void requestWhenKeyAskedForSeveralTimesThenOneSession() throws Exception {
		RequestPostProcessor bob = ultraCartLogin().login("Bob");
		this.mvc.perform(get("/same").with(bob)).andExpect(content().string("true"));
		assertThat(this.ultraCart.signedInLogins()).containsExactly("Bob");
		this.mvc.perform(get("/same").with(bob)).andExpect(content().string("true"));
		assertThat(this.ultraCart.signedInLogins()).containsExactly("Bob", "Bob");
	}

	@Test
	void requestWhenKeyNotAskedForThenNoSession() throws Exception {
		this.mvc.perform(get("/hello").with(ultraCartLogin())).andExpect(status().isOk());
		assertThat(this.ultraCart.liveKeys()).isZero();
		assertThat(this.ultraCart.calls()).isEmpty();
	}

	@Test
	void userWhenReadByTheKeyThenNumberOfThePrincipal() throws Exception {
		String userId = this.mvc.perform(get("/user-id").with(ultraCartLogin().login("Jane!ops")))
			.andReturn()
			.getResponse()
			.getContentAsString();
		String[] numbers = userId.split(" ", -1);
		assertThat(numbers[0]).isEqualTo(numbers[1]);
	}

	@Test
	void logoutWhenSimulatorThenKeyRevoked() throws Exception {
		this.mvc.perform(post("/logout").with(ultraCartLogin()).with(csrf()));
		assertThat(this.ultraCart.calls()).extracting(SimulatedCall::operation, SimulatedCall::status)
			.containsExactly(tuple(SimulatedOperation.SESSION_REVOKE, 204));
	}

	private void assertAnswer(RequestPostProcessor login, String answer) throws Exception {
		this.mvc.perform(get("/orders").with(login)).andExpect(status().isOk()).andExpect(content().string(answer));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

		@Bean
		SimulatedUser jane() {
			return SimulatedUser.withLogin("Jane!ops").build();
		}

		@Bean
		SimulatedResource orders() {
			return SimulatedResource.get("/order/orders").permission("View Orders").json("{\"orders\":[]}");
		}

		@RestController
		static class Pages {

			private final RestClient ultraCart;

			Pages(@UltraCartApi RestClient ultraCart) {
				this.ultraCart = ultraCart;
			}

			@GetMapping("/hello")
			String hello() {
				return "hello";
			}

			@GetMapping("/orders")
			String orders() {
				return call("/order/orders");
			}

			@GetMapping("/items")
			String items() {
				return call("/item/items");
			}

			private String call(String uri) {
				try {
					return "200 " + this.ultraCart.get().uri(uri).retrieve().body(String.class);
				}
				catch (UltraCartApiException ex) {
					return ex.getStatus() + " " + ex.getUserMessage();
				}
			}

			@GetMapping("/same")
			String same(@CurrentSsoSession SsoSession first, @CurrentSsoSession SsoSession second) {
				return String.valueOf(first.simpleKey().equals(second.simpleKey()));
			}

			@GetMapping("/user-id")
			String userId(@AuthenticationPrincipal UltraCartUser user) {
				User read = this.ultraCart.get().uri("/sso/session/user").retrieve().body(User.class);
				return user.userId() + " " + ((read != null) ? read.userId() : null);
			}

		}

	}

}
