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

package io.github.ultracartsso.test.simulator.http;

import java.net.URI;
import java.util.concurrent.CountDownLatch;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.common.Notifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import org.jspecify.annotations.Nullable;

/**
 * The simulator's HTTP server: WireMock with a single stub whose response is computed.
 * WireMock is used because it can break connections, which other servers do not. Not part
 * of the API.
 */
public final class SimulatorServer {

	private final CountDownLatch closing = new CountDownLatch(1);

	private final ClientSockets sockets = new ClientSockets();

	private final ComputedResponses responses = new ComputedResponses(
			() -> new Exchange(this.sockets.current(), this.closing));

	private final WireMockServer server;

	private final URI origin;

	/**
	 * Starts the server.
	 * @param port the port, 0 for a free one
	 * @param loopback whether to listen on the loopback interface only
	 * @param keyStore the key and certificate for https, {@code null} for http
	 * @throws IllegalStateException if the port is taken
	 */
	public SimulatorServer(int port, boolean loopback, @Nullable ServerKeyStore keyStore) {
		String address = loopback ? "127.0.0.1" : "0.0.0.0";
		this.server = new WireMockServer(options(port, keyStore).bindAddress(address)
			.networkTrafficListener(this.sockets)
			.extensions(this.responses));
		this.server.stubFor(WireMock.any(WireMock.anyUrl())
			.willReturn(WireMock.aResponse().withTransformers(this.responses.getName())));
		try {
			this.server.start();
		}
		catch (FatalStartupException ex) {
			throw new IllegalStateException("The UltraCart simulator cannot listen on port " + port + " of " + address
					+ "; free it, choose another one with port(int), or leave it out for any free port", ex);
		}
		this.origin = URI.create((keyStore != null) ? "https://localhost:" + this.server.httpsPort()
				: "http://localhost:" + this.server.port());
	}

	private static WireMockConfiguration options(int port, @Nullable ServerKeyStore keyStore) {
		return transport(port, keyStore)
			// requests hold keys and codes, which must be neither kept nor printed
			.disableRequestJournal()
			.stubRequestLoggingDisabled(true)
			.notifier(new SilentNotifier())
			// the simulator is controlled from Java only
			.adminAuthenticator((request) -> false)
			// UltraCart speaks HTTP/1.1, and its errors close the connection
			.http2PlainDisabled(true)
			.http2TlsDisabled(true)
			// a fault is sent byte by byte as it was requested
			.gzipDisabled(true);
	}

	private static WireMockConfiguration transport(int port, @Nullable ServerKeyStore keyStore) {
		WireMockConfiguration options = WireMockConfiguration.options();
		if (keyStore == null) {
			return (port != 0) ? options.port(port) : options.dynamicPort();
		}
		return ((port != 0) ? options.httpsPort(port) : options.dynamicHttpsPort()).httpDisabled(true)
			.keystorePath(keyStore.file().toString())
			.keystoreType("PKCS12")
			.keystorePassword(keyStore.password())
			.keyManagerPassword(keyStore.password());
	}

	public URI origin() {
		return this.origin;
	}

	/**
	 * Sets what computes the responses. Requests that come earlier get a 503.
	 */
	public void serve(Handler handler) {
		this.responses.computeWith(handler);
	}

	/**
	 * Stops the server without waiting for responses that are on their way. Stopping
	 * again does nothing.
	 */
	public void stop() {
		this.closing.countDown();
		this.server.stop();
	}

	/**
	 * Computes the response to a request.
	 */
	@FunctionalInterface
	public interface Handler {

		SimulatorResponse handle(SimulatorRequest request, Exchange exchange);

	}

	/**
	 * Prints nothing, because WireMock's messages quote whole requests.
	 */
	private static final class SilentNotifier implements Notifier {

		@Override
		public void info(String message) {
		}

		@Override
		public void error(String message) {
		}

		@Override
		public void error(String message, Throwable failure) {
		}

	}

}
