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

import java.util.Set;
import java.util.stream.Collectors;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.page.LoginPages;
import io.github.ultracartsso.test.simulator.rest.LoginPageUrl;
import io.github.ultracartsso.test.simulator.rest.RestApi;
import io.github.ultracartsso.test.simulator.state.SimulatorState;

/**
 * A merchant of a simulator: the parts that handle its requests, and what it starts with.
 */
final class Merchant {

	private final SimulatorState state;

	private final RestApi api;

	private final LoginPages pages;

	private volatile SimulatorStart start;

	Merchant(SimulatorState state, LoginPageUrl loginPageUrl, SimulatorStart start) {
		this.state = state;
		this.api = new RestApi(state, loginPageUrl);
		this.pages = new LoginPages(state);
		this.start = start;
	}

	SimulatorState state() {
		return this.state;
	}

	RestApi api() {
		return this.api;
	}

	LoginPages pages() {
		return this.pages;
	}

	/**
	 * Returns to the state of the start.
	 */
	void reset() {
		synchronized (this.state) {
			this.state.reset(this.start.users());
			applySettings();
		}
	}

	/**
	 * Replaces what the merchant starts with. Users that remain keep their sessions.
	 * Faults and calls are forgotten.
	 */
	void restart(SimulatorStart next) {
		this.start = next;
		synchronized (this.state) {
			Set<String> logins = next.users().stream().map(SimulatedUser::login).collect(Collectors.toSet());
			this.state.account()
				.users()
				.stream()
				.map(SimulatedUser::login)
				.filter((login) -> !logins.contains(login))
				.forEach(this.state::removeUser);
			next.users().forEach(this.state::addUser);
			this.state.faults().clear();
			this.state.calls().clear();
			this.state.traffic().clear();
			applySettings();
		}
	}

	private void applySettings() {
		this.api.removeResources();
		this.start.resources().forEach(this.api::addResource);
		this.state.limits().enforce(this.start.limits());
	}

}
