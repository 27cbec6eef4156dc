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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.test.SsoSessions.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.util.Assert;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The calls made on behalf of signed-in users, to resources besides single sign-on.
 * Resources are found without the simulator's lock, so that calls count as arrived before
 * they wait for it; answers are to be made under it.
 */
final class ResourceCalls {

	private static final Comparator<SimulatedResource> MOST_SPECIFIC = Comparator.comparing(SimulatedResource::pattern,
			PathPattern.SPECIFICITY_COMPARATOR);

	private final SimulatorState state;

	/**
	 * The resources, the latest first.
	 */
	private volatile List<SimulatedResource> resources = List.of();

	ResourceCalls(SimulatorState state) {
		this.state = state;
	}

	synchronized void add(SimulatedResource resource) {
		Assert.notNull(resource, "resource must not be null");
		Assert.isTrue(SimulatedOperation.of(resource.method(), resource.pattern().getPatternString()) == null,
				() -> "The simulator answers " + resource.method() + " " + resource.pattern().getPatternString()
						+ " itself; use a SimulatedFault to change its answers");
		List<SimulatedResource> resources = new ArrayList<>();
		resources.add(resource);
		this.resources.stream()
			.filter((other) -> !other.method().equals(resource.method()) || !other.pattern().equals(resource.pattern()))
			.forEach(resources::add);
		this.resources = List.copyOf(resources);
	}

	@Nullable SimulatedResource find(String method, String path) {
		return at(path).filter((resource) -> resource.method().equals(method)).min(MOST_SPECIFIC).orElse(null);
	}

	boolean hasPath(String path) {
		return at(path).findAny().isPresent();
	}

	private Stream<SimulatedResource> at(String path) {
		PathContainer container = PathContainer.parsePath(path);
		return this.resources.stream().filter((resource) -> resource.pattern().matches(container));
	}

	SimulatorResponse answer(String path, SimulatorRequest request) {
		SimulatedResource resource = find(request.method(), path);
		// resources are replaced and never removed, so that what was found is there
		Assert.state(resource != null, "There is no such resource");
		return this.state.sessions()
			.withLive(request.header(RestApi.KEY_HEADER), (session) -> answer(resource, path, request, session));
	}

	private SimulatorResponse answer(SimulatedResource resource, String path, SimulatorRequest request,
			Session session) {
		SimulatedUser user = this.state.userOf(session);
		List<String> missing = resource.permissions()
			.stream()
			.filter((permission) -> !user.permissions().contains(permission))
			.toList();
		if (!missing.isEmpty()) {
			return SimulatorResponse.error(403, "This call requires the "
					+ ((missing.size() == 1) ? "permission " : "permissions ") + String.join(", ", missing) + ".",
					"You do not have permission to do this.");
		}
		try {
			return resource.answer(user, PathContainer.parsePath(path), request);
		}
		// whatever a test's own code throws, which the server would not tell of
		catch (RuntimeException | AssertionError ex) {
			return SimulatorResponse.error(500, "No answer could be made for " + resource + ": " + ex,
					"An unexpected error occurred.");
		}
	}

}
