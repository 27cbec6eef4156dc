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

import java.util.Map;

import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.WithUltraCartUser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
import static io.github.ultracartsso.test.simulator.SimulatedOperation.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@AutoConfigureUltraCartSimulator
@Import(SimulatedOrders.class)
class CallTests {

	@Test
	@WithUltraCartUser(permissions = "View Orders")
	void listWhenPermitted(@Autowired OrderService orders) {
		assertThat(orders.ofLastMonth()).extracting(Order::orderId).containsExactly("DEMO-1", "DEMO-2");
	}

	@Test
	@WithUltraCartUser(permissions = "View Items")
	void listWhenUltraCartRefuses(@Autowired OrderService orders) {
		assertThatExceptionOfType(UltraCartForbiddenException.class).isThrownBy(orders::ofLastMonth);
	}

	@Test
	@WithUltraCartUser(permissions = "Edit Customers")
	void changeIsSentOnce(@Autowired CustomerApi customers, @Autowired UltraCartSimulator ultraCart) {
		customers.insert(new Customer("jane@example.com", "Calls often"));
		assertThat(ultraCart).received(RESOURCE, 1);
	}

	@Test
	void jobNeedsNoUser(@Autowired OrderReport report) {
		report.update();
		assertThat(report.ordersByCurrency()).isEqualTo(Map.of("EUR", 1L, "USD", 1L));
	}

}
