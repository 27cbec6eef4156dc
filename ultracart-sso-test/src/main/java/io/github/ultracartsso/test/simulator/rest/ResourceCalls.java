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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.http.ErrorResponses;
import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.http.UrlEncoded;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;

/**
 * The calls of signed-in users and of the application to the resources that a test has
 * added. Resources are found without the lock of the simulator's state, so that a call
 * counts as arrived before it waits for the lock; responses are made under it.
 */
final class ResourceCalls {

	private static final Comparator<SimulatedResource> MOST_SPECIFIC = Comparator.comparing(SimulatedResource::pattern,
			PathPattern.SPECIFICITY_COMPARATOR);

	private final SimulatorState state;

	private final SessionCalls sessionCalls;

	/**
	 * The resources, the latest first.
	 */
	private volatile List<SimulatedResource> resources = List.of();

	ResourceCalls(SimulatorState state, SessionCalls sessionCalls) {
		this.state = state;
		this.sessionCalls = sessionCalls;
	}

	synchronized void add(SimulatedResource resource) {
		Assert.notNull(resource, "resource must not be null");
		Assert.isTrue(Endpoints.find(resource.method().name(), resource.pattern().getPatternString()) == null,
				() -> "The simulator answers " + resource.method() + " " + resource.pattern().getPatternString()
						+ " itself; use a SimulatedFault to change its answers");
		List<SimulatedResource> resources = new ArrayList<>();
		resources.add(resource);
		this.resources.stream()
			.filter((other) -> !other.method().equals(resource.method()) || !other.pattern().equals(resource.pattern()))
			.forEach(resources::add);
		this.resources = List.copyOf(resources);
	}

	synchronized void clear() {
		this.resources = List.of();
	}

	@Nullable SimulatedResource find(String method, String path) {
		return at(path).filter((resource) -> resource.method().matches(method)).min(MOST_SPECIFIC).orElse(null);
	}

	boolean hasPath(String path) {
		return at(path).findAny().isPresent();
	}

	private Stream<SimulatedResource> at(String path) {
		PathContainer container = PathContainer.parsePath(path);
		return this.resources.stream().filter((resource) -> resource.pattern().matches(container));
	}

	/**
	 * Responds to a call that is made with a user's key.
	 */
	SimulatorResponse answer(String path, SimulatorRequest request) {
		SimulatedResource resource = require(request.method(), path);
		return this.sessionCalls.answer(request,
				(session) -> answer(resource, path, request, this.state.userOf(session)));
	}

	/**
	 * Responds to a call that is made with the application's credential.
	 */
	SimulatorResponse answerApplication(String path, SimulatorRequest request) {
		SimulatedResource resource = require(request.method(), path);
		return respond(resource, resourceRequest(resource, path, request, null));
	}

	private SimulatedResource require(String method, String path) {
		SimulatedResource resource = find(method, path);
		// resources are removed only while the application restarts
		Assert.state(resource != null, "There is no such resource");
		return resource;
	}

	private static SimulatorResponse answer(SimulatedResource resource, String path, SimulatorRequest request,
			SimulatedUser user) {
		List<String> missing = resource.permissions()
			.stream()
			.filter((permission) -> !user.permissions().contains(permission))
			.toList();
		if (!missing.isEmpty()) {
			return ErrorResponses.error(403, "This call requires the "
					+ ((missing.size() == 1) ? "permission " : "permissions ") + String.join(", ", missing) + ".",
					"You do not have permission to do this.");
		}
		return respond(resource, resourceRequest(resource, path, request, user));
	}

	private static SimulatorResponse respond(SimulatedResource resource, ResourceRequest request) {
		try {
			return response(resource.respond(request));
		}
		// from the test's own code; the server would not show it
		catch (RuntimeException | AssertionError ex) {
			return ErrorResponses.error(500, "No answer could be made for " + resource + ": " + ex,
					"An unexpected error occurred.");
		}
	}

	private static ResourceRequest resourceRequest(SimulatedResource resource, String path, SimulatorRequest request,
			@Nullable SimulatedUser user) {
		PathMatchInfo match = resource.pattern().matchAndExtract(PathContainer.parsePath(path));
		return new ResourceRequest(user, (match != null) ? match.getUriVariables() : Map.of(),
				UrlEncoded.parse(request.query()), request.body());
	}

	private static SimulatorResponse response(ResponseEntity<? extends @Nullable String> entity) {
		int status = entity.getStatusCode().value();
		String body = entity.getBody();
		SimulatorResponse response;
		if (body != null) {
			response = SimulatorResponse.status(status).header("Content-Type", SimulatorResponse.JSON).body(body);
		}
		else {
			response = (status >= 400) ? ErrorResponses.error(status) : SimulatorResponse.status(status);
		}
		for (String name : entity.getHeaders().headerNames()) {
			response = response.header(name, String.join(", ", entity.getHeaders().getOrEmpty(name)));
		}
		return response;
	}

	private record ResourceRequest(@Nullable SimulatedUser caller, Map<String, String> variables,
			MultiValueMap<String, String> query, String body) implements SimulatedResource.Request {

		@Override
		public boolean isMadeByApplication() {
			return this.caller == null;
		}

		@Override
		public SimulatedUser user() {
			Assert.state(this.caller != null, "The application makes the call as itself, not for a user");
			return this.caller;
		}

		@Override
		public String variable(String name) {
			String value = this.variables.get(name);
			Assert.notNull(value, () -> "The pattern has no variable '" + name + "'");
			return value;
		}

		@Override
		public @Nullable String parameter(String name) {
			return this.query.getFirst(name);
		}

		@Override
		public List<String> parameters(String name) {
			return List.copyOf(this.query.getOrDefault(name, List.of()));
		}

	}

}
