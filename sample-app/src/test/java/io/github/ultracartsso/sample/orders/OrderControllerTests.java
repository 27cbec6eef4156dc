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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
import org.springframework.test.web.servlet.assertj.MvcTestResult;

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
			.contains("DEMO-1002", "Omar Haddad", "Dearborn MI", "Shipping Department", "$113.00", "15:15 UTC");
		assertThat(this.ultraCart).receivedExactly(SimulatedOperation.RESOURCE).hasLiveKeysOf("alice");
	}

	@Test
	void listThenNewestFirstAndAPageForOneCall() {
		assertThat(orderIds(list("/orders"))).hasSize(20)
			.startsWith("DEMO-1003", "DEMO-1002", "DEMO-1001")
			.endsWith("DEMO-0984");
		assertThat(this.ultraCart.calls(SimulatedOperation.RESOURCE)).hasSize(1);
	}

	@Test
	void listWhenThereAreOlderOrdersThenLinksLeadThroughAllOfThem() {
		String page = list("/orders");
		assertThat(link(page, "newer")).isEmpty();
		List<String> all = new ArrayList<>(orderIds(page));
		Optional<String> older = link(page, "older");
		while (older.isPresent()) {
			page = list(older.get());
			all.addAll(orderIds(page));
			older = link(page, "older");
		}
		assertThat(page).contains("101 to 120");
		assertThat(all).hasSize(SimulatedOrders.COUNT).doesNotHaveDuplicates().endsWith("DEMO-0884");
		assertThat(orderIds(list(link(page, "newer").orElseThrow()))).startsWith("DEMO-0923").hasSize(20);
	}

	@Test
	void listWhenOffsetIsNegativeThenFirstPage() {
		String page = list("/orders?offset=-5");
		assertThat(page).contains("1 to 20");
		assertThat(orderIds(page)).startsWith("DEMO-1003").hasSize(20);
		assertThat(link(page, "newer")).isEmpty();
	}

	@Test
	void listWhenOrderIsPlacedBetweenTwoPagesThenNoneIsShownTwice() {
		String page = list("/orders");
		this.orders.place("DEMO-1004");
		assertThat(orderIds(list(link(page, "older").orElseThrow()))).startsWith("DEMO-0983");
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

	private String list(String url) {
		MvcTestResult result = this.mvc.get().uri(URI.create(url)).with(userWith(SimulatedOrders.READ)).exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private static List<String> orderIds(String page) {
		return Pattern.compile("<tr id=\"order-([^\"]+)\"")
			.matcher(page)
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

	private static Optional<String> link(String page, String id) {
		return Pattern.compile("<a id=\"" + id + "\"[^>]*href=\"([^\"]+)\"")
			.matcher(page)
			.results()
			.map((match) -> match.group(1).replace("&amp;", "&"))
			.findFirst();
	}

}
