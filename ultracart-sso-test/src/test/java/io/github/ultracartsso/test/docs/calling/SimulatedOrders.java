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

import io.github.ultracartsso.test.simulator.SimulatedResource;

import org.springframework.context.annotation.Bean;

class SimulatedOrders {

	@Bean
	SimulatedResource orders() {
		return SimulatedResource.get("/order/orders").permission("View Orders").json("""
				{"orders": [
				  {"order_id": "DEMO-1", "creation_dts": "2026-11-18T09:00:00-05:00", "currency_code": "EUR"},
				  {"order_id": "DEMO-2", "creation_dts": "2026-11-19T10:15:30-05:00", "currency_code": "USD"}
				]}""");
	}

	@Bean
	SimulatedResource customers() {
		return SimulatedResource.post("/customer/customers").permission("Edit Customers").json("""
				{"success": true}""");
	}

}
