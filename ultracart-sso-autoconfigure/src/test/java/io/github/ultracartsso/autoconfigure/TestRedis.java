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

package io.github.ultracartsso.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A Redis server for the tests of a class, which are skipped where none is installed.
 */
public final class TestRedis implements BeforeAllCallback, AfterAllCallback {

	private static final String PROGRAM = "redis-server";

	private static final String REQUIRED = "ULTRACART_TEST_REDIS";

	private @Nullable Process server;

	private int port;

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		if (!"required".equals(System.getenv(REQUIRED))) {
			assumeThat(findProgram()).as("%s is on the path", PROGRAM).isPresent();
		}
		this.port = freePort();
		this.server = new ProcessBuilder(PROGRAM, "--bind", "127.0.0.1", "--port", String.valueOf(this.port), "--save",
				"", "--appendonly", "no")
			.redirectErrorStream(true)
			.start();
		awaitReady(this.server);
	}

	private static Optional<Path> findProgram() {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, PROGRAM))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void awaitReady(Process server) throws IOException {
		// not closed, because the server would find nobody to write to
		BufferedReader output = new BufferedReader(
				new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
		StringBuilder said = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.contains("Ready to accept connections")) {
				return;
			}
			said.append(line).append('\n');
		}
		throw new IllegalStateException("Redis has not started:\n" + said);
	}

	/**
	 * Returns a connection factory of its own, which is for the caller to destroy.
	 */
	public LettuceConnectionFactory newConnectionFactory() {
		LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory("127.0.0.1", this.port);
		connectionFactory.afterPropertiesSet();
		connectionFactory.start();
		return connectionFactory;
	}

	@Override
	public void afterAll(ExtensionContext context) throws InterruptedException {
		if (this.server != null) {
			this.server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

}
