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

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.web.api.UltraCartApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests a service that calls UltraCart where the application has no web server, as in a
 * test without a web environment or in a batch job.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
class NonWebCallsTests {

	@Autowired
	private Application.OrderService orders;

	@Autowired
	private UltraCartSimulator ultraCart;

	@BeforeEach
	void forgetCalls() {
		this.ultraCart.clearCalls();
	}

	@AfterEach
	void signOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	@WithUltraCartUser(permissions = "View Orders")
	void callWhenUserOfTheTestThenAnswered() {
		assertThat(this.orders.latest()).isEqualTo("{\"orders\":[]}");
	}

	@Test
	void callWhenNobodyIsSignedInThenUnauthenticatedWithoutACall() {
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class).isThrownBy(this.orders::latest)
			.withMessageContaining("no user who has signed in with UltraCart is known on the thread");
		assertThat(this.ultraCart.calls()).isEmpty();
	}

	@Test
	void callWhenTokenIsMadeByHandThenUnauthenticatedWithTheReason() {
		UltraCartUser jane = UltraCartUser.with(17, "jane").build();
		SecurityContextHolder.getContext()
			.setAuthentication(
					new UltraCartAuthenticationToken(jane, AuthorityUtils.createAuthorityList("ROLE_VIEW_ORDERS")));
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class).isThrownBy(this.orders::latest)
			.withMessageContaining("GET /rest/v2/order/orders is called on behalf of a user whose SSO session is over"
					+ " or is not known")
			.withMessageContaining("made by hand");
		assertThat(this.ultraCart.calls()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

		@Bean
		SimulatedResource orders() {
			return SimulatedResource.get("/order/orders").permission("View Orders").json("{\"orders\":[]}");
		}

		@Service
		static class OrderService {

			private final RestClient ultraCart;

			OrderService(@UltraCartApi RestClient ultraCart) {
				this.ultraCart = ultraCart;
			}

			String latest() {
				return this.ultraCart.get().uri("/order/orders").retrieve().requiredBody(String.class);
			}

		}

	}

}
