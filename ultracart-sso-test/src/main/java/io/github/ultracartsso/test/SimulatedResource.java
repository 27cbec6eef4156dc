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

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A resource of UltraCart's REST API besides single sign-on, such as the orders, for the
 * calls an application makes with the key of a signed-in user. Each method returns a
 * resource that differs by one thing:
 *
 * <pre class="code">
 * SimulatedResource.get("/order/orders").permission("View Orders").json("{\"orders\":[]}")
 * SimulatedResource.delete("/order/orders/{order_id}").permission("Delete Order")
 * SimulatedResource.get("/order/orders/{order_id}").answer((request) -&gt;
 *     request.variable("order_id").equals("DEMO-1") ? ResponseEntity.ok("{\"order\":{}}")
 *         : ResponseEntity.notFound().build())
 * </pre>
 * <p>
 * Without an answer of its own a resource answers 204. Only a key of an SSO session that
 * is alive is accepted: any other credential is answered as when reading the user, and a
 * user who lacks a permission gets a 403.
 * <p>
 * Immutable.
 *
 * @since 0.1
 * @see UltraCartSimulator#addResource(SimulatedResource)
 */
public final class SimulatedResource {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpMethod method;

	private final PathPattern pattern;

	private final Set<String> permissions;

	private final @Nullable Integer status;

	private final @Nullable String json;

	private final @Nullable Function<Request, ResponseEntity<String>> answer;

	private SimulatedResource(HttpMethod method, PathPattern pattern, Set<String> permissions, @Nullable Integer status,
			@Nullable String json, @Nullable Function<Request, ResponseEntity<String>> answer) {
		this.method = method;
		this.pattern = pattern;
		this.permissions = permissions;
		this.status = status;
		this.json = json;
		this.answer = answer;
	}

	/**
	 * A resource that is read.
	 * @param pattern the path, see {@link #of(HttpMethod, String)}
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is no pattern of a path
	 */
	public static SimulatedResource get(String pattern) {
		return of(HttpMethod.GET, pattern);
	}

	/**
	 * A resource that is posted to.
	 * @param pattern the path, see {@link #of(HttpMethod, String)}
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is no pattern of a path
	 */
	public static SimulatedResource post(String pattern) {
		return of(HttpMethod.POST, pattern);
	}

	/**
	 * A resource that is put.
	 * @param pattern the path, see {@link #of(HttpMethod, String)}
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is no pattern of a path
	 */
	public static SimulatedResource put(String pattern) {
		return of(HttpMethod.PUT, pattern);
	}

	/**
	 * A resource that is deleted.
	 * @param pattern the path, see {@link #of(HttpMethod, String)}
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is no pattern of a path
	 */
	public static SimulatedResource delete(String pattern) {
		return of(HttpMethod.DELETE, pattern);
	}

	/**
	 * A resource that is called with any method.
	 * @param method the method
	 * @param pattern the path below {@link UltraCartSimulator#baseUrl()}, without a
	 * query, such as {@code /order/orders/{order_id}}: a {@link PathPattern}, of which
	 * the most specific one is taken where several match
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is no pattern of a path
	 */
	public static SimulatedResource of(HttpMethod method, String pattern) {
		Assert.notNull(method, "method must not be null");
		Assert.isTrue(pattern != null && pattern.startsWith("/") && !pattern.contains("?"),
				() -> "pattern must be a path that begins with a slash and has no query, but was '" + pattern + "'");
		Assert.isTrue(!pattern.startsWith(RestApi.BASE_PATH + "/"),
				() -> "pattern must be a path below the base URL: leave " + RestApi.BASE_PATH + " out");
		return new SimulatedResource(method, PathPatternParser.defaultInstance.parse(pattern), Set.of(), null, null,
				null);
	}

	/**
	 * Demands a permission of the user, besides those demanded already.
	 * @param permission the name in UltraCart's spelling, such as {@code View Orders}
	 * @return the resource for users with the permission
	 * @throws IllegalArgumentException if the name has no text
	 */
	public SimulatedResource permission(String permission) {
		Assert.hasText(permission, "permission must not be empty");
		Set<String> permissions = new LinkedHashSet<>(this.permissions);
		permissions.add(permission);
		return new SimulatedResource(this.method, this.pattern, Collections.unmodifiableSet(permissions), this.status,
				this.json, this.answer);
	}

	/**
	 * Sets the JSON of the answer, whose status is 200 unless {@link #status(int)} says
	 * otherwise. For broken answers there is {@link SimulatedFault}.
	 * @param json the JSON
	 * @return the resource with this body
	 * @throws IllegalArgumentException if the text is no JSON
	 */
	public SimulatedResource json(String json) {
		Assert.hasText(json, "json must not be empty");
		try {
			JSON.readTree(json);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("json must be JSON; use a SimulatedFault for a broken answer", ex);
		}
		return new SimulatedResource(this.method, this.pattern, this.permissions, this.status, json, null);
	}

	/**
	 * Sets the status of the answer. An error without a body gets that of UltraCart's
	 * errors.
	 * @param status the status, 200 to 599
	 * @return the resource with this status
	 * @throws IllegalArgumentException if the status is out of range
	 */
	public SimulatedResource status(int status) {
		Assert.isTrue(status >= 200 && status <= 599, () -> "status must be 200 to 599 but was " + status);
		return new SimulatedResource(this.method, this.pattern, this.permissions, status, this.json, null);
	}

	/**
	 * Has the answer made for each call, in place of {@link #json(String)} and
	 * {@link #status(int)}. A body is JSON unless the answer's headers say otherwise, and
	 * an error without a body gets that of UltraCart's errors. Where no answer can be
	 * made the call gets a 500 that says why. One answer is made at a time; to hold one
	 * back there is {@link SimulatedFault#delay}.
	 * @param answer makes the answer
	 * @return the resource with these answers
	 */
	public SimulatedResource answer(Function<Request, ResponseEntity<String>> answer) {
		Assert.notNull(answer, "answer must not be null");
		return new SimulatedResource(this.method, this.pattern, this.permissions, null, null, answer);
	}

	String method() {
		return this.method.name();
	}

	PathPattern pattern() {
		return this.pattern;
	}

	Set<String> permissions() {
		return this.permissions;
	}

	/**
	 * Makes the answer for a user who may call the resource.
	 */
	SimulatorResponse answer(SimulatedUser user, PathContainer path, SimulatorRequest request) {
		if (this.answer == null) {
			int status = (this.status != null) ? this.status : (this.json != null) ? 200 : 204;
			return response(ResponseEntity.status(status).body(this.json));
		}
		PathMatchInfo match = this.pattern.matchAndExtract(path);
		Map<String, String> variables = (match != null) ? match.getUriVariables() : Map.of();
		ResponseEntity<String> entity = this.answer
			.apply(new Request(user, variables, UrlEncoded.parse(request.query()), request.body()));
		Assert.state(entity != null, "there is none");
		return response(entity);
	}

	private static SimulatorResponse response(ResponseEntity<? extends @Nullable String> entity) {
		int status = entity.getStatusCode().value();
		String body = entity.getBody();
		SimulatorResponse response;
		if (body != null) {
			response = SimulatorResponse.status(status).header("Content-Type", SimulatorResponse.JSON).body(body);
		}
		else {
			SimulatorResponse empty = SimulatorResponse.status(status);
			response = (status >= 400) ? SimulatedFault.status(status).apply(() -> empty) : empty;
		}
		for (String name : entity.getHeaders().headerNames()) {
			response = response.header(name, String.join(", ", entity.getHeaders().getOrEmpty(name)));
		}
		return response;
	}

	/**
	 * Returns the method and the pattern.
	 */
	@Override
	public String toString() {
		return "SimulatedResource[" + this.method + " " + this.pattern.getPatternString() + "]";
	}

	/**
	 * A call to a resource. It holds no key.
	 *
	 * @since 0.1
	 */
	public static final class Request {

		private final SimulatedUser user;

		private final Map<String, String> variables;

		private final MultiValueMap<String, String> parameters;

		private final String body;

		private Request(SimulatedUser user, Map<String, String> variables, MultiValueMap<String, String> parameters,
				String body) {
			this.user = user;
			this.variables = variables;
			this.parameters = parameters;
			this.body = body;
		}

		/**
		 * Returns the user on whose behalf the call is made.
		 * @return the user as of now, with a number
		 */
		public SimulatedUser user() {
			return this.user;
		}

		/**
		 * Returns what stands in the path for a variable of the pattern.
		 * @param name the name of the variable
		 * @return the decoded value
		 * @throws IllegalArgumentException if the pattern has no such variable
		 */
		public String variable(String name) {
			String value = this.variables.get(name);
			Assert.notNull(value, () -> "The pattern has no variable '" + name + "'");
			return value;
		}

		/**
		 * Returns a parameter of the query.
		 * @param name the name of the parameter
		 * @return the decoded value, the first one where there are several, {@code null}
		 * where there is none
		 */
		public @Nullable String parameter(String name) {
			return this.parameters.getFirst(name);
		}

		/**
		 * Returns all values of a parameter of the query.
		 * @param name the name of the parameter
		 * @return the decoded values in their order, empty where there is none
		 */
		public List<String> parameters(String name) {
			return List.copyOf(this.parameters.getOrDefault(name, List.of()));
		}

		/**
		 * Returns the body.
		 * @return the body, empty where there is none
		 */
		public String body() {
			return this.body;
		}

	}

}
