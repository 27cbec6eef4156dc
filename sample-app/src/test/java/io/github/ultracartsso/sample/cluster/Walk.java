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

package io.github.ultracartsso.sample.cluster;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.ultracartsso.session.event.UltraCartUserRefreshFailedEvent;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.sample.cluster.Evidence.Kind;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Visits all pages of the back office and its actuator, causes all kinds of failures, and
 * records what is exposed.
 */
final class Walk implements AutoCloseable {

	private static final Pattern LINK = Pattern.compile("\"href\":\"http://localhost:\\d+(/actuator[^\"{]*)\"");

	private static final String[] ALL_DOORS_OPEN = { "--management.endpoints.web.exposure.include=*",
			"--management.endpoint.env.show-values=always", "--management.endpoint.configprops.show-values=always",
			"--management.endpoint.health.show-details=always" };

	private final Evidence evidence = new Evidence();

	private final LogRecorder log = new LogRecorder(this.evidence);

	private final List<Secret> codes = new ArrayList<>();

	private final List<Secret> states = new ArrayList<>();

	private final List<Secret> otherKeys = new ArrayList<>();

	private final SessionStore store;

	private final Cluster cluster;

	private final UltraCartSimulator ultraCart;

	private final LocalNode node;

	Walk(SessionStore store) {
		this.store = store;
		this.cluster = new Cluster(store);
		this.ultraCart = this.cluster.ultraCart();
		this.node = this.cluster.startNode(Cluster.KEY, (beans) -> {
			this.log.open();
			beans.addApplicationListener(this::takeDown);
		}, ALL_DOORS_OPEN);
	}

	void run() {
		Client client = new Client(this.node, this.evidence);
		URI callback = approve(client);
		takeDownStore(Kind.STORE_WHILE_PENDING, "while a login is pending");
		client.get(callback);
		visitPages(client);
		visitActuator(client);
		takeDownStore(Kind.STORE, "while somebody is signed in");
		client.get(callback);
		client.submit("/logout");
		failLogins();
		failSessions();
		failOrders();
		failReports();
		failCalls();
		takeDownStore(Kind.STORE_WHILE_PENDING, "when all is over but for logins that nobody has finished");
		takeDownApplication();
	}

	private void visitPages(Client client) {
		RequestMappingHandlerMapping mappings = this.node.bean("requestMappingHandlerMapping",
				RequestMappingHandlerMapping.class);
		for (RequestMappingInfo mapping : mappings.getHandlerMethods().keySet()) {
			for (String pattern : mapping.getPatternValues()) {
				String path = pattern.replace("{id}", "101")
					.replace("{number}", "P-20418")
					.replace("{orderId}", "DEMO-1001");
				if (mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
					client.submit(path);
				}
				else {
					client.get(path);
				}
			}
		}
		Stream.of("/login", "/login?error=denied", "/login?logout", "/css/backoffice.css", "/nothing-here")
			.forEach(client::get);
	}

	private void visitActuator(Client client) {
		LINK.matcher(client.get("/actuator").body()).results().map((link) -> link.group(1)).forEach(client::get);
		Stream
			.of("env/ultracart.sso.simple-key", "env/ULTRACART_SIMPLE_KEY", "env/ultracart.sso.session.encryption-keys",
					"env/ULTRACART_SESSION_KEYS", "configprops/ultracart.sso", "health/ultracartSso",
					"loggers/io.github.ultracartsso", "sessions?username=" + Cluster.OWNER)
			.forEach((endpoint) -> client.get("/actuator/" + endpoint));
		this.node.bean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.distinct()
			.forEach((name) -> client.get("/actuator/metrics/" + name));
	}

	private void failLogins() {
		Client client = new Client(this.node, this.evidence);
		client.get(this.ultraCart.cancel(client.startLogin()));
		client.get(approve(new Client(this.node, this.evidence)));
		letTimePass();
		URI callback = approve(client);
		client.get(URI.create(callback + "&" + callback.getRawQuery()));
		URI late = approve(client);
		this.cluster.clock().advance(Duration.ofMinutes(11));
		client.get(late);
		failExchange(client, 400);
		failExchange(client, 401);
		failStart(client, SimulatedFault.status(401, repeat(this.ultraCart.applicationKey())));
		failStart(client, SimulatedFault.applicationDisabled());
		failStart(client, SimulatedFault.connectionReset());
		failStart(client, SimulatedFault.garbage());
		letTimePass();
		URI unread = approve(client);
		this.ultraCart.answerAlways(SimulatedOperation.SESSION_USER, SimulatedFault.status(500));
		client.get(unread);
		this.ultraCart.clearFaults();
		failStart(client, SimulatedFault.rateLimited(Duration.ofSeconds(1)));
		letTimePass();
	}

	/**
	 * After that, no browser counts as being in a login loop, and UltraCart is called
	 * again whatever its last response was.
	 */
	private void letTimePass() {
		this.cluster.clock().advance(Duration.ofMinutes(6));
	}

	private void failStart(Client client, SimulatedFault fault) {
		letTimePass();
		this.ultraCart.answerAlways(SimulatedOperation.AUTHORIZE, fault);
		client.get("/ultracart/authorize");
		this.ultraCart.clearFaults();
	}

	private void failExchange(Client client, int status) {
		letTimePass();
		URI callback = approve(client);
		this.ultraCart.answerAlways(SimulatedOperation.TOKEN,
				SimulatedFault.status(status, repeat(parameter(callback, "code"), this.ultraCart.applicationKey())));
		client.get(callback);
		this.ultraCart.clearFaults();
	}

	private void failSessions() {
		Client client = signIn();
		String key = lastUserKey();
		this.ultraCart.updateUser(Cluster.owner("View Items"));
		this.cluster.clock().advance(Duration.ofMinutes(31));
		client.get("/items/101");
		this.cluster.clock().advance(Duration.ofMinutes(31));
		this.ultraCart.answerAlways(SimulatedOperation.SESSION_USER, SimulatedFault.status(500, repeat(key)));
		client.get("/items/101");
		this.cluster.clock().advance(Duration.ofMinutes(31));
		this.ultraCart.answerAlways(SimulatedOperation.SESSION_USER, SimulatedFault.connectionReset());
		client.get("/items/101");
		this.cluster.clock().advance(Duration.ofMinutes(31));
		this.ultraCart.answerAlways(SimulatedOperation.SESSION_USER, SimulatedFault.status(401, repeat(key)));
		client.get("/items/101");
		this.ultraCart.clearFaults();

		Client leaving = signIn();
		this.ultraCart.answerAlways(SimulatedOperation.SESSION_REVOKE,
				SimulatedFault.status(410, repeat(lastUserKey())));
		leaving.submit("/logout");
		this.ultraCart.clearFaults();
		letTimePass();

		Client sleeping = signIn();
		this.cluster.clock().advance(Duration.ofDays(2));
		sleeping.get("/items/101");
	}

	/**
	 * Makes calls on the user's behalf fail, the last one with an unknown key.
	 */
	private void failOrders() {
		Client client = signIn();
		String message = repeat(lastUserKey());
		Stream
			.of(SimulatedFault.status(403, message), SimulatedFault.status(429, message),
					SimulatedFault.status(500, message), SimulatedFault.connectionReset(), SimulatedFault.garbage(),
					SimulatedFault.body(200, "application/json", "{\"orders\": \"" + message + "\"}"),
					SimulatedFault.status(401, message))
			.forEach((fault) -> {
				this.ultraCart.answerAlways(SimulatedOperation.RESOURCE, fault);
				client.get("/orders");
				letTimePass();
			});
		this.ultraCart.clearFaults();
	}

	/**
	 * Makes calls as the application fail, the last one with a credential that UltraCart
	 * rejects.
	 */
	private void failReports() {
		String message = repeat(this.ultraCart.applicationKey());
		report("no fault");
		Stream
			.of(SimulatedFault.status(403, message), SimulatedFault.status(429, message),
					SimulatedFault.status(500, message), SimulatedFault.connectionReset(), SimulatedFault.garbage(),
					SimulatedFault.body(200, "application/json", "{\"orders\": \"" + message + "\"}"),
					SimulatedFault.body(200, "text/html", message), SimulatedFault.successWithError(message),
					SimulatedFault.status(401, message))
			.forEach((fault) -> {
				this.ultraCart.answerAlways(SimulatedOperation.RESOURCE, fault);
				report(fault.toString());
				letTimePass();
			});
		this.ultraCart.clearFaults();
	}

	private void report(String fault) {
		for (ScheduledTask scheduled : this.node.bean(ScheduledTaskHolder.class).getScheduledTasks()) {
			if (scheduled.toString().contains("OrderReport")) {
				try {
					scheduled.getTask().getRunnable().run();
				}
				catch (UltraCartApiException ex) {
					this.evidence.addException("the report with " + fault, ex);
				}
			}
		}
	}

	/**
	 * Makes the calls directly, and records what they throw.
	 */
	private void failCalls() {
		UltraCartSsoClient calls = this.node.bean(UltraCartSsoClient.class);
		String state = "a-state-that-is-only-known-to-this-call";
		String code = "a-code-that-is-only-known-to-this-call";
		String key = "a-key-that-is-only-known-to-this-call-0";
		this.states.add(Secret.ofText("state", state));
		this.codes.add(Secret.ofText("code", code));
		this.otherKeys.add(Secret.ofText("key", key));
		String applicationKey = this.ultraCart.applicationKey();
		failCall(SimulatedOperation.AUTHORIZE, repeat(state, applicationKey),
				() -> calls.authorize(new SingleSignOnAuthorizeRequest(this.node.url("/login/ultracart"), state)));
		failCall(SimulatedOperation.TOKEN, repeat(code, applicationKey), () -> calls.exchange(code));
		failCall(SimulatedOperation.SESSION_USER, repeat(key), () -> calls.sessionUser(SimpleKey.of(key)));
		failCall(SimulatedOperation.SESSION_REVOKE, repeat(key), () -> calls.revoke(SimpleKey.of(key)));
		String halfAnAnswer = "{\"simple_key\": [\"" + key + "\"";
		failCall(SimulatedOperation.TOKEN, SimulatedFault.body(200, "application/json", halfAnAnswer),
				() -> calls.exchange(code));
	}

	private void failCall(SimulatedOperation operation, String message, Runnable call) {
		Stream
			.of(SimulatedFault.status(400, message), SimulatedFault.status(401, message),
					SimulatedFault.status(500, message), SimulatedFault.connectionReset(), SimulatedFault.garbage())
			.forEach((fault) -> failCall(operation, fault, call));
	}

	private void failCall(SimulatedOperation operation, SimulatedFault fault, Runnable call) {
		letTimePass();
		this.ultraCart.answerAlways(operation, fault);
		try {
			call.run();
		}
		catch (UltraCartApiException ex) {
			this.evidence.addException(operation + " with " + fault, ex);
		}
		this.ultraCart.clearFaults();
	}

	private static String repeat(String... secrets) {
		return "UltraCart repeats " + String.join(", ", secrets);
	}

	private Client signIn() {
		Client client = new Client(this.node, this.evidence);
		client.get(approve(client));
		return client;
	}

	private String lastUserKey() {
		List<String> userKeys = this.cluster.userKeys();
		return userKeys.get(userKeys.size() - 1);
	}

	private URI approve(Client client) {
		URI callback = this.ultraCart.approve(client.startLogin(), Cluster.OWNER);
		this.codes.add(Secret.ofText("code", parameter(callback, "code")));
		this.states.add(Secret.ofText("state", parameter(callback, "state")));
		return callback;
	}

	private static String parameter(URI url, String name) {
		return Objects.requireNonNull(UriComponentsBuilder.fromUri(url).build().getQueryParams().getFirst(name));
	}

	private void takeDown(ApplicationEvent event) {
		Object content = (event instanceof PayloadApplicationEvent<?> payload) ? payload.getPayload() : event;
		this.evidence.add(Kind.EVENT, content.getClass().getSimpleName(), event + " " + content);
		if (content instanceof AbstractAuthenticationFailureEvent failure) {
			this.evidence.addException("a failed login", failure.getException());
		}
		if (content instanceof UltraCartUserRefreshFailedEvent failure) {
			this.evidence.addException("a failed refresh", failure.failure());
		}
	}

	private void takeDownStore(Kind kind, String when) {
		this.evidence.add(kind, "the store, " + when, this.store.contents());
	}

	private void takeDownApplication() {
		this.node.bean(MeterRegistry.class)
			.getMeters()
			.forEach((meter) -> this.evidence.add(Kind.METER, meter.getId().getName(),
					meter.getId() + " " + meter.measure()));
		this.node.beans().forEach((name, bean) -> this.evidence.add(Kind.BEAN, name, describe(bean)));
	}

	/**
	 * Spring's HTTP interfaces throw an exception from {@code toString}.
	 */
	private static String describe(Object bean) {
		try {
			return String.valueOf(bean);
		}
		catch (IllegalStateException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	Evidence evidence() {
		return this.evidence;
	}

	List<Secret> secrets() {
		return Stream.of(keys(), this.codes, states()).flatMap(List::stream).toList();
	}

	List<Secret> keys() {
		List<Secret> keys = new ArrayList<>(this.otherKeys);
		keys.add(Secret.ofText("application key", this.ultraCart.applicationKey()));
		keys.add(Secret.ofBase64("encryption key", Cluster.KEY));
		this.cluster.userKeys().forEach((key) -> keys.add(Secret.ofText("user's key", key)));
		return keys;
	}

	List<Secret> codes() {
		return this.codes;
	}

	List<Secret> states() {
		List<Secret> all = new ArrayList<>(this.states);
		this.cluster.states().forEach((state) -> all.add(Secret.ofText("state", state)));
		return all;
	}

	/**
	 * Stops the node as well, since it logs while it stops.
	 */
	@Override
	public void close() {
		this.cluster.close();
		this.log.close();
	}

}
