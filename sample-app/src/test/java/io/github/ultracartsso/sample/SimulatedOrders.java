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

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import io.github.ultracartsso.client.UltraCartDates;
import io.github.ultracartsso.test.simulator.SimulatedResource;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;

/**
 * The order API at the simulated UltraCart, with a few orders.
 */
@TestConfiguration(proxyBeanMethods = false)
public final class SimulatedOrders {

	/**
	 * The permission to read orders.
	 */
	public static final String READ = "Back End Order Entry";

	/**
	 * The permission to delete orders.
	 */
	public static final String DELETE = "Delete Order";

	private static final String ORDER = """
			{"order_id": "%s", "creation_dts": "2026-11-%sT10:15:30-05:00", "current_stage": "%s",
			 "billing": {"first_name": "%s", "last_name": "%s", "city": "%s", "state_region": "%s"},
			 "summary": {"total": {"value": %s, "currency_code": "USD"}}}""";

	private final Map<String, String> orders = new ConcurrentSkipListMap<>();

	/**
	 * Creates the orders.
	 */
	public SimulatedOrders() {
		restore();
	}

	/**
	 * Restores the deleted orders.
	 */
	public void restore() {
		add("DEMO-1001", "18", "Completed Order", "Hannah", "Weiss", "Portland", "OR", "24.90");
		add("DEMO-1002", "19", "Shipping Department", "Omar", "Haddad", "Dearborn", "MI", "113.00");
		add("DEMO-1003", "20", "Accounts Receivable", "Mae", "O’Brien", "Savannah", "GA", "8.45");
	}

	private void add(String orderId, String... values) {
		Object[] all = new Object[values.length + 1];
		all[0] = orderId;
		System.arraycopy(values, 0, all, 1, values.length);
		this.orders.put(orderId, ORDER.formatted(all));
	}

	/**
	 * Responds with all orders, if the request has a bound in time like UltraCart
	 * demands.
	 * @return the resource
	 */
	@Bean
	public SimulatedResource orderList() {
		return SimulatedResource.get("/order/orders")
			.permission(READ)
			.answer((request) -> UltraCartDates.parse(request.parameter("creation_date_begin"))
				.map((begin) -> ResponseEntity.ok(list(this.orders.values())))
				.orElseGet(() -> ResponseEntity.badRequest().build()));
	}

	/**
	 * Deletes an order.
	 * @return the resource
	 */
	@Bean
	public SimulatedResource orderDeletion() {
		return SimulatedResource.delete("/order/orders/{order_id}")
			.permission(DELETE)
			.answer((request) -> (this.orders.remove(request.variable("order_id")) != null)
					? ResponseEntity.noContent().build() : ResponseEntity.notFound().build());
	}

	private static String list(Collection<String> orders) {
		return "{\"success\": true, \"orders\": [" + String.join(",", orders) + "]}";
	}

}
