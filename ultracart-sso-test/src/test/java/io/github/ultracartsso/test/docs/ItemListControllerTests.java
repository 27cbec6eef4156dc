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

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the code of {@code README.md}.
 */
@SpringBootTest
@AutoConfigureMockMvc
@Import(UltraCartSimulatorConfiguration.class)
class ItemListControllerTests {

	private static final SimulatedUser JANE = SimulatedUser.withLogin("jane").fullName("Jane Example").build();

	@Autowired
	private MockMvcTester mvc;

	@BeforeEach
	void setUp(@Autowired UltraCartSimulator ultraCart) {
		ultraCart.addResource(SimulatedResource.get("/item/items").permission("View Items").json("""
				{"items": [{"merchant_item_id": "TEA", "description": "Green tea"}]}"""));
	}

	@Test
	void homeThenGreetsTheUser() {
		assertThat(this.mvc.get().uri("/").with(ultraCartLogin().user(JANE))).hasStatusOk()
			.bodyText()
			.isEqualTo("Hello, Jane Example");
	}

	@Test
	void itemsWhenPermittedThenReadAtUltraCart() {
		assertThat(this.mvc.get().uri("/items").with(ultraCartLogin().permissions("View Items"))).hasStatusOk()
			.bodyText()
			.contains("Green tea");
	}

	@Test
	void itemsWhenPermissionLacksThenForbidden() {
		assertThat(this.mvc.get().uri("/items").with(ultraCartLogin())).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("View Items");
	}

	@Test
	void itemsWhenNotSignedInThenUnauthorized() {
		assertThat(this.mvc.get().uri("/items")).hasStatus(HttpStatus.UNAUTHORIZED);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(ItemListController.class)
	static class Application {

	}

}
