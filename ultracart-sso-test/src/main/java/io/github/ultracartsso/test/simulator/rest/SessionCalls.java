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

package io.github.ultracartsso.test.simulator.rest;

import java.util.function.Function;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.http.ErrorResponses;
import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import io.github.ultracartsso.test.simulator.state.SsoSessions;
import io.github.ultracartsso.test.simulator.state.SsoSessions.Session;

/**
 * Finds the SSO session of a call that is made with a user's key. Runs under the lock of
 * the simulator's state.
 */
final class SessionCalls {

	private final SimulatorState state;

	private final SsoSessions sessions;

	SessionCalls(SimulatorState state) {
		this.state = state;
		this.sessions = state.sessions();
	}

	/**
	 * Responds to a call with a user's key, with a 401 where the session has ended.
	 */
	SimulatorResponse answer(SimulatorRequest request, Function<Session, SimulatorResponse> call) {
		Session session = this.sessions.find(request.header(RestApi.KEY_HEADER));
		if (session == null || session.isRevoked()) {
			return ErrorResponses.error(401);
		}
		if (this.sessions.isExpired(session)) {
			return ErrorResponses.error(401, "The simple key has expired.", "Please sign in again.");
		}
		if (this.state.shows(SimulatedAlternative.SLIDING_KEYS)) {
			this.sessions.extend(session);
		}
		return call.apply(session);
	}

}
