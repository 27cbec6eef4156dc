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

package io.github.ultracartsso.sample.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.ultracartsso.web.api.UltraCartPages;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts the orders of the last day in each stage every night. No user is signed in then,
 * so UltraCart is called as the application.
 */
@Component
class OrderReport {

	private static final Log logger = LogFactory.getLog(OrderReport.class);

	private final OrderReportApi orders;

	OrderReport(OrderReportApi orders) {
		this.orders = orders;
	}

	@Scheduled(cron = "0 0 3 * * *")
	void write() {
		Instant begin = Instant.now().minus(Duration.ofDays(1));
		Map<String, Long> stages = UltraCartPages
			.of((limit, offset) -> this.orders.since(begin, limit, offset), Orders::orders, Orders::metadata)
			.stream()
			.map((order) -> Objects.requireNonNullElse(order.currentStage(), "No stage"))
			.collect(Collectors.groupingBy((stage) -> stage, TreeMap::new, Collectors.counting()));
		logger.info(LogMessage.format("Orders by stage: %s", stages));
	}

}
