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

package io.github.ultracartsso.test.slice;

import io.github.ultracartsso.web.api.UltraCartApi;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * Calls UltraCart in both ways.
 */
@RestController
class OrderController {

	private final RestClient client;

	private final OrderApi orders;

	OrderController(@UltraCartApi RestClient client, OrderApi orders) {
		this.client = client;
		this.orders = orders;
	}

	@GetMapping("/orders")
	@Nullable String orders() {
		return this.client.get().uri("/order/orders").retrieve().body(String.class);
	}

	@GetMapping("/orders-of-interface")
	@Nullable String ordersOfInterface() {
		return this.orders.orders();
	}

}
