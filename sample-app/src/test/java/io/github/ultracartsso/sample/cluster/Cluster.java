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

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.ultracartsso.sample.SampleApplication;
import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedUser;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A simulator, a session store, and any number of nodes. As in production, the nodes get
 * their secrets from environment variables.
 */
final class Cluster implements AutoCloseable {

	static final String OWNER = "olivia";

	static final String CATALOGUER = "Carl!items";

	/**
	 * Two keys, in the form in which they are configured.
	 */
	static final String KEY = key(1);

	static final String LATER_KEY = key(2);

	private final TestClock clock = new TestClock();

	private final UltraCartSimulator ultraCart = UltraCartSimulator.builder().clock(this.clock).start();

	private final UserKeys userKeys = new UserKeys();

	private final List<Node> nodes = new ArrayList<>();

	private final SessionStore store;

	Cluster(SessionStore store) {
		this.store = store;
		this.ultraCart.addUser(
				owner("View Items", "Edit Items", "Edit Users", "Access Shipping Department", SimulatedOrders.READ));
		this.ultraCart
			.addUser(SimulatedUser.withLogin(CATALOGUER).fullName("Carl Cataloguer").permission("View Items").build());
		SimulatedOrders orders = new SimulatedOrders();
		this.ultraCart.addResource(orders.orderList()).addResource(orders.orderDeletion());
	}

	static SimulatedUser owner(String... permissions) {
		return SimulatedUser.withLogin(OWNER).fullName("Olivia Owner").permissions(permissions).build();
	}

	private static String key(int seed) {
		byte[] key = new byte[32];
		for (int i = 0; i < key.length; i++) {
			key[i] = (byte) (seed * 97 + i * 31);
		}
		return Base64.getEncoder().encodeToString(key);
	}

	/**
	 * Starts a node in this process.
	 */
	LocalNode startNode(String encryptionKeys) {
		return startNode(encryptionKeys, (beans) -> {
		});
	}

	/**
	 * Starts a node in this process, with its own beans and arguments.
	 */
	LocalNode startNode(String encryptionKeys, Consumer<GenericApplicationContext> preparation, String... arguments) {
		Map<String, Object> environment = Map.copyOf(environment(encryptionKeys));
		SpringApplicationBuilder application = new SpringApplicationBuilder(
				this.store.application().toArray(Class<?>[]::new))
			.registerShutdownHook(false)
			.initializers((context) -> {
				context.getEnvironment()
					.getPropertySources()
					.addLast(new MapPropertySource("environment of the test", environment));
				GenericApplicationContext beans = (GenericApplicationContext) context;
				beans.registerBean(TestConfigurationExcludeFilter.class, TestConfigurationExcludeFilter::new);
				beans.registerBean(Clock.class, () -> this.clock);
				beans.registerBean(UserKeys.class, () -> this.userKeys);
				this.store.prepare(beans);
				preparation.accept(beans);
			});
		LocalNode node = new LocalNode(
				application.run(Stream.concat(arguments().stream(), Arrays.stream(arguments)).toArray(String[]::new)));
		this.nodes.add(node);
		return node;
	}

	/**
	 * Starts a node in its own process, which is independent of the test.
	 */
	RemoteNode startProcess(String encryptionKeys) throws IOException {
		ProcessBuilder program = ChildProcess.java(SampleApplication.class, arguments());
		program.environment().putAll(environment(encryptionKeys));
		RemoteNode node = new RemoteNode(ChildProcess.start(program, Pattern.compile("Tomcat started on port (\\d+)")));
		this.nodes.add(node);
		return node;
	}

	private Map<String, String> environment(String encryptionKeys) {
		return Map.of("ULTRACART_SIMPLE_KEY", this.ultraCart.applicationKey(), "ULTRACART_SESSION_KEYS",
				encryptionKeys);
	}

	private List<String> arguments() {
		return Stream
			.concat(this.store.arguments().stream(), Stream.of("--server.port=0", "--server.shutdown=immediate",
					"--spring.main.banner-mode=off", "--ultracart.sso.base-url=" + this.ultraCart.baseUrl()))
			.toList();
	}

	UltraCartSimulator ultraCart() {
		return this.ultraCart;
	}

	TestClock clock() {
		return this.clock;
	}

	/**
	 * The keys of all users who have signed in at a node of this process.
	 */
	List<String> userKeys() {
		return this.userKeys.all();
	}

	/**
	 * The states of all logins that a node of this process has begun or tried to.
	 */
	List<String> states() {
		return this.userKeys.states();
	}

	@Override
	public void close() {
		this.nodes.forEach(Node::close);
		this.ultraCart.close();
	}

}
