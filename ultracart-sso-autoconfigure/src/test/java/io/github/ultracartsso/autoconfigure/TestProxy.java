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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ServerSocketFactory;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An HTTP proxy on a port of its own, for the time of one test: tunnels with
 * {@code CONNECT}, forwards other requests, and records what it has received.
 */
public final class TestProxy implements BeforeEachCallback, AfterEachCallback {

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final ByteArrayOutputStream tunnelled = new ByteArrayOutputStream();

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "test-proxy");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable String credentials;

	private @Nullable String refusal;

	public TestProxy() {
		this(ServerSocketFactory.getDefault());
	}

	/**
	 * Creates a proxy.
	 * @param sockets creates the socket that it listens at, such as one for TLS
	 */
	public TestProxy(ServerSocketFactory sockets) {
		try {
			this.server = sockets.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		start();
	}

	public void start() {
		this.threads.execute(this::serve);
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		stop();
	}

	public void stop() throws IOException {
		this.server.close();
		this.threads.shutdownNow();
	}

	public String host() {
		return "127.0.0.1";
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Requires basic authentication from now on.
	 */
	public void requireCredentials(String user, String password) {
		this.credentials = "Basic "
				+ Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Refuses all requests from now on.
	 * @param status the status line after the version, such as {@code 403 Forbidden}
	 */
	public void refuse(String status) {
		this.refusal = status;
	}

	/**
	 * Returns the heads of the requests to the proxy itself.
	 */
	public List<String> heads() {
		return this.heads;
	}

	/**
	 * Returns what has passed through tunnels towards the servers.
	 */
	public String tunnelled() {
		synchronized (this.tunnelled) {
			return this.tunnelled.toString(StandardCharsets.ISO_8859_1);
		}
	}

	private void serve() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.threads.execute(() -> serve(client));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket socket) {
		try (Socket client = socket) {
			String head = readHead(client.getInputStream());
			while (!head.isEmpty()) {
				this.heads.add(head);
				if (this.refusal != null) {
					respond(client, this.refusal, "");
				}
				else if (this.credentials != null && !head.contains("Proxy-Authorization: " + this.credentials)) {
					respond(client, "407 Proxy Authentication Required",
							"Proxy-Authenticate: Basic realm=\"proxy\"\r\n");
				}
				else {
					forward(client, head);
					return;
				}
				head = readHead(client.getInputStream());
			}
		}
		catch (IOException ex) {
			// the other side has closed the connection
		}
	}

	private static void respond(Socket client, String status, String headers) throws IOException {
		client.getOutputStream()
			.write("HTTP/1.1 %s\r\n%sContent-Length: 0\r\n\r\n".formatted(status, headers)
				.getBytes(StandardCharsets.ISO_8859_1));
	}

	private void forward(Socket client, String head) throws IOException {
		String[] requestLine = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
		boolean tunnel = requestLine[0].equals("CONNECT");
		URI target = URI.create(tunnel ? "https://" + requestLine[1] : requestLine[1]);
		try (Socket server = new Socket(target.getHost(), target.getPort())) {
			if (tunnel) {
				client.getOutputStream()
					.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
			}
			else {
				String forwarded = head.replaceFirst("(?m)^Proxy-Authorization: .*\r\n", "")
					.replaceFirst("(?m)^Connection: .*\r\n", "")
					.replaceFirst("\r\n", "\r\nConnection: close\r\n");
				server.getOutputStream().write(forwarded.getBytes(StandardCharsets.ISO_8859_1));
			}
			CompletableFuture<Void> responses = CompletableFuture
				.runAsync(() -> copy(server, client, OutputStream.nullOutputStream()), this.threads);
			copy(client, server, tunnel ? this.tunnelled : OutputStream.nullOutputStream());
			responses.join();
		}
	}

	private static void copy(Socket from, Socket to, OutputStream record) {
		byte[] buffer = new byte[8192];
		try {
			for (int read = from.getInputStream().read(buffer); read != -1; read = from.getInputStream().read(buffer)) {
				synchronized (record) {
					record.write(buffer, 0, read);
				}
				to.getOutputStream().write(buffer, 0, read);
			}
			to.shutdownOutput();
		}
		catch (IOException ex) {
			// the other side has closed the connection
		}
	}

	private static String readHead(InputStream input) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		for (int read = input.read(); read != -1; read = input.read()) {
			head.write(read);
			if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
				return head.toString(StandardCharsets.ISO_8859_1);
			}
		}
		return "";
	}

}
