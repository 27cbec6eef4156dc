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

import io.github.ultracartsso.sample.BackofficeTest;
import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.sample.TestUsers.userWith;
import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

@BackofficeTest
@AutoConfigureUltraCartSimulator
@Import(SimulatedOrders.class)
class OrderControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private UltraCartSimulator ultraCart;

	@Autowired
	private SimulatedOrders orders;

	@AfterEach
	void restoreOrders() {
		this.orders.restore();
	}

	@Test
	void listWhenUltraCartPermitsThenShowsOrders() {
		assertThat(this.mvc.get().uri("/orders").with(userWith(SimulatedOrders.READ))).hasStatusOk()
			.bodyText()
			.contains("DEMO-1002", "Omar Haddad", "Dearborn MI", "Shipping Department", "$113.00", "19 Nov, 15:15 UTC");
		assertThat(this.ultraCart).receivedExactly(SimulatedOperation.RESOURCE).hasLiveKeysOf("alice");
	}

	@Test
	void listWhenUltraCartRefusesThenShowsWhatItSays() {
		assertThat(this.mvc.get().uri("/orders").with(userWith("View Items"))).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("UltraCart does not let you do this", "You do not have permission to do this.",
					"can give you the permission")
			.containsPattern("<code id=\"request-id\">[0-9A-F]{31}</code>")
			.doesNotContain("DEMO-1002");
	}

	@Test
	void listWhenUltraCartFailsThenSaysSo() {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.status(500));
		assertThat(this.mvc.get().uri("/orders").with(userWith(SimulatedOrders.READ))).hasStatus(HttpStatus.BAD_GATEWAY)
			.bodyText()
			.contains("UltraCart cannot do this now");
	}

	@Test
	void listWhenAnswerCannotBeReadThenSaysSo() {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE,
				SimulatedFault.body(200, "application/json", "{\"orders\": \"many\"}"));
		assertThat(this.mvc.get().uri("/orders").with(userWith(SimulatedOrders.READ))).hasStatus(HttpStatus.BAD_GATEWAY)
			.bodyText()
			.contains("UltraCart cannot do this now")
			.doesNotContain("UltraCart says");
	}

	@Test
	void listWhenUltraCartHasHadTooManyCallsThenSaysWhenToComeBack() {
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ZERO));
		assertThat(this.mvc.get().uri("/orders").with(userWith(SimulatedOrders.READ)))
			.hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader("Retry-After", "1")
			.bodyText()
			.contains("UltraCart is busy", "Try again in a second.");
	}

	@Test
	void confirmThenAsksAndCallsNobody() {
		assertThat(this.mvc.get().uri("/orders/DEMO-1002/delete").with(userWith(SimulatedOrders.READ))).hasStatusOk()
			.bodyText()
			.contains("DEMO-1002", "action=\"/orders/DEMO-1002/delete\"");
		assertThat(this.ultraCart).receivedExactly();
	}

	@Test
	void deleteWhenUltraCartPermitsThenDeleted() {
		assertThat(this.mvc.post()
			.uri("/orders/DEMO-1001/delete")
			.with(userWith(SimulatedOrders.READ, SimulatedOrders.DELETE))
			.with(csrf())).hasRedirectedUrl("/orders").flash().containsEntry("message", "Order DEMO-1001 is deleted.");
		assertThat(this.mvc.get().uri("/orders").with(userWith(SimulatedOrders.READ))).bodyText()
			.doesNotContain("DEMO-1001");
	}

	@Test
	void deleteWhenUltraCartRefusesThenShowsWhatItSays() {
		assertThat(this.mvc.post().uri("/orders/DEMO-1002/delete").with(userWith(SimulatedOrders.READ)).with(csrf()))
			.hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("You do not have permission to do this.");
	}

	@Test
	void deleteWhenThereIsNoSuchOrderThenNotFound() {
		assertThat(this.mvc.post().uri("/orders/DEMO-9/delete").with(userWith(SimulatedOrders.DELETE)).with(csrf()))
			.hasStatus(HttpStatus.NOT_FOUND)
			.bodyText()
			.contains("UltraCart knows no such order");
	}

}
