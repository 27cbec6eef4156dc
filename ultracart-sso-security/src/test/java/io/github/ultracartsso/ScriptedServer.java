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

package io.github.ultracartsso;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import javax.net.ServerSocketFactory;

/**
 * A server that answers each request with whatever bytes its script writes, and closes
 * the connection then, or sooner. It is for what a well-behaved server would never send.
 */
public final class ScriptedServer implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "scripted-server");
		thread.setDaemon(true);
		return thread;
	});

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final ServerSocket socket;

	private volatile Function<String, Script> scripts;

	/**
	 * Creates a server.
	 * @param factory makes its socket
	 * @param scripts finds the script for a method and path
	 */
	public ScriptedServer(ServerSocketFactory factory, Function<String, Script> scripts) {
		this.scripts = scripts;
		try {
			this.socket = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	/**
	 * Creates a server that speaks plain HTTP and follows one script.
	 */
	public static ScriptedServer following(Script script) {
		return new ScriptedServer(ServerSocketFactory.getDefault(), (request) -> script);
	}

	/**
	 * Has the requests from now on follow other scripts.
	 */
	public void follow(Function<String, Script> scripts) {
		this.scripts = scripts;
		this.requests.clear();
	}

	/**
	 * Returns where the server is.
	 */
	public URI url(String scheme, String path) {
		return URI.create(scheme + "://127.0.0.1:" + this.socket.getLocalPort() + path);
	}

	/**
	 * Returns method and path of each request, in the order in which they came.
	 */
	public List<String> requests() {
		return this.requests;
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				this.connections.add(connection);
				this.threads.execute(() -> serve(connection));
			}
			catch (IOException ex) {
				// the next turn tells whether the server is closed
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			String request = readRequest(new BufferedInputStream(connection.getInputStream()));
			this.requests.add(request);
			this.scripts.apply(request).play(new Exchange(connection));
		}
		catch (IOException ex) {
			// the client has had enough
		}
		finally {
			this.connections.remove(connection);
		}
	}

	private static String readRequest(InputStream in) throws IOException {
		String requestLine = readLine(in);
		int length = 0;
		for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
			if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(header.substring("content-length:".length()).strip());
			}
		}
		in.readNBytes(length);
		return requestLine.substring(0, requestLine.lastIndexOf(' '));
	}

	private static String readLine(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new SocketException("The client has sent no request");
			}
			line.append((char) next);
		}
		return line.toString().stripTrailing();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		for (Socket connection : this.connections) {
			connection.close();
		}
		this.threads.shutdownNow();
	}

	/**
	 * What is sent for an answer.
	 */
	@FunctionalInterface
	public interface Script {

		/**
		 * Sends it. The connection is closed afterwards.
		 */
		void play(Exchange exchange) throws IOException;

	}

	/**
	 * The server's end of a connection on which a request has come.
	 */
	public static final class Exchange {

		private final Socket connection;

		private Exchange(Socket connection) {
			this.connection = connection;
		}

		/**
		 * Sends bytes at once.
		 */
		public Exchange send(byte[] bytes) throws IOException {
			OutputStream out = this.connection.getOutputStream();
			out.write(bytes);
			out.flush();
			return this;
		}

		/**
		 * Sends text at once.
		 */
		public Exchange send(String text) throws IOException {
			return send(text.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Sends the text again and again, until the client has gone away.
		 */
		public void sendWithoutEnd(byte[] bytes) throws IOException {
			while (true) {
				send(bytes);
			}
		}

		/**
		 * Sends a byte every so many milliseconds, until the client has gone away.
		 */
		public void drip(String text, int milliseconds) throws IOException {
			for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
				send(new byte[] { next });
				this.connection.setSoTimeout(milliseconds);
				try {
					if (this.connection.getInputStream().read() < 0) {
						return;
					}
				}
				catch (SocketTimeoutException ex) {
					// the client is patient still
				}
			}
		}

		/**
		 * Stays silent until the client has gone away.
		 */
		public void staySilent() throws IOException {
			this.connection.setSoTimeout(0);
			this.connection.getInputStream().read();
		}

		/**
		 * Breaks the connection off instead of closing it.
		 */
		public void reset() throws IOException {
			this.connection.setSoLinger(true, 0);
			this.connection.close();
		}

	}

}
