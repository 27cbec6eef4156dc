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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedCall.Credential;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.web.api.UltraCartApi;
import io.github.ultracartsso.web.api.UltraCartApi.Caller;
import io.github.ultracartsso.web.api.UltraCartPages;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests an application without a web server that gets orders as itself, when it starts
 * and in a scheduled job, and waits where there were too many calls.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
class NonWebApplicationCallsTests {

	private static final int ORDERS = 5;

	@Autowired
	private Application.OrderJob job;

	@Autowired
	private UltraCartSimulator ultraCart;

	@Test
	void jobThenGetsAllOrdersAsTheApplication() throws InterruptedException {
		List<Order> atStart = this.job.runs.poll(30, TimeUnit.SECONDS);
		List<Order> scheduled = this.job.runs.poll(30, TimeUnit.SECONDS);
		assertThat(atStart).hasSize(ORDERS)
			.isEqualTo(scheduled)
			.first()
			.isEqualTo(new Order("DEMO-0", Instant.parse("2026-11-28T14:14:00Z"), "USD"));
		// three pages each, and the one that was asked for again
		assertThat(this.ultraCart.calls(SimulatedOperation.RESOURCE)).hasSize(7)
			.extracting(SimulatedCall::credential)
			.containsOnly(Credential.APPLICATION);
	}

	record Order(String orderId, Instant creationDts, String currencyCode) {

	}

	record Orders(List<Order> orders, UltraCartPages.Metadata metadata) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScheduling
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

		@Bean
		SimulatedResource orders() {
			AtomicInteger calls = new AtomicInteger();
			return SimulatedResource.get("/order/orders").permission("View Orders").answer((request) -> {
				if (calls.incrementAndGet() == 2) {
					return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS).header("Retry-After", "0").build();
				}
				int offset = Integer.parseInt(request.parameters("_offset").get(0));
				int next = Math.min(ORDERS, offset + Integer.parseInt(request.parameters("_limit").get(0)));
				List<String> orders = IntStream.range(offset, next).mapToObj((index) -> """
						{"order_id": "DEMO-%d", "creation_dts": "2026-11-28T09:14:00-05:00",
						 "currency_code": "USD", "current_stage": "Shipping"}""".formatted(index)).toList();
				return ResponseEntity.ok("""
						{"orders": %s, "success": true, "metadata": {"payload_name": "orders", "result_set":
						 {"count": 2, "limit": 2, "more": %b, "next_offset": %d, "offset": %d, "total_records": 5}}}
						""".formatted(orders, next < ORDERS, next, offset));
			});
		}

		@Component
		static class OrderJob implements ApplicationRunner {

			private final BlockingQueue<List<Order>> runs = new LinkedBlockingQueue<>();

			private final RestClient ultraCart;

			OrderJob(@UltraCartApi(as = Caller.APPLICATION) RestClient ultraCart) {
				this.ultraCart = ultraCart;
			}

			@Override
			public void run(ApplicationArguments arguments) {
				this.runs.add(allOrders());
			}

			@Scheduled(initialDelay = 0, fixedDelay = Long.MAX_VALUE)
			void scheduled() {
				this.runs.add(allOrders());
			}

			private List<Order> allOrders() {
				return UltraCartPages
					.of((limit, offset) -> this.ultraCart.get()
						.uri("/order/orders?_limit={limit}&_offset={offset}", limit, offset)
						.retrieve()
						.requiredBody(Orders.class), Orders::orders, Orders::metadata)
					.pageSize(2)
					.waitingAtMost(Duration.ofSeconds(5))
					.stream()
					.toList();
			}

		}

	}

}
