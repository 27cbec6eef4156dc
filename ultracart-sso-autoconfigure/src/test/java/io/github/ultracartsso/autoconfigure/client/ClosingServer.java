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

package io.github.ultracartsso.autoconfigure.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that gives a key for each code and closes a connection without announcement
 * after so many requests.
 */
final class ClosingServer implements AutoCloseable {

	private final int requestsPerConnection;

	private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

	private final AtomicInteger connections = new AtomicInteger();

	private final Semaphore closed = new Semaphore(0);

	private int requests;

	ClosingServer() throws IOException {
		this(1);
	}

	ClosingServer(int requestsPerConnection) throws IOException {
		this.requestsPerConnection = requestsPerConnection;
		Thread thread = new Thread(this::serve, "closing-server");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.server.getLocalPort();
	}

	int connections() {
		return this.connections.get();
	}

	void awaitClosed(int number) throws InterruptedException {
		assertThat(this.closed.tryAcquire(number, 10, TimeUnit.SECONDS)).isTrue();
	}

	private void serve() {
		try {
			while (true) {
				try (Socket socket = this.server.accept()) {
					this.connections.incrementAndGet();
					serve(socket);
				}
				this.closed.release();
			}
		}
		catch (SocketException ex) {
			// closed
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void serve(Socket socket) throws IOException {
		BufferedReader input = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
		for (int i = 0; i < this.requestsPerConnection && read(input); i++) {
			this.requests++;
			String body = "{\"simple_key\":\"key-%d\"}".formatted(this.requests);
			socket.getOutputStream()
				.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
					.formatted(body.length(), body)
					.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().flush();
		}
	}

	/**
	 * Reads a request.
	 * @return whether there was one
	 */
	private static boolean read(BufferedReader input) throws IOException {
		int length = 0;
		String line = input.readLine();
		if (line == null) {
			return false;
		}
		while (!line.isEmpty()) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
			}
			line = input.readLine();
		}
		return input.skip(length) == length;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
