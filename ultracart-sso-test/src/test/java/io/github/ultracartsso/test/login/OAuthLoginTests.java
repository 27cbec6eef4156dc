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

import java.util.List;

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedCall.Credential;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests logins to an application that is configured by properties to use OAuth for its
 * own credential.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OAuthLoginTests {

	private static final UltraCartSimulator ultraCart = UltraCartSimulator.builder()
		.refreshTokenRotation(true)
		.start()
		.addUser(SimulatedUser.withLogin("Jane!ops").build());

	@DynamicPropertySource
	static void ultraCart(DynamicPropertyRegistry properties) {
		properties.add("ultracart.sso.base-url", ultraCart::baseUrl);
		properties.add("ultracart.sso.oauth.client-id", ultraCart::oauthClientId);
		properties.add("ultracart.sso.oauth.refresh-token", ultraCart::oauthRefreshToken);
	}

	@AfterAll
	static void close() {
		ultraCart.close();
	}

	@Test
	void loginWhenOAuthThenOneMoreCallPerAccessToken(@LocalServerPort int port) {
		assertThat(ultraCart.calls()).as("calls at start").isEmpty();
		assertThat(callsOfALogin(port)).containsExactly(SimulatedOperation.ACCESS_TOKEN, SimulatedOperation.AUTHORIZE,
				SimulatedOperation.TOKEN, SimulatedOperation.SESSION_USER);
		assertThat(callsOfALogin(port)).containsExactly(SimulatedOperation.AUTHORIZE, SimulatedOperation.TOKEN,
				SimulatedOperation.SESSION_USER);
		ultraCart.revokeAccessTokens();
		assertThat(callsOfALogin(port)).containsExactly(SimulatedOperation.AUTHORIZE, SimulatedOperation.ACCESS_TOKEN,
				SimulatedOperation.AUTHORIZE, SimulatedOperation.TOKEN, SimulatedOperation.SESSION_USER);
		assertThat(ultraCart.calls(SimulatedOperation.TOKEN)).extracting(SimulatedCall::credential)
			.containsOnly(Credential.APPLICATION);
		assertThat(ultraCart.liveKeys()).isEqualTo(3);
	}

	private static List<SimulatedOperation> callsOfALogin(int port) {
		ultraCart.clearCalls();
		assertThat(new Browser("http://localhost:" + port).signIn(ultraCart, "Jane!ops", "/items").body())
			.isEqualTo("items");
		return ultraCart.calls().stream().map(SimulatedCall::operation).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			@GetMapping("/items")
			String items() {
				return "items";
			}

		}

	}

}
