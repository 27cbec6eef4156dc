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

package io.github.ultracartsso.test.docs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.docs.Order.Orders;
import io.github.ultracartsso.test.docs.OrderService.OrderExport;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.client.RestClient;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the code of {@code docs/calling-ultracart.md}.
 */
@SpringBootTest
@AutoConfigureMockMvc
@WithUltraCartUser(permissions = "View Orders")
class CallingUltraCartTests {

	@Autowired
	private UltraCartSimulator ultraCart;

	@Autowired
	private OrderService orderService;

	@Autowired
	private MockMvcTester mvc;

	@AfterEach
	void tearDown() {
		this.ultraCart.clearFaults();
		this.ultraCart.clearCalls();
	}

	@Test
	void restClientThenCallsForTheUser() {
		assertThat(this.orderService.latest()).containsExactly(new Order("DEMO-1"));
	}

	@Test
	void exceptionsThenTellWhatUltraCartSays() {
		assertThat(this.orderService.latestOrExplanation()).isEqualTo("1 orders");
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.status(503));
		assertThat(this.orderService.latestOrExplanation()).isEqualTo("UltraCart does not answer");
	}

	@Test
	void exceptionsWhenTooManyCallsThenTellToComeBack() {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ZERO));
		assertThat(this.orderService.latestOrExplanation()).isEqualTo("Try again later");
	}

	@Test
	void adviceThenProblemDetail() {
		assertThat(this.mvc.get().uri("/orders").with(ultraCartLogin().permissions("View Items")))
			.hasStatus(HttpStatus.FORBIDDEN)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains("You do not have permission to do this.");
	}

	@Test
	void groupOfHttpInterfacesThenCallsForTheUser(@Autowired GroupedOrderApi orderApi) {
		assertThat(orderApi.latest().orders()).containsExactly(new Order("DEMO-1"));
	}

	@Test
	@WithUltraCartUser(permissions = "View Items")
	void exceptionsWhenUserLacksPermissionThenTellWhatUltraCartSays() {
		assertThat(this.orderService.latestOrExplanation())
			.startsWith("UltraCart says: You do not have permission to do this. (request ");
	}

	@Test
	void httpInterfaceThenCallsForTheUser(@Autowired OrderApi orderApi) {
		assertThat(orderApi.latest().orders()).containsExactly(new Order("DEMO-1"));
		assertThatExceptionOfType(UltraCartForbiddenException.class).isThrownBy(() -> orderApi.delete("DEMO-1"));
	}

	@Test
	void otherThreadThenCallsForTheUser(@Autowired OrderExport export) {
		assertThat(export.begin()).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(1);
	}

	@Test
	void ownRestClientThenCallsForTheUser(@Autowired @Qualifier("orderRestClient") RestClient restClient) {
		assertThat(restClient.get().uri("/order/orders").retrieve().requiredBody(Orders.class).orders())
			.containsExactly(new Order("DEMO-1"));
	}

	@Test
	void sdkThenCallsForTheUser(@Autowired SdkOrderService orders) throws Exception {
		assertThat(orders.order("DEMO-1").getOrderId()).isEqualTo("DEMO-1");
	}

	@Test
	void currentSsoSessionThenInController() {
		assertThat(this.mvc.get().uri("/key-valid-until").with(ultraCartLogin())).hasStatusOk();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ UltraCartSimulatorConfiguration.class, CallingConfiguration.class, OrderService.class, OrderExport.class,
			SdkOrderService.class, RawKeyController.class, UltraCartAdvice.class })
	static class Application {

		@Bean
		SimulatedResource orders() {
			return SimulatedResource.get("/order/orders")
				.permission("View Orders")
				.json("{\"orders\": [{\"order_id\": \"DEMO-1\"}]}");
		}

		@Bean
		SimulatedResource order() {
			return SimulatedResource.get("/order/orders/{order_id}")
				.permission("View Orders")
				.json("{\"order\": {\"order_id\": \"DEMO-1\"}}");
		}

		@Bean
		SimulatedResource deletion() {
			return SimulatedResource.delete("/order/orders/{order_id}").permission("Delete Order");
		}

		@Bean
		DynamicPropertyRegistrar urls(UltraCartSimulator ultraCart) {
			return (registry) -> registry.add("orders.url", ultraCart::baseUrl);
		}

	}

}
