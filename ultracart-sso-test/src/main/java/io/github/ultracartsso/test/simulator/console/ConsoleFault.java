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

import java.time.Duration;

import io.github.ultracartsso.test.simulator.SimulatedFault;

/**
 * The faults that the console offers.
 */
enum ConsoleFault {

	RATE_LIMITED("429, wait 30 seconds", SimulatedFault.rateLimited(Duration.ofSeconds(30))),

	RATE_LIMITED_WITHOUT_WAIT("429 without Retry-After", SimulatedFault.rateLimited()),

	SERVER_ERROR("500, server error", SimulatedFault.status(500)),

	UNAVAILABLE("503, not available", SimulatedFault.status(503)),

	BAD_GATEWAY("502 with the HTML page of a proxy", SimulatedFault.htmlPage(502)),

	BAD_REQUEST("400, bad request", SimulatedFault.status(400)),

	UNAUTHORIZED("401, invalid credentials", SimulatedFault.status(401)),

	FORBIDDEN("403, forbidden", SimulatedFault.status(403)),

	DISABLED("410, application disabled", SimulatedFault.applicationDisabled()),

	SLOW("Response after 3 seconds", SimulatedFault.delay(Duration.ofSeconds(3))),

	SILENT("No response", SimulatedFault.silence()),

	RESET("Connection reset", SimulatedFault.connectionReset()),

	LOST("Connection reset after the call took effect", SimulatedFault.connectionReset().takingEffect()),

	TRUNCATED("Response cut in half", SimulatedFault.truncated()),

	EMPTY("200 without a body", SimulatedFault.emptyBody()),

	SUCCESS_WITH_ERROR("200 with an error", SimulatedFault.successWithError("It did not work.")),

	NULLS("Nulls in place of values", SimulatedFault.nulls()),

	UNREADABLE_DATES("Unreadable dates", SimulatedFault.unreadableDates());

	private final String label;

	// immutable, but not marked so
	@SuppressWarnings("ImmutableEnumChecker")
	private final SimulatedFault fault;

	ConsoleFault(String label, SimulatedFault fault) {
		this.label = label;
		this.fault = fault;
	}

	String label() {
		return this.label;
	}

	SimulatedFault fault() {
		return this.fault;
	}

	/**
	 * Returns what a fault does. Faults that the console does not offer come from a test.
	 */
	static String describe(SimulatedFault fault) {
		for (ConsoleFault offered : values()) {
			if (offered.fault == fault) {
				return offered.label;
			}
		}
		return fault.description();
	}

}
