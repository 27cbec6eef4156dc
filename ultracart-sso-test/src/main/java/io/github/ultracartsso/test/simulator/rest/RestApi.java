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

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedCall.Credential;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.http.ErrorResponses;
import io.github.ultracartsso.test.simulator.http.Exchange;
import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.http.UrlEncoded;
import io.github.ultracartsso.test.simulator.state.CallLimits.Refusal;
import io.github.ultracartsso.test.simulator.state.Caller;
import io.github.ultracartsso.test.simulator.state.LoggedCall;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import io.github.ultracartsso.test.simulator.state.SsoSessions.Session;
import org.jspecify.annotations.Nullable;

/**
 * Handles the calls of the simulated REST API: identifies the operation and the
 * credential, applies limits and faults, and records the call. Not part of the API of the
 * test kit.
 */
public final class RestApi {

	public static final String BASE_PATH = "/rest/v2";

	static final String KEY_HEADER = "x-ultracart-simple-key";

	private static final String AUTHORIZATION_HEADER = "Authorization";

	private static final String BEARER = "Bearer ";

	private static final String VERSION_HEADER = "X-UltraCart-Api-Version";

	private static final String REQUEST_ID_HEADER = "X-UltraCart-Request-Id";

	private final SimulatorState state;

	private final SsoCalls ssoCalls;

	private final AccessTokenCalls accessTokenCalls;

	private final ResourceCalls resourceCalls;

	public RestApi(SimulatorState state, LoginPageUrl loginPage) {
		this.state = state;
		SessionCalls sessionCalls = new SessionCalls(state);
		this.ssoCalls = new SsoCalls(state, sessionCalls, loginPage);
		this.accessTokenCalls = new AccessTokenCalls(state);
		this.resourceCalls = new ResourceCalls(state, sessionCalls);
	}

	/**
	 * Adds a resource, or replaces the one with the same method and pattern.
	 * @throws IllegalArgumentException if it is an operation of its own
	 */
	public void addResource(SimulatedResource resource) {
		this.resourceCalls.add(resource);
	}

	/**
	 * Removes all added resources.
	 */
	public void removeResources() {
		this.resourceCalls.clear();
	}

	public static boolean serves(SimulatorRequest request) {
		return request.path().equals(BASE_PATH) || request.path().startsWith(BASE_PATH + "/");
	}

	public SimulatorResponse handle(SimulatorRequest request, Exchange exchange) {
		String path = path(request);
		SimulatedOperation operation = operation(request.method(), path);
		String key = request.header(KEY_HEADER);
		boolean alone = operation == null || this.state.isEarlier(key)
				|| this.state.traffic().begin(operation, caller(request), exchange::isOver);
		synchronized (this.state) {
			// also one that has waited for the lock during the reset
			return this.state.isEarlier(key) ? late() : handle(request, path, operation, alone);
		}
	}

	/**
	 * Refuses a call that belongs to a test before the reset. It is not recorded, because
	 * the calls are those of the present test.
	 */
	private SimulatorResponse late() {
		return ErrorResponses.error(401).header(REQUEST_ID_HEADER, this.state.nextRequestId());
	}

	private Caller caller(SimulatorRequest request) {
		return new Caller(this.state.applicationOf(request.header(KEY_HEADER)), request.remoteAddress());
	}

	private static String path(SimulatorRequest request) {
		return request.path().substring(BASE_PATH.length());
	}

	private @Nullable SimulatedOperation operation(String method, String path) {
		SimulatedOperation operation = Endpoints.find(method, path);
		return (operation == null && this.resourceCalls.find(method, path) != null) ? SimulatedOperation.RESOURCE
				: operation;
	}

	private SimulatorResponse handle(SimulatorRequest request, String path, @Nullable SimulatedOperation operation,
			boolean alone) {
		// before the response, because the call may end the session of the key
		Credential credential = credential(request);
		SimulatorResponse response = (operation != null) ? limited(operation, alone, credential, request)
				: unknown(request.method(), path);
		SimulatedCall call = new SimulatedCall(operation, request.method(), path, credential,
				request.header(VERSION_HEADER) != null, response.status());
		this.state.calls()
			.add(new LoggedCall(this.state.clock().instant(), call, description(credential, request),
					request.remoteAddress()));
		return response.header(REQUEST_ID_HEADER, this.state.nextRequestId());
	}

	private Credential credential(SimulatorRequest request) {
		boolean authorization = request.hasHeader(AUTHORIZATION_HEADER);
		if (!request.hasHeader(KEY_HEADER)) {
			return authorization ? bearerCredential(request.header(AUTHORIZATION_HEADER)) : Credential.NONE;
		}
		String key = request.header(KEY_HEADER);
		// UltraCart does not document which of two credentials counts, so neither does
		if (key == null || authorization) {
			return Credential.UNKNOWN;
		}
		if (this.state.isApplication(key)) {
			return Credential.APPLICATION;
		}
		return (this.state.sessions().find(key) != null) ? Credential.SSO_SESSION : Credential.UNKNOWN;
	}

	private Credential bearerCredential(@Nullable String authorization) {
		return (authorization != null && authorization.startsWith(BEARER)
				&& this.state.oauth().isGranted(authorization.substring(BEARER.length()))) ? Credential.APPLICATION
						: Credential.UNKNOWN;
	}

	/**
	 * Describes the caller without the key.
	 */
	private String description(Credential credential, SimulatorRequest request) {
		Session session = this.state.sessions().find(request.header(KEY_HEADER));
		return switch (credential) {
			case APPLICATION -> "Application";
			case SSO_SESSION -> (session != null) ? session.login() + " (session " + session.number() + ")" : "User";
			case UNKNOWN -> "Unknown credential";
			case NONE -> "No credential";
		};
	}

	/**
	 * Returns whether a call is made with a credential of this merchant.
	 */
	public boolean knows(SimulatorRequest request) {
		synchronized (this.state) {
			Credential credential = credential(request);
			return credential == Credential.APPLICATION || credential == Credential.SSO_SESSION
					|| this.state.oauth().clientId().equals(UrlEncoded.parse(request.body()).getFirst("client_id"));
		}
	}

	private SimulatorResponse limited(SimulatedOperation operation, boolean alone, Credential credential,
			SimulatorRequest request) {
		Refusal concurrent = alone ? null : this.state.limits().refuseConcurrent();
		if (concurrent != null) {
			this.state.traffic().refusedForConcurrency();
			return refused(concurrent);
		}
		boolean counted = credential != Credential.SSO_SESSION
				|| !this.state.shows(SimulatedAlternative.UNCOUNTED_USER_CALLS);
		Refusal exceeded = counted ? this.state.limits().refuseOrCount(caller(request)) : null;
		if (exceeded != null) {
			this.state.traffic().refusedForRate();
			return refused(exceeded);
		}
		SimulatedFault fault = this.state.faults().take(operation);
		return (fault != null) ? fault.apply(() -> normal(operation, credential, request))
				: normal(operation, credential, request);
	}

	private SimulatorResponse refused(Refusal refusal) {
		SimulatorResponse response = ErrorResponses.tooMany(refusal.message())
			.header("UC-REST-ERROR-MERCHANT-ID", this.state.merchantId());
		return this.state.shows(SimulatedAlternative.NO_RETRY_AFTER) ? response
				: response.retryAfter(refusal.retryAfter());
	}

	private SimulatorResponse normal(SimulatedOperation operation, Credential credential, SimulatorRequest request) {
		if (request.header(VERSION_HEADER) == null) {
			return ErrorResponses.error(this.state.shows(SimulatedAlternative.UNAUTHORIZED_WITHOUT_VERSION) ? 401 : 400,
					VERSION_HEADER + " is required.");
		}
		if (operation == SimulatedOperation.ACCESS_TOKEN) {
			return this.accessTokenCalls.answer(request);
		}
		if (operation == SimulatedOperation.RESOURCE && credential == Credential.APPLICATION) {
			return this.resourceCalls.answerApplication(path(request), request);
		}
		boolean refusedToken = request.hasHeader(AUTHORIZATION_HEADER)
				&& this.state.shows(SimulatedAlternative.OAUTH_WITHOUT_SSO);
		if (refusedToken || credential != requiredCredential(operation)) {
			return ErrorResponses.error(401);
		}
		return (operation == SimulatedOperation.RESOURCE) ? this.resourceCalls.answer(path(request), request)
				: this.ssoCalls.answer(operation, request);
	}

	private static Credential requiredCredential(SimulatedOperation operation) {
		return (operation == SimulatedOperation.AUTHORIZE || operation == SimulatedOperation.TOKEN)
				? Credential.APPLICATION : Credential.SSO_SESSION;
	}

	private SimulatorResponse unknown(String method, String path) {
		if (Endpoints.hasPath(path)) {
			return ErrorResponses.error(405, "The method is not allowed.");
		}
		// says who is speaking, because it reads like a mistake of the call otherwise
		return ErrorResponses.error(this.resourceCalls.hasPath(path) ? 405 : 404,
				"The UltraCart simulator has no response to %s %s. Add a SimulatedResource for it, as a bean or with UltraCartSimulator.addResource."
					.formatted(method, path));
	}

}
