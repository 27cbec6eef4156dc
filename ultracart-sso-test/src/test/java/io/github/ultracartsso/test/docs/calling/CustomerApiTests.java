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

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.WithUltraCartUser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
import static io.github.ultracartsso.test.simulator.SimulatedOperation.RESOURCE;

@SpringBootTest
@AutoConfigureUltraCartSimulator
@Import(SimulatedOrders.class)
class CustomerApiTests {

	@Autowired
	private CustomerApi customers;

	@Test
	@WithUltraCartUser(permissions = "Edit Customers")
	void insertThenSentOnce(@Autowired UltraCartSimulator ultraCart) {
		this.customers.insert(new Customer("jane@example.com", "Calls often"));
		assertThat(ultraCart).received(RESOURCE, 1);
	}

}
