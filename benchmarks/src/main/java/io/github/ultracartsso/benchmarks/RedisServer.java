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

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Optional;

/**
 * A Redis server on this machine, without persistence, from the machine's
 * {@code redis-server}.
 */
final class RedisServer implements AutoCloseable {

	private static final String PROGRAM = "redis-server";

	private final Process process;

	private final int port;

	private RedisServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Returns whether the program is on the path.
	 */
	static boolean isInstalled() {
		return find().isPresent();
	}

	private static Optional<File> find() {
		return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map((directory) -> new File(directory, PROGRAM))
			.filter(File::canExecute)
			.findFirst();
	}

	/**
	 * Starts a server and waits until it accepts connections.
	 */
	static RedisServer start() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		Process process = new ProcessBuilder(find().orElseThrow().getPath(), "--bind", "127.0.0.1", "--port",
				Integer.toString(port), "--save", "", "--appendonly", "no")
			.redirectErrorStream(true)
			.start();
		BufferedReader output = process.inputReader();
		String line = output.readLine();
		while (line != null && !line.contains("eady to accept")) {
			line = output.readLine();
		}
		return new RedisServer(process, port);
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
