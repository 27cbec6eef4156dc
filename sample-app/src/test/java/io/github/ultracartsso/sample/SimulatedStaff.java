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

package io.github.ultracartsso.sample;

import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedUser;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

/**
 * A simulated UltraCart with three members of staff.
 */
@TestConfiguration(proxyBeanMethods = false)
@Import({ UltraCartSimulatorConfiguration.class, SimulatedOrders.class })
public class SimulatedStaff {

	@Bean
	@Order(1)
	SimulatedUser owner() {
		return SimulatedUser.withLogin("olivia")
			.fullName("Olivia Owner")
			.email("olivia@merchant.example")
			.permissions("View Items", "Edit Items", "Access Shipping Department", "Edit Users", SimulatedOrders.READ,
					SimulatedOrders.DELETE)
			.build();
	}

	@Bean
	@Order(2)
	SimulatedUser cataloguer() {
		return SimulatedUser.withLogin("Carl!items")
			.fullName("Carl Cataloguer")
			.email("carl@merchant.example")
			.permission("View Items")
			.build();
	}

	@Bean
	@Order(3)
	SimulatedUser packer() {
		return SimulatedUser.withLogin("wanda")
			.fullName("Wanda Warehouse")
			.email("wanda@merchant.example")
			.group("Warehouse")
			.build();
	}

	@Bean
	@Order(4)
	SimulatedUser service() {
		return SimulatedUser.withLogin("sam")
			.fullName("Sam Service")
			.email("sam@merchant.example")
			.permission(SimulatedOrders.READ)
			.build();
	}

}
