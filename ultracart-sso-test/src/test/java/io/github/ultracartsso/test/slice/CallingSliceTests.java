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

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a slice whose controller calls UltraCart.
 */
@WebMvcTest(OrderController.class)
@AutoConfigureUltraCartSimulator
class CallingSliceTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private UltraCartSimulator ultraCart;

	@ParameterizedTest
	@ValueSource(strings = { "/orders", "/orders-of-interface" })
	@WithUltraCartUser(login = "jane", permissions = "View Orders")
	void requestWhenControllerCallsUltraCartThenAsTheUser(String path) {
		this.ultraCart
			.addResource(SimulatedResource.get("/order/orders").permission("View Orders").json("{\"orders\":[]}"));
		assertThat(this.mvc.get().uri(path)).hasStatusOk().bodyText().contains("orders");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/orders", "/orders-of-interface" })
	void requestWhenUltraCartRefusesThenForbidden(String path) {
		this.ultraCart
			.addResource(SimulatedResource.get("/order/orders").permission("View Orders").json("{\"orders\":[]}"));
		assertThat(this.mvc.get().uri(path).with(ultraCartLogin().permissions("View Items"))).hasStatus(403);
	}

}
