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

package io.github.ultracartsso.test.simulator.console;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.http.UrlEncoded;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests for the console: one page for each merchant, to which its forms
 * are submitted. Not part of the API.
 */
public final class ConsolePages {

	public static final String PATH = "/console";

	private final Supplier<List<SimulatorState>> merchants;

	private final ConsoleGuard guard;

	private final ConsoleView view = new ConsoleView();

	/**
	 * Creates the console.
	 * @param merchants the merchants, at least one
	 * @param origin the URL of the simulator
	 * @param hosts other names under which browsers reach the simulator, in lower case
	 */
	public ConsolePages(Supplier<List<SimulatorState>> merchants, URI origin, Set<String> hosts) {
		this.merchants = merchants;
		this.guard = new ConsoleGuard(origin, hosts);
	}

	public static boolean serves(SimulatorRequest request) {
		return request.path().equals(PATH) || request.path().startsWith(PATH + "/");
	}

	public SimulatorResponse handle(SimulatorRequest request) {
		if (!this.guard.isForThisHost(request)) {
			return this.view.message(403, "This host is not known",
					"Open the console under localhost, or start the simulator with this host.", PATH);
		}
		List<SimulatorState> merchants = this.merchants.get();
		if (request.path().equals(PATH) || request.path().equals(PATH + "/")) {
			return SimulatorResponse.status(302)
				.header("Location", path(merchants.get(0)))
				.header("Cache-Control", "no-store");
		}
		SimulatorState merchant = find(merchants, request.path());
		if (merchant == null) {
			return this.view.message(404, "There is nothing here", "The simulator has no such merchant.", PATH);
		}
		return switch (request.method()) {
			case "GET", "HEAD" -> show(merchant, merchants);
			case "POST" -> submit(merchant, request);
			default ->
				this.view.message(405, "This is a page", "It takes GET and POST.", PATH).header("Allow", "GET, POST");
		};
	}

	static String path(SimulatorState merchant) {
		return PATH + "/" + merchant.merchantId();
	}

	private static @Nullable SimulatorState find(List<SimulatorState> merchants, String path) {
		return merchants.stream().filter((merchant) -> path(merchant).equals(path)).findFirst().orElse(null);
	}

	private SimulatorResponse show(SimulatorState merchant, List<SimulatorState> merchants) {
		synchronized (merchant) {
			return this.view.console(merchant, merchants);
		}
	}

	private SimulatorResponse submit(SimulatorState merchant, SimulatorRequest request) {
		if (!this.guard.isSameOrigin(request)) {
			return this.view.message(403, "This form comes from elsewhere",
					"Only the console itself can change the simulator.", path(merchant));
		}
		try {
			synchronized (merchant) {
				String section = new ConsoleActions(merchant).perform(UrlEncoded.parse(request.body()));
				return SimulatorResponse.status(303)
					.header("Location", path(merchant) + "#" + section)
					.header("Cache-Control", "no-store");
			}
		}
		catch (IllegalArgumentException ex) {
			return this.view.message(400, "This cannot be done", String.valueOf(ex.getMessage()), path(merchant));
		}
	}

}
