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
import java.time.Clock;
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
import io.github.ultracartsso.test.simulator.state.EarlierKeys;
import io.github.ultracartsso.test.simulator.state.MerchantSettings;
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

	private final EarlierKeys earlierKeys = new EarlierKeys();

	/**
	 * The merchants in the order they were added, at least one once requests arrive.
	 */
	private final List<Merchant> merchants = new CopyOnWriteArrayList<>();

	/**
	 * The number of merchants that a reset does not remove.
	 */
	private int ofTheStart = 1;

	SimulatorFront(SimulatorServer server, Set<String> hosts) {
		this.server = server;
		this.loginPageUrl = new LoginPageUrl(server.origin().resolve(LoginPages.PATH), hosts);
		this.console = new ConsolePages(() -> this.merchants.stream().map(Merchant::state).toList(), server.origin(),
				hosts);
	}

	/**
	 * Adds a merchant. With the first one the simulator starts to serve requests.
	 */
	synchronized Merchant add(MerchantSettings settings, Clock clock, SimulatorStart start) {
		SimulatorState state = new SimulatorState(settings, clock, this.userIds, this.earlierKeys);
		for (Merchant other : this.merchants) {
			Assert.isTrue(!other.state().merchantId().equalsIgnoreCase(state.merchantId()),
					() -> "There is a merchant " + state.merchantId() + " already; give each one its own merchantId");
			Assert.isTrue(!other.state().applicationKey().equals(state.applicationKey()),
					() -> "The merchant " + other.state().merchantId() + " has the application key of "
							+ state.merchantId() + "; give each one its own");
		}
		Merchant merchant = new Merchant(state, this.loginPageUrl, start);
		merchant.reset();
		this.merchants.add(merchant);
		this.server.serve(this);
		return merchant;
	}

	/**
	 * Has the merchants that there are belong to the start.
	 */
	synchronized void settle() {
		this.ofTheStart = this.merchants.size();
	}

	/**
	 * Returns a merchant to the state of the start. With the first one all are, and those
	 * that do not belong to the start are removed.
	 */
	synchronized void reset(Merchant merchant) {
		if (merchant != this.merchants.get(0)) {
			merchant.reset();
			return;
		}
		removeAfter(this.ofTheStart);
		this.userIds.clear();
		this.merchants.forEach(Merchant::reset);
	}

	/**
	 * Removes all merchants but the first one, because an application that restarts adds
	 * them again.
	 */
	synchronized void removeFurtherMerchants() {
		this.ofTheStart = 1;
		removeAfter(1);
	}

	private void removeAfter(int remaining) {
		List<Merchant> removed = this.merchants.subList(remaining, this.merchants.size());
		removed.forEach((merchant) -> merchant.state().remove());
		removed.clear();
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

}
