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
import java.util.Map;
import java.util.stream.Collectors;

import io.github.ultracartsso.web.api.UltraCartPages;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class OrderReport {

	private final OrderReportApi orders;

	private volatile Map<String, Long> ordersByCurrency = Map.of();

	OrderReport(OrderReportApi orders) {
		this.orders = orders;
	}

	@Scheduled(cron = "0 0 3 * * *")
	void update() {
		Instant begin = Instant.now().minus(Duration.ofDays(1));
		this.ordersByCurrency = UltraCartPages
			.of((limit, offset) -> this.orders.since(begin, limit, offset), Order.Orders::orders,
					Order.Orders::metadata)
			.waitingAtMost(Duration.ofMinutes(30))
			.stream()
			.collect(Collectors.groupingBy(Order::currencyCode, Collectors.counting()));
	}

	Map<String, Long> ordersByCurrency() {
		return this.ordersByCurrency;
	}

}
