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

package io.github.ultracartsso.test;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.ultracartsso.test.simulator.console.ConsolePages;
import io.github.ultracartsso.test.simulator.http.Exchange;
import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.http.SimulatorServer;
import io.github.ultracartsso.test.simulator.page.LoginPages;
import io.github.ultracartsso.test.simulator.rest.LoginPageUrl;
import io.github.ultracartsso.test.simulator.rest.RestApi;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import io.github.ultracartsso.test.simulator.state.UserIds;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.util.Assert;

/**
 * Takes the requests to a simulator to the merchant and the part that handles them: the
 * REST API, the login page, the console, or the health of the server.
 */
final class SimulatorFront implements SimulatorServer.Handler {

	private static final String HEALTH_PATH = "/health";

	private final SimulatorServer server;

	private final LoginPageUrl loginPageUrl;

	private final ConsolePages console;

	private final UserIds userIds = new UserIds();

	/**
	 * The merchants in the order they were added, at least one once requests arrive.
	 */
	private final List<Merchant> merchants = new CopyOnWriteArrayList<>();

	SimulatorFront(SimulatorServer server, Set<String> hosts) {
		this.server = server;
		this.loginPageUrl = new LoginPageUrl(server.origin().resolve(LoginPages.PATH), hosts);
		this.console = new ConsolePages(() -> this.merchants.stream().map(Merchant::state).toList(), server.origin(),
				hosts);
	}

	/**
	 * Adds a merchant. With the first one the simulator starts to serve requests.
	 * @return the API of the merchant
	 */
	synchronized RestApi add(SimulatorState state) {
		for (Merchant other : this.merchants) {
			Assert.isTrue(!other.state().merchantId().equalsIgnoreCase(state.merchantId()),
					() -> "There is a merchant " + state.merchantId() + " already; give each one its own merchantId");
			Assert.isTrue(!other.state().applicationKey().equals(state.applicationKey()),
					() -> "The merchant " + other.state().merchantId() + " has the application key of "
							+ state.merchantId() + "; give each one its own");
		}
		Merchant merchant = new Merchant(state, new RestApi(state, this.loginPageUrl), new LoginPages(state));
		this.merchants.add(merchant);
		this.server.serve(this);
		return merchant.api();
	}

	UserIds userIds() {
		return this.userIds;
	}

	URI origin() {
		return this.server.origin();
	}

	void stop() {
		this.server.stop();
	}

	@Override
	public SimulatorResponse handle(SimulatorRequest request, Exchange exchange) {
		if (RestApi.serves(request)) {
			return merchant((candidate) -> candidate.api().knows(request)).api().handle(request, exchange);
		}
		if (ConsolePages.serves(request)) {
			return this.console.handle(request);
		}
		if (request.path().equals(HEALTH_PATH)) {
			return SimulatorResponse.json(JsonNodeFactory.instance.objectNode().put("status", "UP"));
		}
		return merchant((candidate) -> candidate.pages().knows(request)).pages().handle(request);
	}

	/**
	 * Returns the merchant that a request is for, the first one if it is for none.
	 */
	private Merchant merchant(Predicate<Merchant> candidate) {
		Merchant first = this.merchants.get(0);
		// without a search, a call counts as arrived before it waits for the state's lock
		return (this.merchants.size() == 1) ? first
				: this.merchants.stream().filter(candidate).findFirst().orElse(first);
	}

	/**
	 * A merchant and the parts that handle its requests.
	 */
	private record Merchant(SimulatorState state, RestApi api, LoginPages pages) {
	}

}
