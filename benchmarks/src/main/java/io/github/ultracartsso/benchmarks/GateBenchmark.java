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

package io.github.ultracartsso.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.github.ultracartsso.autoconfigure.limits.UltraCartLimitsAutoConfiguration;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.CallQuota;
import io.github.ultracartsso.client.traffic.GatedCall;
import io.github.ultracartsso.client.traffic.LimitStore;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;
import io.github.ultracartsso.client.traffic.SharedGate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Measures a call through the gate of one instance, and through one that instances share
 * in an idle Redis on this machine. The call itself takes no time.
 */
@State(Scope.Benchmark)
public class GateBenchmark {

	static final String MEMORY = "memory";

	static final String REDIS = "redis";

	private static final GatedCall CALL = new GatedCall() {

		@Override
		public String callName() {
			return "ssoAuthorize";
		}

		@Override
		public CallKind kind() {
			return CallKind.AUTHORIZE;
		}

	};

	/**
	 * Minutes in a day, of which each sixtieth is counted by itself.
	 */
	private static final int DAY = 24 * 60;

	/**
	 * Where the instances share the gate.
	 */
	@Param({ MEMORY, REDIS })
	public String store = MEMORY;

	private final CallGate gate = new CallGate(1, Duration.ofSeconds(5));

	private final SteppingClock clock = new SteppingClock();

	private @Nullable RedisServer server;

	private @Nullable AnnotationConfigApplicationContext context;

	/**
	 * Starts the store, and makes calls all day.
	 * @throws IOException if the server does not start
	 */
	@Setup
	public void start() throws IOException {
		this.gate.setQuota(new CallQuota(Integer.MAX_VALUE, Integer.MAX_VALUE));
		this.gate.setClock(this.clock);
		if (this.store.equals(REDIS)) {
			this.server = RedisServer.start();
			this.gate.setSharedGate(new SharedGate(new ResilientLimitStore(limitStore(this.server.port())), "shop",
					Duration.ofSeconds(11)));
		}
		for (int minute = 0; minute < DAY; minute++) {
			this.clock.advance(Duration.ofMinutes(1));
			pass();
		}
	}

	private LimitStore limitStore(int port) {
		AnnotationConfigApplicationContext started = new AnnotationConfigApplicationContext();
		this.context = started;
		started.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("benchmark", Map.of("ultracart.sso.limits.store", REDIS)));
		started.registerBean(RedisConnectionFactory.class, () -> new LettuceConnectionFactory("127.0.0.1", port));
		started.register(UltraCartLimitsAutoConfiguration.class);
		started.refresh();
		return started.getBean(LimitStore.class);
	}

	/**
	 * Makes a call.
	 * @return the response
	 */
	@Benchmark
	public Object pass() {
		return this.gate.pass(CALL, () -> this.gate.attempt(CallKind.AUTHORIZE, () -> "response"));
	}

	/**
	 * Stops the store.
	 */
	@TearDown
	public void stop() {
		if (this.context != null) {
			this.context.close();
		}
		if (this.server != null) {
			this.server.close();
		}
	}

}
