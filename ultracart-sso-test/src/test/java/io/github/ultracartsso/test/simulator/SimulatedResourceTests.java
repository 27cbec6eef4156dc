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

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedCall.Credential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SimulatedResource}, with calls over HTTP.
 */
@Timeout(30)
class SimulatedResourceTests {

	private static final String ORDERS = "{\"orders\":[{\"order_id\":\"DEMO-1\"}]}";

	private static final SimulatedUser JANE = SimulatedUser.withLogin("Jane!ops").permission("View Orders").build();

	private final MutableClock clock = new MutableClock("2026-11-21T16:16:50Z");

	private final UltraCartSimulator simulator = UltraCartSimulator.builder()
		.clock(this.clock)
		.start()
		.addUser(JANE)
		.addUser(SimulatedUser.withLogin("joe").build())
		.addResource(SimulatedResource.get("/order/orders").permission("View Orders").json(ORDERS));

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void callWhenUserHasPermissionThenJson() {
		HttpResponse<String> response = get("/order/orders", this.client.signIn("Jane!ops"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(ORDERS);
		assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json; charset=UTF-8");
		assertThat(response.headers().firstValue("X-UltraCart-Request-Id").orElse("")).matches("[0-9A-F]{31}");
		assertThat(this.simulator.calls(SimulatedOperation.RESOURCE)).containsExactly(new SimulatedCall(
				SimulatedOperation.RESOURCE, "GET", "/order/orders", Credential.SSO_SESSION, true, 200));
	}

	@Test
	void callWhenUserLacksPermissionThenForbidden() {
		HttpResponse<String> response = get("/order/orders", this.client.signIn("joe"));
		TestClient.assertRefused(response, 403, "This call requires the permission View Orders.");
		assertThat(TestClient.json(response).path("error").path("user_message").stringValue())
			.isEqualTo("You do not have permission to do this.");
	}

	@Test
	void callWhenPermissionGivenOrTakenThenNextCallFollows() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.updateUser(JANE.toBuilder().withoutPermission("View Orders").build());
		assertThat(get("/order/orders", key).statusCode()).isEqualTo(403);
		this.simulator.updateUser(JANE);
		assertThat(get("/order/orders", key).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenSeveralPermissionsThenAllRequired() {
		this.simulator.addResource(SimulatedResource.get("/order/orders")
			.permission("View Orders")
			.permission("Access Reports")
			.permission("Edit Orders")
			.json(ORDERS));
		TestClient.assertRefused(get("/order/orders", this.client.signIn("Jane!ops")), 403,
				"This call requires the permissions Access Reports, Edit Orders.");
		SimulatedUser anna = SimulatedUser.withLogin("Anna")
			.permissions("View Orders", "Access Reports", "Edit Orders")
			.build();
		assertThat(get("/order/orders", key(anna)).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenNoPermissionRequiredThenAnySignedInUser() {
		this.simulator.addResource(SimulatedResource.get("/order/orders").json(ORDERS));
		assertThat(get("/order/orders", this.client.signIn("joe")).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenVersionHeaderMissingThenBadRequest() {
		HttpResponse<String> response = this.client.send(this.client.request("/order/orders")
			.header("x-ultracart-simple-key", this.client.signIn("Jane!ops"))
			.GET());
		TestClient.assertRefused(response, 400, "X-UltraCart-Api-Version is required.");
	}

	@Test
	void callWhenApplicationMakesItAsItselfThenAnsweredWithoutUser() {
		this.simulator.addResource(SimulatedResource.get("/order/orders").permission("View Orders").json(ORDERS));
		assertThat(get("/order/orders", this.simulator.applicationKey()).body()).isEqualTo(ORDERS);
		this.simulator.addResource(SimulatedResource.get("/order/orders")
			.answer((request) -> request.isMadeByApplication() ? ResponseEntity.status(403).build()
					: ResponseEntity.ok("{\"login\": \"" + request.user().login() + "\"}")));
		assertThat(get("/order/orders", this.simulator.applicationKey()).statusCode()).isEqualTo(403);
		assertThat(get("/order/orders", this.client.signIn("Jane!ops")).body()).contains("Jane!ops");
		this.simulator.addResource(
				SimulatedResource.get("/order/orders").answer((request) -> ResponseEntity.ok(request.user().login())));
		assertThat(get("/order/orders", this.simulator.applicationKey()).body())
			.contains("The application makes the call as itself, not for a user");
	}

	@Test
	void callWhenKeyUnknownThenUnauthorized() {
		TestClient.assertRefused(get("/order/orders", "wrong"), 401, "Invalid credentials supplied.");
		TestClient.assertRefused(this.client.send(this.client.call("/order/orders", null).GET()), 401,
				"Invalid credentials supplied.");
		assertThat(this.simulator.calls()).extracting(SimulatedCall::credential)
			.containsExactly(Credential.UNKNOWN, Credential.NONE);
	}

	@Test
	void callWhenTwoCredentialsThenUnauthorized() {
		HttpResponse<String> response = this.client
			.send(this.client.call("/order/orders", this.client.signIn("Jane!ops"))
				.header("Authorization", "Bearer some-token")
				.GET());
		TestClient.assertRefused(response, 401, "Invalid credentials supplied.");
	}

	@Test
	void callWhenKeyRevokedThenUnauthorized() {
		String key = this.client.signIn("Jane!ops");
		this.client.revoke(key);
		TestClient.assertRefused(get("/order/orders", key), 401, "Invalid credentials supplied.");
	}

	@Test
	void callWhenKeyExpiredThenUnauthorized() {
		String key = this.client.signIn("Jane!ops");
		this.clock.advance(Duration.ofHours(24));
		TestClient.assertRefused(get("/order/orders", key), 401, "The simple key has expired.");
	}

	@Test
	void callWhenPathUnknownThenNotFound() {
		String key = this.client.signIn("Jane!ops");
		for (String path : new String[] { "", "/order", "/order/orders/DEMO-1", "/order/ordersx", "/order/orders/" }) {
			TestClient.assertRefused(get(path, key), 404, unknown("GET " + path));
		}
		assertThat(this.simulator.calls()).last().extracting(SimulatedCall::operation).isNull();
	}

	@Test
	void callWhenMethodAnotherThenNotAllowed() {
		HttpResponse<String> response = this.client
			.send(this.client.call("/order/orders", this.client.signIn("Jane!ops")).DELETE());
		TestClient.assertRefused(response, 405, unknown("DELETE /order/orders"));
		assertThat(this.simulator.calls(SimulatedOperation.RESOURCE)).isEmpty();
	}

	private static String unknown(String call) {
		return "The UltraCart simulator has no response to " + call
				+ ". Add a SimulatedResource for it, as a bean or with UltraCartSimulator.addResource.";
	}

	@Test
	void methodsWhenCalledThenEachHasItsAnswer() {
		this.simulator
			.addResource(SimulatedResource.post("/order/orders").status(201).json("{\"order_id\":\"DEMO-2\"}"))
			.addResource(SimulatedResource.put("/order/orders").json("[]").status(202))
			.addResource(SimulatedResource.delete("/order/orders"))
			.addResource(SimulatedResource.of(HttpMethod.PATCH, "/order/orders").status(200));
		String key = this.client.signIn("Jane!ops");
		assertAnswer(call("POST", "/order/orders", key), 201, "{\"order_id\":\"DEMO-2\"}");
		assertAnswer(call("PUT", "/order/orders", key), 202, "[]");
		assertAnswer(call("DELETE", "/order/orders", key), 204, "");
		assertAnswer(call("PATCH", "/order/orders", key), 200, "");
		assertAnswer(call("GET", "/order/orders", key), 200, ORDERS);
	}

	@Test
	void statusWhenErrorWithoutBodyThenErrorOfUltraCart() {
		this.simulator.addResource(SimulatedResource.get("/order/orders").status(410));
		TestClient.assertRefused(get("/order/orders", this.client.signIn("Jane!ops")), 410,
				"Your authorized application has been disabled by UltraCart");
	}

	@Test
	void answerWhenCalledThenSeesRequestAndUser() {
		this.simulator.addResource(SimulatedResource.post("/order/orders/{order_id}/{part}")
			.answer((request) -> ResponseEntity.ok(String.join("|", request.variable("order_id"),
					request.variable("part"), String.valueOf(request.parameter("_expand")),
					request.parameters("tag").toString(), String.valueOf(request.parameter("other")), request.body(),
					request.user().login(), String.valueOf(request.user().userId())))));
		HttpResponse<String> response = this.client.send(
				this.client
					.call("/order/orders/DEMO%2F1/caf%C3%A9?_expand=items,%20payment&tag=a+b&tag=c&tag&=x",
							this.client.signIn("Jane!ops"))
					.POST(BodyPublishers.ofString("{\"x\":\"é\"}")));
		assertAnswer(response, 200, "DEMO/1|café|items, payment|[a b, c, ]|null|{\"x\":\"é\"}|Jane!ops|184223");
		assertThat(this.simulator.calls()).last()
			.extracting(SimulatedCall::path)
			.isEqualTo("/order/orders/DEMO%2F1/caf%C3%A9");
	}

	@Test
	void answerWhenHeadersGivenThenSent() {
		this.simulator.addResource(SimulatedResource.get("/order/orders")
			.answer((request) -> ResponseEntity.ok()
				.header("Content-Type", "text/csv")
				.header("X-More", "1", "2")
				.body("order_id\nDEMO-1")));
		HttpResponse<String> response = get("/order/orders", this.client.signIn("Jane!ops"));
		assertAnswer(response, 200, "order_id\nDEMO-1");
		assertThat(response.headers().allValues("Content-Type")).containsExactly("text/csv");
		assertThat(response.headers().allValues("X-More")).containsExactly("1, 2");
	}

	@Test
	void answerWhenErrorWithoutBodyThenErrorOfUltraCart() {
		this.simulator
			.addResource(SimulatedResource.get("/order/orders").answer((request) -> ResponseEntity.notFound().build()));
		TestClient.assertRefused(get("/order/orders", this.client.signIn("Jane!ops")), 404,
				"The request failed with status 404.");
	}

	@Test
	void answerWhenNoneCanBeMadeThenServerErrorSaysWhy() {
		this.simulator.addResource(SimulatedResource.get("/order/orders/{id}")
			.answer((request) -> ResponseEntity.ok(request.variable("order_id"))));
		TestClient.assertRefused(get("/order/orders/1", this.client.signIn("Jane!ops")), 500,
				"No answer could be made for SimulatedResource[GET /order/orders/{id}]: "
						+ "java.lang.IllegalArgumentException: The pattern has no variable 'order_id'");
		this.simulator.addResource(SimulatedResource.get("/order/orders/{id}").answer((request) -> {
			throw new AssertionError("unexpected");
		}));
		TestClient.assertRefused(get("/order/orders/1", this.client.signIn("Jane!ops")), 500,
				"No answer could be made for SimulatedResource[GET /order/orders/{id}]: "
						+ "java.lang.AssertionError: unexpected");
	}

	@Test
	@SuppressWarnings("NullAway")
	void answerWhenNullThenServerErrorSaysSo() {
		this.simulator.addResource(SimulatedResource.get("/order/orders").answer((request) -> null));
		TestClient.assertRefused(get("/order/orders", this.client.signIn("Jane!ops")), 500,
				"No answer could be made for SimulatedResource[GET /order/orders]: "
						+ "java.lang.IllegalStateException: the function returned null");
	}

	@Test
	void answerWhenJsonOrStatusFollowsThenReplaced() {
		SimulatedResource resource = SimulatedResource.get("/order/orders")
			.answer((request) -> ResponseEntity.internalServerError().build());
		String key = this.client.signIn("Jane!ops");
		this.simulator.addResource(resource.json("1"));
		assertAnswer(get("/order/orders", key), 200, "1");
		this.simulator.addResource(resource.status(204));
		assertAnswer(get("/order/orders", key), 204, "");
		this.simulator.addResource(SimulatedResource.get("/order/orders")
			.status(202)
			.json("1")
			.answer((request) -> ResponseEntity.ok("2")));
		assertAnswer(get("/order/orders", key), 200, "2");
	}

	@Test
	void addResourceWhenSamePatternThenLaterWins() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.addResource(SimulatedResource.get("/order/orders").json("2"));
		assertAnswer(get("/order/orders", key), 200, "2");
		this.simulator.addResource(SimulatedResource.get("/item/{oid}").json("3"))
			.addResource(SimulatedResource.get("/item/{item_id}").json("4"));
		assertAnswer(get("/item/1", key), 200, "4");
	}

	@Test
	void addResourceWhenSeveralMatchThenMostSpecificWins() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.addResource(SimulatedResource.get("/item/items/count").json("1"))
			.addResource(SimulatedResource.get("/item/items/{oid}").json("2"))
			.addResource(SimulatedResource.get("/item/**").json("3"));
		assertAnswer(get("/item/items/count", key), 200, "1");
		assertAnswer(get("/item/items/7", key), 200, "2");
		assertAnswer(get("/item/items/7/content", key), 200, "3");
	}

	@Test
	void addResourceWhenCallOfSingleSignOnThenIllegalArgument() {
		SimulatedResource resource = SimulatedResource.get("/sso/session/user").json("{}");
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.addResource(resource))
			.withMessageContaining("GET /sso/session/user");
	}

	@Test
	void addResourceWhenPatternCoversSingleSignOnThenThatAnswers() {
		this.simulator.addResource(SimulatedResource.get("/**").json("\"anything\""));
		String key = this.client.signIn("Jane!ops");
		assertThat(TestClient.json(this.client.user(key)).path("login").stringValue()).isEqualTo("Jane!ops");
		assertAnswer(get("/whatever", key), 200, "\"anything\"");
	}

	@Test
	void answerNextWhenResourceThenOneCallOfAnyResourceFails() {
		this.simulator.addResource(SimulatedResource.get("/item/items").json("{}"));
		String key = this.client.signIn("Jane!ops");
		this.simulator.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.status(503));
		assertThat(this.client.user(key).statusCode()).isEqualTo(200);
		assertThat(get("/unknown", key).statusCode()).isEqualTo(404);
		assertThat(get("/item/items", key).statusCode()).isEqualTo(503);
		assertThat(get("/item/items", key).statusCode()).isEqualTo(200);
		assertThat(this.simulator.calls(SimulatedOperation.RESOURCE)).extracting(SimulatedCall::status)
			.containsExactly(503, 200);
	}

	@Test
	void answerAlwaysWhenResourceThenEachCallFailsUntilCleared() {
		String key = this.client.signIn("joe");
		this.simulator.answerAlways(SimulatedOperation.RESOURCE, SimulatedFault.status(503));
		assertThat(get("/order/orders", key).statusCode()).isEqualTo(503);
		assertThat(get("/order/orders", key).statusCode()).isEqualTo(503);
		this.simulator.clearFaults();
		assertThat(get("/order/orders", key).statusCode()).isEqualTo(403);
	}

	@Test
	void answerSometimesWhenResourceThenSourceIsAsked() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.answerSometimes((operation) -> (operation == SimulatedOperation.RESOURCE)
				? SimulatedFault.omitting("orders") : SimulatedFault.status(500));
		assertAnswer(get("/order/orders", key), 200, "{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "no json", "[]", "{\"cut\":" })
	void faultWhenAnswerHasNoJsonObjectThenLeftAsItIs(String body) {
		this.simulator.addResource(SimulatedResource.get("/order/orders").answer((request) -> ResponseEntity.ok(body)));
		this.simulator.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.nulls());
		assertAnswer(get("/order/orders", this.client.signIn("Jane!ops")), 200, body);
	}

	@Test
	void faultWhenCreatedThenAlteredToo() {
		this.simulator.addResource(SimulatedResource.post("/order/orders").status(201).json("{\"order_id\":\"1\"}"));
		this.simulator.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.nulls());
		assertAnswer(call("POST", "/order/orders", this.client.signIn("Jane!ops")), 201, "{\"order_id\":null}");
	}

	@Test
	void limitsWhenResourceCalledThenCounts() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.clearCalls();
		this.simulator.enforce(SimulatedLimits.none().rate(1, Duration.ofHours(1)));
		assertThat(get("/order/orders", key).statusCode()).isEqualTo(200);
		TestClient.assertRefused(get("/order/orders", key), 429, "rate of 1 per 3600 second(s) exceeded.");
		assertThat(this.simulator.traffic())
			.isEqualTo(new SimulatedTraffic(2, 1, 0, Set.of(List.of(SimulatedOperation.RESOURCE))));
	}

	@Test
	void limitsWhenAnotherIsBeingAnsweredThenRefused() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.clearCalls();
		this.simulator.enforce(SimulatedLimits.none().oneCallAtATime());
		CompletableFuture<HttpResponse<String>> second = new CompletableFuture<>();
		this.simulator.addResource(SimulatedResource.get("/order/orders").answer((request) -> {
			// arrives during this call, and waits for the lock
			new Thread(() -> second.complete(this.client.user(key))).start();
			while (this.simulator.traffic().calls() < 2) {
				Thread.onSpinWait();
			}
			return ResponseEntity.ok("1");
		}));
		assertAnswer(get("/order/orders", key), 200, "1");
		TestClient.assertRefused(second.join(), 429, "Concurrent requests are not allowed.");
		assertThat(this.simulator.traffic().simultaneous())
			.contains(List.of(SimulatedOperation.SESSION_USER, SimulatedOperation.RESOURCE));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "order/orders", "/order/orders?_expand=items", "/order/{orders", "/rest/v2/order/orders" })
	void ofWhenPatternWrongThenIllegalArgument(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedResource.get(pattern));
	}

	@Test
	void settingsWhenArgumentWrongThenIllegalArgument() {
		SimulatedResource resource = SimulatedResource.get("/order/orders");
		assertThatIllegalArgumentException().isThrownBy(() -> resource.permission(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> resource.json(""));
		assertThatIllegalArgumentException().isThrownBy(() -> resource.json("{\"orders\":"))
			.withMessageContaining("SimulatedFault");
		assertThatIllegalArgumentException().isThrownBy(() -> resource.status(199));
		assertThatIllegalArgumentException().isThrownBy(() -> resource.status(600));
	}

	@Test
	void toStringWhenPrintedThenMethodAndPattern() {
		assertThat(SimulatedResource.delete("/order/orders/{order_id}"))
			.hasToString("SimulatedResource[DELETE /order/orders/{order_id}]");
	}

	private String key(SimulatedUser user) {
		return this.simulator.signIn(user).simpleKey().value();
	}

	private HttpResponse<String> get(String path, String key) {
		return call("GET", path, key);
	}

	private HttpResponse<String> call(String method, String path, String key) {
		return this.client.send(this.client.call(path, key).method(method, BodyPublishers.noBody()));
	}

	private static void assertAnswer(HttpResponse<String> response, int status, String body) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).isEqualTo(body);
	}

}
