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

import io.github.ultracartsso.sample.BackofficeTest;
import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the orders when the calls of an hour are spent.
 */
@BackofficeTest
@AutoConfigureUltraCartSimulator
@Import(SimulatedOrders.class)
@TestPropertySource(properties = "ultracart.sso.limits.calls-per-hour=20")
@DirtiesContext
class SpentQuotaTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void listWhenHourlyQuotaIsSpentThenSaysInHowManyMinutesToComeBack() {
		MvcTestResult result = orders();
		for (int calls = 1; calls <= 20 && result.getResponse().getStatus() == HttpStatus.OK.value(); calls++) {
			result = orders();
		}
		assertThat(result).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.bodyText()
			.contains("UltraCart is busy")
			.containsPattern("Try again in [45678]\\d minutes\\.");
	}

	private MvcTestResult orders() {
		return this.mvc.get().uri("/orders").with(userWith(SimulatedOrders.READ)).exchange();
	}

}
