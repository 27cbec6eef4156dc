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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.ultracartsso.client.UltraCartDates;
import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.web.api.UltraCartApi;
import io.github.ultracartsso.web.api.UltraCartPages;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

@Service
class OrderService {

	private final OrderApi orders;

	OrderService(OrderApi orders) {
		this.orders = orders;
	}

	List<Order> latest() {
		return this.orders.since(daysAgo(7), 20, 0).orders();
	}

	List<Order> ofLastMonth() {
		Instant begin = daysAgo(30);
		return UltraCartPages
			.of((limit, offset) -> this.orders.since(begin, limit, offset), Order.Orders::orders,
					Order.Orders::metadata)
			.stream()
			.toList();
	}

	private static Instant daysAgo(int days) {
		return Instant.now().minus(Duration.ofDays(days));
	}

	String latestOrExplanation() {
		try {
			return latest().size() + " orders";
		}
		catch (UltraCartForbiddenException ex) {
			return "UltraCart says: " + ex.getUserMessage() + " (request " + ex.getRequestId() + ")";
		}
		catch (UltraCartRateLimitException ex) {
			return "Try again later";
		}
		catch (UltraCartUnavailableException ex) {
			return "UltraCart does not answer";
		}
	}

	@Service
	static class OrderCount {

		private final RestClient ultraCart;

		OrderCount(@UltraCartApi RestClient ultraCart) {
			this.ultraCart = ultraCart;
		}

		int latest() {
			return this.ultraCart.get()
				.uri("/order/orders?creation_date_begin={begin}&_limit={limit}", UltraCartDates.format(daysAgo(7)), 20)
				.apiVersion("2017-03-01")
				.retrieve()
				.requiredBody(Order.Orders.class)
				.orders()
				.size();
		}

	}

	@Service
	static class OrderExport {

		private final OrderService orders;

		private final Executor executor;

		OrderExport(OrderService orders, @Qualifier("ultraCartTasks") Executor executor) {
			this.orders = orders;
			this.executor = executor;
		}

		CompletableFuture<Integer> begin() {
			return CompletableFuture.supplyAsync(() -> this.orders.latest().size(), this.executor);
		}

	}

}
