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

import io.github.ultracartsso.test.SimulatedCall.Credential;
import org.jspecify.annotations.Nullable;

/**
 * UltraCart's REST API as far as it is simulated: what all calls have in common.
 */
final class RestApi {

	static final String BASE_PATH = "/rest/v2";

	static final String INVALID_CREDENTIALS = "Invalid credentials supplied.";

	static final String KEY_HEADER = "x-ultracart-simple-key";

	private static final String AUTHORIZATION_HEADER = "Authorization";

	static final String VERSION_HEADER = "X-UltraCart-Api-Version";

	private final SimulatorState state;

	private final SsoCalls ssoCalls;

	private final ResourceCalls resourceCalls;

	private final CallTraffic traffic = new CallTraffic();

	RestApi(SimulatorState state, SsoCalls ssoCalls, ResourceCalls resourceCalls) {
		this.state = state;
		this.ssoCalls = ssoCalls;
		this.resourceCalls = resourceCalls;
	}

	static boolean serves(SimulatorRequest request) {
		return request.path().equals(BASE_PATH) || request.path().startsWith(BASE_PATH + "/");
	}

	CallTraffic traffic() {
		return this.traffic;
	}

	SimulatorResponse handle(SimulatorRequest request, Exchange exchange) {
		String path = path(request);
		SimulatedOperation operation = operation(request.method(), path);
		boolean alone = operation == null || this.traffic.begin(operation, exchange);
		synchronized (this.state) {
			return handle(request, path, operation, alone);
		}
	}

	private static String path(SimulatorRequest request) {
		return request.path().substring(BASE_PATH.length());
	}

	private @Nullable SimulatedOperation operation(String method, String path) {
		SimulatedOperation operation = SimulatedOperation.of(method, path);
		return (operation == null && this.resourceCalls.find(method, path) != null) ? SimulatedOperation.RESOURCE
				: operation;
	}

	private SimulatorResponse handle(SimulatorRequest request, String path, @Nullable SimulatedOperation operation,
			boolean alone) {
		// before the answer, which may end the session of the key
		Credential credential = credential(request);
		SimulatorResponse response = (operation != null) ? limited(operation, alone, credential, request)
				: unknown(path);
		this.state.calls()
			.add(new SimulatedCall(operation, request.method(), path, credential,
					request.header(VERSION_HEADER) != null, response.status()));
		return response.header("X-UltraCart-Request-Id", this.state.secrets().requestId());
	}

	private Credential credential(SimulatorRequest request) {
		boolean bearer = request.hasHeader(AUTHORIZATION_HEADER);
		if (!request.hasHeader(KEY_HEADER)) {
			return bearer ? bearerCredential(request) : Credential.NONE;
		}
		String key = request.header(KEY_HEADER);
		// which of two credentials UltraCart prefers is not documented: accept neither
		if (key == null || bearer) {
			return Credential.UNKNOWN;
		}
		if (key.equals(this.state.applicationKey())) {
			return Credential.APPLICATION;
		}
		return (this.state.sessions().find(key) != null) ? Credential.SSO_SESSION : Credential.UNKNOWN;
	}

	private Credential bearerCredential(SimulatorRequest request) {
		return this.state.oauth().isGranted(request.header(AUTHORIZATION_HEADER)) ? Credential.APPLICATION
				: Credential.UNKNOWN;
	}

	private SimulatorResponse limited(SimulatedOperation operation, boolean alone, Credential credential,
			SimulatorRequest request) {
		SimulatorResponse refusal = alone ? null : this.state.limits().refuseConcurrent();
		if (refusal != null) {
			this.traffic.refusedForConcurrency();
			return refusal;
		}
		refusal = this.state.limits().refuseOrCount();
		if (refusal != null) {
			this.traffic.refusedForRate();
			return refusal;
		}
		return faulty(operation, credential, request);
	}

	private SimulatorResponse faulty(SimulatedOperation operation, Credential credential, SimulatorRequest request) {
		SimulatedFault fault = this.state.faults().take(operation);
		return (fault != null) ? fault.apply(() -> normal(operation, credential, request))
				: normal(operation, credential, request);
	}

	private SimulatorResponse normal(SimulatedOperation operation, Credential credential, SimulatorRequest request) {
		if (request.header(VERSION_HEADER) == null) {
			return SimulatorResponse.error(400, VERSION_HEADER + " is required.");
		}
		if (operation == SimulatedOperation.ACCESS_TOKEN) {
			return this.state.oauth().answer(request);
		}
		Credential demanded = operation.isApplicationCall() ? Credential.APPLICATION : Credential.SSO_SESSION;
		if (credential != demanded) {
			return SimulatorResponse.error(401, INVALID_CREDENTIALS);
		}
		return (operation == SimulatedOperation.RESOURCE) ? this.resourceCalls.answer(path(request), request)
				: this.ssoCalls.answer(operation, request);
	}

	private SimulatorResponse unknown(String path) {
		return (SimulatedOperation.hasPath(path) || this.resourceCalls.hasPath(path))
				? SimulatorResponse.error(405, "The method is not allowed.")
				: SimulatorResponse.error(404, "The resource was not found.");
	}

}
