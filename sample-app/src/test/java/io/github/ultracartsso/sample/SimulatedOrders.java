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

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import io.github.ultracartsso.client.UltraCartDates;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;

/**
 * The order API at the simulated UltraCart, with {@value #COUNT} orders: the newest are
 * DEMO-1003, DEMO-1002 and DEMO-1001.
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

	/**
	 * How many orders there are.
	 */
	public static final int COUNT = 120;

	private static final int MAX_LIMIT = 200;

	private static final String ORDER = """
			{"order_id": "%s", "creation_dts": "%s", "current_stage": "%s",
			 "billing": {"first_name": "%s", "last_name": "%s", "city": "%s", "state_region": "%s"},
			 "summary": {"total": {"value": %s, "currency_code": "USD"}}}""";

	private static final List<List<String>> CUSTOMERS = List.of(List.of("Hannah", "Weiss", "Portland", "OR"),
			List.of("Luis", "Ortega", "El Paso", "TX"), List.of("Grace", "Kim", "Irvine", "CA"),
			List.of("Tom", "Larsen", "Duluth", "MN"), List.of("Ruth", "Baker", "Akron", "OH"));

	/**
	 * By their id, which is the order of their creation too.
	 */
	private final Map<String, SimulatedOrder> orders = new ConcurrentSkipListMap<>();

	/**
	 * Creates the orders.
	 */
	public SimulatedOrders() {
		restore();
	}

	/**
	 * Restores the orders.
	 */
	public void restore() {
		this.orders.clear();
		OffsetDateTime today = OffsetDateTime.now(ZoneOffset.ofHours(-5)).with(LocalTime.of(10, 15, 30));
		add("DEMO-1003", today.minusDays(1), "Accounts Receivable", List.of("Mae", "O’Brien", "Savannah", "GA"),
				"8.45");
		add("DEMO-1002", today.minusDays(2), "Shipping Department", List.of("Omar", "Haddad", "Dearborn", "MI"),
				"113.00");
		for (int i = 0; i < COUNT - 2; i++) {
			add("DEMO-%04d".formatted(1001 - i), today.minusDays(3).minus(Duration.ofHours(17).multipliedBy(i)),
					"Completed Order", CUSTOMERS.get(i % CUSTOMERS.size()), (8 + i * 37 % 90) + ".90");
		}
	}

	/**
	 * Places another order, at a time when a page of the list may have been read already.
	 * @param orderId the id, after those of the others
	 */
	public void place(String orderId) {
		add(orderId, OffsetDateTime.now(ZoneOffset.ofHours(-5)).plusMinutes(1), "Accounts Receivable", CUSTOMERS.get(0),
				"24.90");
	}

	private void add(String orderId, OffsetDateTime created, String stage, List<String> customer, String total) {
		this.orders.put(orderId,
				new SimulatedOrder(created.toInstant(),
						ORDER.formatted(orderId, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(created.withNano(0)),
								stage, customer.get(0), customer.get(1), customer.get(2), customer.get(3), total)));
	}

	/**
	 * Responds with a page of the orders, if the request has a bound in time as UltraCart
	 * demands. How early it is does not matter, so that a job for a day has all of them.
	 * @return the resource
	 */
	@Bean
	public SimulatedResource orderList() {
		return SimulatedResource.get("/order/orders")
			.permission(READ)
			.answer((request) -> UltraCartDates.parse(request.parameter("creation_date_begin"))
				.map((begin) -> ResponseEntity.ok(page(request)))
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

	private String page(SimulatedResource.Request request) {
		Instant end = UltraCartDates.parse(request.parameter("creation_date_end")).orElse(Instant.MAX);
		List<String> all = this.orders.values()
			.stream()
			.filter((order) -> !order.created().isAfter(end))
			.map(SimulatedOrder::json)
			.collect(Collectors.toList());
		if ("-creation_dts".equals(request.parameter("_sort"))) {
			Collections.reverse(all);
		}
		int offset = Math.min(number(request.parameter("_offset"), 0), all.size());
		int limit = Math.min(number(request.parameter("_limit"), 100), MAX_LIMIT);
		int next = Math.min(offset + limit, all.size());
		boolean more = next < all.size();
		return """
				{"success": true, "orders": [%s],
				 "metadata": {"result_set": {"limit": %d, "offset": %d, "more": %b, "next_offset": %s, "total_records": %d}}}"""
			.formatted(String.join(",", all.subList(offset, next)), limit, offset, more, more ? next : null,
					all.size());
	}

	private static int number(@Nullable String parameter, int otherwise) {
		return (parameter != null) ? Integer.parseInt(parameter) : otherwise;
	}

	private record SimulatedOrder(Instant created, String json) {

	}

}
