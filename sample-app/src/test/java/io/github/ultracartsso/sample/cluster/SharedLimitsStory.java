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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.UltraCartSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Three instances behind one address, and an UltraCart that responds with 429 to two
 * calls at once and to more calls than it allows.
 */
@Timeout(120)
abstract class SharedLimitsStory {

	private static final int ALLOWED = 150;

	private static final int NODES = 3;

	private static final int THREADS = 4;

	private final UltraCartSimulator ultraCart = UltraCartSimulator.start();

	private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(NODES * THREADS);

	abstract List<String> arguments();

	/**
	 * Adds the beans to a node that it needs to reach the store.
	 */
	void prepare(GenericApplicationContext node) {
	}

	@BeforeEach
	void start() {
		this.ultraCart.enforce(SimulatedLimits.none().rate(ALLOWED, Duration.ofHours(1)).oneCallAtATime());
		for (int i = 0; i < NODES; i++) {
			this.nodes.add(new SpringApplicationBuilder(Node.class).web(WebApplicationType.NONE)
				.initializers((node) -> prepare((GenericApplicationContext) node))
				.run(Stream.concat(arguments().stream(),
						Stream.of("--spring.config.name=none", "--ultracart.sso.base-url=" + this.ultraCart.baseUrl(),
								"--ultracart.sso.simple-key=" + this.ultraCart.applicationKey(),
								"--ultracart.sso.limits.calls-per-hour=" + ALLOWED,
								"--ultracart.sso.http.queue-timeout=30s"))
					.toArray(String[]::new)));
		}
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.nodes.forEach(ConfigurableApplicationContext::close);
		this.ultraCart.close();
	}

	@Test
	void callsWhenThreeInstancesThenOneAtATimeAndNoMoreThanAllowed() throws Exception {
		List<Future<Integer>> callers = new ArrayList<>();
		for (ConfigurableApplicationContext node : this.nodes) {
			IntStream.range(0, THREADS).forEach((i) -> callers.add(this.threads.submit(() -> callUntilRejected(node))));
		}
		int made = 0;
		for (Future<Integer> caller : callers) {
			made += caller.get();
		}
		assertThat(this.ultraCart.traffic().mostConcurrentCalls()).isOne();
		assertThat(this.ultraCart.traffic().rateRefusals()).isZero();
		assertThat(this.ultraCart.traffic().concurrencyRefusals()).isZero();
		// a hundredth is left for logins that have been started
		assertThat(made).isEqualTo(this.ultraCart.calls().size()).isEqualTo(ALLOWED - ALLOWED / 100);
		for (ConfigurableApplicationContext node : this.nodes) {
			assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> call(node));
			assertThat(node.getBean(CallGate.class).leftInHour()).isEqualTo(ALLOWED / 100);
		}
	}

	private static int callUntilRejected(ConfigurableApplicationContext node) {
		int calls = 0;
		while (true) {
			try {
				call(node);
				calls++;
			}
			catch (UltraCartRateLimitException ex) {
				assertThat(ex.wasSent()).isFalse();
				return calls;
			}
		}
	}

	private static void call(ConfigurableApplicationContext node) {
		node.getBean(UltraCartSsoClient.class)
			.authorizeKnown(new SingleSignOnAuthorizeRequest("https://app.example.com/login/ultracart", "state"));
	}

	/**
	 * An instance that is no web application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Node {

	}

}
