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

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users see who try the page about calls.
 */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureUltraCartSimulator
@Import(SimulatedOrders.class)
class OrderPageTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void ordersWhenPermittedThenThoseOfTheSimulator() {
		assertThat(this.mvc.get().uri("/orders").with(ultraCartLogin().permissions("View Orders"))).hasStatusOk()
			.hasBodyTextEqualTo(
					"""
							[{"orderId":"DEMO-1","creationDts":"2026-11-19T10:15:30-05:00","currencyCode":"USD"},{"orderId":"DEMO-2","creationDts":"2026-11-18T09:00:00-05:00","currencyCode":"EUR"}]""");
	}

	@Test
	void ordersWhenPermissionLacksThenForbidden() {
		assertThat(this.mvc.get().uri("/orders").accept(MediaType.TEXT_HTML).with(ultraCartLogin()))
			.hasStatus(HttpStatus.FORBIDDEN);
		assertThat(this.mvc.get().uri("/orders/summary").with(ultraCartLogin())).hasStatusOk()
			.bodyText()
			.startsWith("UltraCart says: You do not have permission to do this.");
	}

}
