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

import java.util.Map;

import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.jspecify.annotations.Nullable;

/**
 * The method and path of each operation that is not a resource.
 */
final class Endpoints {

	private static final Map<String, Endpoint> BY_PATH = Map.of("/sso/authorize",
			new Endpoint("PUT", SimulatedOperation.AUTHORIZE), "/sso/token",
			new Endpoint("PUT", SimulatedOperation.TOKEN), "/sso/session/user",
			new Endpoint("GET", SimulatedOperation.SESSION_USER), "/sso/session/revoke",
			new Endpoint("DELETE", SimulatedOperation.SESSION_REVOKE), "/oauth/token",
			new Endpoint("POST", SimulatedOperation.ACCESS_TOKEN));

	private Endpoints() {
	}

	static @Nullable SimulatedOperation find(String method, String path) {
		Endpoint endpoint = BY_PATH.get(path);
		return (endpoint != null && endpoint.method().equals(method)) ? endpoint.operation() : null;
	}

	static boolean hasPath(String path) {
		return BY_PATH.containsKey(path);
	}

	private record Endpoint(String method, SimulatedOperation operation) {
	}

}
