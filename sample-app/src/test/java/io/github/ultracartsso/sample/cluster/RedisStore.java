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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.sample.InstalledProgram;
import io.github.ultracartsso.sample.SampleApplication;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Redis server for the test, without persistence, from the machine's
 * {@code redis-server}. Those in jars are builds of old versions from unknown sources.
 */
final class RedisStore implements SessionStore, ExecutionCondition {

	private static final InstalledProgram PROGRAM = new InstalledProgram("ULTRACART_TEST_REDIS",
			"There is no redis-server on the path; Debian has it in the package redis-server, Homebrew in redis",
			"redis-server");

	private final List<Class<?>> application;

	private @Nullable ChildProcess server;

	private @Nullable RedisClient client;

	private @Nullable StatefulRedisConnection<String, String> connection;

	private int port;

	RedisStore(Class<?>... configuration) {
		this.application = Stream.concat(Stream.of(SampleApplication.class), Arrays.stream(configuration)).toList();
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return PROGRAM.evaluateExecutionCondition(context);
	}

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		this.port = FreePort.find();
		this.server = startServer();
		this.client = RedisClient.create(RedisURI.create(FreePort.HOST, this.port));
		this.connection = this.client.connect(new StringCodec(StandardCharsets.ISO_8859_1));
	}

	private ChildProcess startServer() throws IOException {
		return ChildProcess.start(
				new ProcessBuilder(PROGRAM.get().getPath(), "--bind", FreePort.HOST, "--port",
						Integer.toString(this.port), "--save", "", "--appendonly", "no"),
				Pattern.compile("eady to accept"));
	}

	int port() {
		return this.port;
	}

	/**
	 * Kills the server and starts it again, without its contents.
	 */
	void restart() throws IOException {
		Objects.requireNonNull(this.server).close();
		this.server = startServer();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.client != null) {
			this.client.shutdown();
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	@Override
	public List<Class<?>> application() {
		return this.application;
	}

	@Override
	public List<String> arguments() {
		return List.of("--spring.profiles.active=cluster", "--spring.data.redis.host=" + FreePort.HOST,
				"--spring.data.redis.port=" + this.port, "--server.servlet.session.cookie.secure=false");
	}

	@Override
	public String contents() {
		return commands().keys("*").stream().map((key) -> key + " = " + value(key)).collect(Collectors.joining("\n"));
	}

	/**
	 * Makes a session time out at once. Redis itself notifies the nodes, as after the
	 * real timeout. A time in the past would delete the session instead.
	 */
	void timeOut(String sessionId) {
		commands().pexpire(expiryKey(sessionId), 1);
	}

	long secondsUntilTimeout(String sessionId) {
		return commands().ttl(expiryKey(sessionId));
	}

	/**
	 * Makes the server refuse to write, as one that has lost its replicas does. It can
	 * still be read.
	 */
	void refuseWrites() {
		commands().configSet("min-replicas-to-write", "1");
	}

	void acceptWrites() {
		commands().configSet("min-replicas-to-write", "0");
	}

	private static String expiryKey(String sessionId) {
		return "backoffice:sessions:expires:" + sessionId;
	}

	private String value(String key) {
		String type = commands().type(key);
		return switch (type) {
			case "string" -> String.valueOf(commands().get(key));
			case "hash" -> commands().hgetall(key).toString();
			case "set" -> commands().smembers(key).toString();
			case "zset" -> commands().zrange(key, 0, -1).toString();
			case "none" -> "expired";
			default -> throw new IllegalStateException("The test cannot read a " + type);
		};
	}

	RedisCommands<String, String> commands() {
		return Objects.requireNonNull(this.connection).sync();
	}

}
