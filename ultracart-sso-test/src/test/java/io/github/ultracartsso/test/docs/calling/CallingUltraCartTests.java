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

package io.github.ultracartsso.test.docs.calling;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartDates;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.web.api.UltraCartApi;
import org.assertj.core.api.InstanceOfAssertFactories;
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
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.client.RestClient;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the code of {@code docs/how-to/calling-ultracart.md},
 * {@code docs/how-to/nightly-job.md} and {@code docs/reference/calls.md}.
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

	@Autowired
	private CopyOnWriteArrayList<String> received;

	@Autowired
	private OrderList orderList;

	@AfterEach
	void tearDown() {
		this.ultraCart.clearFaults();
		this.ultraCart.clearCalls();
		this.received.clear();
		this.orderList.restore();
	}

	@Test
	void listThenAllPagesForTheUser() {
		assertThat(this.orderService.ofLastMonth()).containsExactly(
				new Order("DEMO-1", OffsetDateTime.parse("2026-11-11T10:15:30-05:00"), "USD"),
				new Order("DEMO-2", OffsetDateTime.parse("2026-11-12T10:15:30-05:00"), "EUR"),
				new Order("DEMO-3", OffsetDateTime.parse("2026-11-13T10:15:30-05:00"), "USD"));
		assertThat(this.ultraCart.calls(SimulatedOperation.RESOURCE)).hasSize(2);
	}

	@Test
	void listWhenOrderIsPlacedBetweenTwoPagesThenNoneComesTwice() {
		this.orderList.placeAfterNextPage("DEMO-4");
		assertThat(this.orderService.ofLastMonth()).extracting(Order::orderId)
			.containsExactly("DEMO-1", "DEMO-2", "DEMO-3", "DEMO-4");
	}

	@Test
	void exceptionsThenTellWhatUltraCartSays() {
		assertThat(this.mvc.get().uri("/orders/summary")).hasBodyTextEqualTo("3 orders");
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.status(503));
		assertThat(this.mvc.get().uri("/orders/summary")).hasBodyTextEqualTo("UltraCart does not respond");
	}

	@Test
	void exceptionsWhenTooManyCallsThenTellToComeBack() {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ZERO));
		assertThat(this.mvc.get().uri("/orders/summary")).hasBodyTextEqualTo("Try again later");
	}

	@Test
	void adviceWhenBrowserThenPageOfTheApplication() {
		assertThat(this.mvc.get()
			.uri("/orders")
			.accept(MediaType.TEXT_HTML)
			.with(ultraCartLogin().permissions("View Items"))).hasStatus(HttpStatus.FORBIDDEN)
			.hasViewName("ultracart-problem")
			.model()
			.extractingByKey("problem", InstanceOfAssertFactories.type(UltraCartApiException.class))
			.satisfies((problem) -> {
				assertThat(problem.getBody().getDetail()).isEqualTo("You do not have permission to do this.");
				assertThat(problem.getRequestId()).isNotEmpty();
			});
	}

	@Test
	void adviceWhenHeldBackThenPageSaysWhenToComeBack() {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ZERO));
		assertThat(this.mvc.get()
			.uri("/orders")
			.accept(MediaType.TEXT_HTML)
			.with(ultraCartLogin().permissions("View Orders"))).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader("Retry-After", "1")
			.hasViewName("ultracart-problem");
	}

	@Test
	void adviceWhenScriptThenProblemDetail() {
		assertThat(this.mvc.get().uri("/orders").with(ultraCartLogin().permissions("View Items")))
			.hasStatus(HttpStatus.FORBIDDEN)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains("You do not have permission to do this.");
	}

	@Test
	void changeThenSentAsUltraCartWritesIt(@Autowired CustomerApi customers) {
		customers.insert(new Customer("jane@example.com", "Calls often"));
		assertThat(this.received).containsExactly("""
				{"email":"jane@example.com","business_notes":"Calls often"}""");
	}

	@Test
	void jobThenCallsAsTheApplication(@Autowired OrderReport report, @Autowired ScheduledTaskHolder scheduled) {
		SecurityContextHolder.clearContext();
		assertThat(scheduled.getScheduledTasks()).singleElement()
			.satisfies((scheduledTask) -> scheduledTask.getTask().getRunnable().run());
		assertThat(report.ordersByCurrency()).isEqualTo(Map.of("USD", 2L, "EUR", 1L));
	}

	@Test
	void restClientThenCallsForTheUser(@Autowired OrderCount count) {
		assertThat(count.latest()).isEqualTo(2);
	}

	@Test
	void restClientWhenItsInterceptorRepeatsThenEachIsACall(@Autowired @UltraCartApi RestClient restClient) {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.status(500));
		RestClient repeating = restClient.mutate()
			.requestInterceptors((interceptors) -> interceptors.add(0, (request, body, execution) -> {
				try {
					return execution.execute(request, body);
				}
				catch (UltraCartUnavailableException ex) {
					return execution.execute(request, body);
				}
			}))
			.build();
		assertThat(repeating.get().uri("/order/orders/DEMO-1").retrieve().requiredBody(String.class))
			.contains("DEMO-1");
		assertThat(this.ultraCart.calls(SimulatedOperation.RESOURCE)).hasSize(2);
	}

	@Test
	@WithUltraCartUser(permissions = "View Items")
	void exceptionsWhenUserLacksPermissionThenTellWhatUltraCartSays() {
		assertThat(this.mvc.get().uri("/orders/summary")).bodyText()
			.startsWith("UltraCart says: You do not have permission to do this. (request ");
	}

	@Test
	void otherThreadThenCallsForTheUser(@Autowired OrderExport export) {
		assertThat(export.begin()).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(3);
	}

	@Test
	void ownRestClientThenCallsForTheUser(@Autowired @Qualifier("orderRestClient") RestClient restClient) {
		assertThat(restClient.get()
			.uri("/order/orders?creation_date_begin=2026-11-01T00:00:00Z")
			.retrieve()
			.requiredBody(String.class)).contains("DEMO-1");
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
	@Import({ UltraCartSimulatorConfiguration.class, OrderConfiguration.class, CustomerConfiguration.class,
			ReportConfiguration.class, ExportConfiguration.class, OwnClientConfiguration.class, OrderService.class,
			OrderController.class, OrderSummaryController.class, OrderCount.class, OrderExport.class, OrderReport.class,
			SdkOrderService.class, RawKeyController.class, UltraCartAdvice.class })
	static class Application {

		@Bean
		SimulatedResource orders(OrderList orderList) {
			return SimulatedResource.get("/order/orders").permission("View Orders").answer(orderList::page);
		}

		@Bean
		SimulatedResource order() {
			return SimulatedResource.get("/order/orders/{order_id}")
				.permission("View Orders")
				.json("{\"order\": {\"order_id\": \"DEMO-1\"}}");
		}

		@Bean
		SimulatedResource customers(CopyOnWriteArrayList<String> received) {
			return SimulatedResource.post("/customer/customers").answer((request) -> {
				received.add(request.body());
				return ResponseEntity.ok("{\"success\": true, \"customer\": {}}");
			});
		}

		@Bean
		OrderList orderList() {
			return new OrderList();
		}

		@Bean
		CopyOnWriteArrayList<String> received() {
			return new CopyOnWriteArrayList<>();
		}

		@Bean
		DynamicPropertyRegistrar urls(UltraCartSimulator ultraCart) {
			return (registry) -> registry.add("orders.url", ultraCart::baseUrl);
		}

	}

	/**
	 * UltraCart's list of orders, in pages of two, which may grow while it is read.
	 */
	static class OrderList {

		private static final String PAGE = """
				{"orders": [%s], "metadata": {"result_set": {"more": %s, "next_offset": %s}}}""";

		private static final String ORDER = """
				{"order_id": "%s", "creation_dts": "2026-11-1%sT10:15:30-05:00", "currency_code": "%s"}""";

		private final List<String> ids = new ArrayList<>();

		private final List<String> placedNext = new ArrayList<>();

		OrderList() {
			restore();
		}

		void restore() {
			this.ids.clear();
			this.ids.addAll(List.of("DEMO-1", "DEMO-2", "DEMO-3"));
			this.placedNext.clear();
		}

		void placeAfterNextPage(String id) {
			this.placedNext.add(id);
		}

		ResponseEntity<String> page(SimulatedResource.Request request) {
			if (UltraCartDates.parse(request.parameter("creation_date_begin")).isEmpty()) {
				return ResponseEntity.badRequest().build();
			}
			List<String> sorted = new ArrayList<>(this.ids);
			if ("-creation_dts".equals(request.parameter("_sort"))) {
				Collections.reverse(sorted);
			}
			String offset = request.parameter("_offset");
			int from = (offset != null) ? Integer.parseInt(offset) : 0;
			int to = Math.min(from + 2, sorted.size());
			this.ids.addAll(this.placedNext);
			this.placedNext.clear();
			String page = sorted.subList(from, to).stream().map(OrderList::json).collect(Collectors.joining(","));
			return ResponseEntity.ok(PAGE.formatted(page, to < sorted.size(), to));
		}

		private static String json(String id) {
			char number = id.charAt(id.length() - 1);
			return ORDER.formatted(id, number, (number == '2') ? "EUR" : "USD");
		}

	}

}
