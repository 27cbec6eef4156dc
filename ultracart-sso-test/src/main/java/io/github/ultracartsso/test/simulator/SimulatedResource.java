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

package io.github.ultracartsso.test.simulator;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A resource of UltraCart's REST API besides single sign-on, such as the orders, for the
 * calls an application makes with the key of a signed-in user or with its own credential.
 * Each method returns a resource that differs in one respect:
 *
 * <pre class="code">
 * SimulatedResource.get("/order/orders").permission("View Orders").json("{\"orders\":[]}")
 * SimulatedResource.delete("/order/orders/{order_id}").permission("Delete Order")
 * SimulatedResource.get("/order/orders/{order_id}").answer((request) -&gt;
 *     request.variable("order_id").equals("DEMO-1") ? ResponseEntity.ok("{\"order\":{}}")
 *         : ResponseEntity.notFound().build())
 * </pre>
 * <p>
 * By default a resource responds with 204. It accepts the key of a live SSO session and
 * the credential of the application: others are refused as they are when the user is
 * read. A user who lacks a permission gets a 403. The application has all permissions; to
 * refuse its calls, compute a response for {@link Request#isMadeByApplication() them}.
 * <p>
 * Immutable.
 *
 * @since 0.1
 * @see io.github.ultracartsso.test.UltraCartSimulator#addResource(SimulatedResource)
 */
public final class SimulatedResource {

	private static final String BASE_PATH = "/rest/v2";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpMethod method;

	private final PathPattern pattern;

	private final Set<String> permissions;

	private final Function<Request, ResponseEntity<String>> answer;

	private SimulatedResource(HttpMethod method, PathPattern pattern, Set<String> permissions,
			Function<Request, ResponseEntity<String>> answer) {
		this.method = method;
		this.pattern = pattern;
		this.permissions = permissions;
		this.answer = answer;
	}

	/**
	 * A resource that is called with GET.
	 * @param pattern the path, see {@link #of(HttpMethod, String)}
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is not the pattern of a path
	 */
	public static SimulatedResource get(String pattern) {
		return of(HttpMethod.GET, pattern);
	}

	/**
	 * A resource that is called with POST.
	 * @param pattern the path, see {@link #of(HttpMethod, String)}
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is not the pattern of a path
	 */
	public static SimulatedResource post(String pattern) {
		return of(HttpMethod.POST, pattern);
	}

	/**
	 * A resource that is called with PUT.
	 * @param pattern the path, see {@link #of(HttpMethod, String)}
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is not the pattern of a path
	 */
	public static SimulatedResource put(String pattern) {
		return of(HttpMethod.PUT, pattern);
	}

	/**
	 * A resource that is called with DELETE.
	 * @param pattern the path, see {@link #of(HttpMethod, String)}
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is not the pattern of a path
	 */
	public static SimulatedResource delete(String pattern) {
		return of(HttpMethod.DELETE, pattern);
	}

	/**
	 * A resource that is called with any method.
	 * @param method the method
	 * @param pattern the path below the simulator's base URL, without a query, such as
	 * {@code /order/orders/{order_id}}: a {@link PathPattern}, of which the most specific
	 * one is used where several match
	 * @return the resource
	 * @throws IllegalArgumentException if the pattern is not the pattern of a path
	 */
	public static SimulatedResource of(HttpMethod method, String pattern) {
		Assert.notNull(method, "method must not be null");
		Assert.isTrue(pattern != null && pattern.startsWith("/") && !pattern.contains("?"),
				() -> "pattern must be a path that begins with a slash and has no query, but was '" + pattern + "'");
		Assert.isTrue(!pattern.startsWith(BASE_PATH + "/"),
				() -> "pattern must be a path below the base URL: leave " + BASE_PATH + " out");
		return new SimulatedResource(method, PathPatternParser.defaultInstance.parse(pattern), Set.of(),
				FixedAnswer.DEFAULT);
	}

	/**
	 * Requires a permission of the user, if the call is made for one, in addition to
	 * those required already.
	 * @param permission the name in UltraCart's spelling, such as {@code View Orders}
	 * @return the resource for users with the permission
	 * @throws IllegalArgumentException if the name has no text
	 */
	public SimulatedResource permission(String permission) {
		Assert.hasText(permission, "permission must not be empty");
		Set<String> permissions = new LinkedHashSet<>(this.permissions);
		permissions.add(permission);
		return new SimulatedResource(this.method, this.pattern, Collections.unmodifiableSet(permissions), this.answer);
	}

	/**
	 * Sets the JSON of the response, whose status is 200 unless {@link #status(int)} sets
	 * another one. For broken responses use a {@link SimulatedFault}.
	 * @param json the JSON
	 * @return the resource with this body
	 * @throws IllegalArgumentException if the text is not JSON
	 */
	public SimulatedResource json(String json) {
		Assert.hasText(json, "json must not be empty");
		try {
			JSON.readTree(json);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("json must be JSON; use a SimulatedFault for a broken response", ex);
		}
		return answering(new FixedAnswer(fixedAnswer().status(), json));
	}

	/**
	 * Sets the status of the response. An error without a body gets the body of
	 * UltraCart's errors.
	 * @param status the status, 200 to 599
	 * @return the resource with this status
	 * @throws IllegalArgumentException if the status is out of range
	 */
	public SimulatedResource status(int status) {
		Assert.isTrue(status >= 200 && status <= 599, () -> "status must be 200 to 599 but was " + status);
		return answering(new FixedAnswer(status, fixedAnswer().json()));
	}

	private FixedAnswer fixedAnswer() {
		return (this.answer instanceof FixedAnswer fixed) ? fixed : FixedAnswer.DEFAULT;
	}

	/**
	 * Computes the response to each call, in place of {@link #json(String)} and
	 * {@link #status(int)}. A body is JSON unless the headers have another content type,
	 * and an error without a body gets the body of UltraCart's errors. Where the function
	 * fails, the call gets a 500 that says why. The function runs for one call at a time;
	 * to delay a response use {@link SimulatedFault#delay}.
	 * @param answer computes the response
	 * @return the resource with these responses
	 */
	public SimulatedResource answer(Function<Request, ResponseEntity<String>> answer) {
		Assert.notNull(answer, "answer must not be null");
		return answering(answer);
	}

	private SimulatedResource answering(Function<Request, ResponseEntity<String>> answer) {
		return new SimulatedResource(this.method, this.pattern, this.permissions, answer);
	}

	/**
	 * Returns the method the resource is called with.
	 * @return the method
	 */
	public HttpMethod method() {
		return this.method;
	}

	/**
	 * Returns the pattern of the paths the resource is found at.
	 * @return the pattern
	 */
	public PathPattern pattern() {
		return this.pattern;
	}

	/**
	 * Returns the permissions a user needs.
	 * @return an unmodifiable set of names in UltraCart's spelling
	 */
	public Set<String> permissions() {
		return this.permissions;
	}

	/**
	 * Computes the response to a call whose caller has the permissions. Not part of the
	 * API: the simulator calls it.
	 * @param request the call
	 * @return the response
	 * @throws IllegalStateException if the function of {@link #answer(Function)} returned
	 * {@code null}
	 */
	public ResponseEntity<String> respond(Request request) {
		ResponseEntity<String> response = this.answer.apply(request);
		Assert.state(response != null, "the function returned null");
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
	 * The same response for each call.
	 */
	private record FixedAnswer(@Nullable Integer status,
			@Nullable String json) implements Function<Request, ResponseEntity<String>> {

		private static final FixedAnswer DEFAULT = new FixedAnswer(null, null);

		@Override
		public ResponseEntity<String> apply(Request request) {
			int defaultStatus = (this.json != null) ? 200 : 204;
			return ResponseEntity.status((this.status != null) ? this.status : defaultStatus).body(this.json);
		}

	}

	/**
	 * A call to a resource. It holds no key.
	 *
	 * @since 0.1
	 */
	public interface Request {

		/**
		 * Returns whether the call is made with the application's credential, and not
		 * with a user's key.
		 * @return {@code true} if the application makes it as itself
		 */
		boolean isMadeByApplication();

		/**
		 * Returns the user on whose behalf the call is made.
		 * @return the user at the time of the call, with a user id
		 * @throws IllegalStateException if the application makes the call as itself
		 */
		SimulatedUser user();

		/**
		 * Returns the part of the path that a variable of the pattern stands for.
		 * @param name the name of the variable
		 * @return the decoded value
		 * @throws IllegalArgumentException if the pattern has no such variable
		 */
		String variable(String name);

		/**
		 * Returns a parameter of the query.
		 * @param name the name of the parameter
		 * @return the decoded value, the first one where there are several, {@code null}
		 * where there is none
		 */
		@Nullable String parameter(String name);

		/**
		 * Returns all values of a parameter of the query.
		 * @param name the name of the parameter
		 * @return the decoded values in their order, empty where there is none
		 */
		List<String> parameters(String name);

		/**
		 * Returns the body.
		 * @return the body, empty where there is none
		 */
		String body();

	}

}
