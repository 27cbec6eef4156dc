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

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.ultracartsso.web.api.UltraCartPages;

import org.springframework.stereotype.Service;

@Service
class OrderService {

	private final OrderApi orders;

	OrderService(OrderApi orders) {
		this.orders = orders;
	}

	List<Order> ofLastMonth() {
		Instant begin = Instant.now().minus(Duration.ofDays(30));
		return UltraCartPages
			.of((limit, offset) -> this.orders.since(begin, limit, offset), Order.Orders::orders,
					Order.Orders::metadata)
			.stream()
			.toList();
	}

}
