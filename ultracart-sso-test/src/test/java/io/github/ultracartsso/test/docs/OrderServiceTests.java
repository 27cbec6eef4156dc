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

import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@Import(UltraCartSimulatorConfiguration.class)
class OrderServiceTests {

	@Autowired
	private OrderService orders;

	@BeforeEach
	void setUp(@Autowired UltraCartSimulator ultraCart) {
		ultraCart.addResource(SimulatedResource.get("/order/orders").permission("View Orders").json("""
				{"orders": [{"order_id": "DEMO-1", "creation_dts": "2026-11-19T10:15:30-05:00"}]}"""));
	}

	@Test
	@WithUltraCartUser(permissions = "View Orders")
	void latestWhenPermittedThenReadsUltraCart() {
		assertThat(this.orders.latest()).extracting(Order::orderId).containsExactly("DEMO-1");
	}

	@Test
	@WithUltraCartUser(permissions = "View Items")
	void latestWhenPermissionLacksThenUltraCartRefuses() {
		assertThatExceptionOfType(UltraCartForbiddenException.class).isThrownBy(this.orders::latest);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ CallingConfiguration.class, OrderService.class })
	static class Application {

	}

}
