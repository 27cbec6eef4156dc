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

import java.net.Socket;
import java.nio.ByteBuffer;

import com.github.tomakehurst.wiremock.http.trafficlistener.WiremockNetworkTrafficListener;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connection of a request, which WireMock does not tell. The thread that
 * handles a request has read its beginning just before.
 */
final class ClientSockets implements WiremockNetworkTrafficListener {

	// not static: each simulator has its own threads
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<@Nullable Socket> latest = new ThreadLocal<>();

	/**
	 * Returns the connection of the request that the current thread handles.
	 */
	@Nullable Socket current() {
		return this.latest.get();
	}

	@Override
	public void opened(Socket socket) {
	}

	@Override
	public void incoming(Socket socket, ByteBuffer bytes) {
		this.latest.set(socket);
	}

	@Override
	public void outgoing(Socket socket, ByteBuffer bytes) {
	}

	@Override
	public void closed(Socket socket) {
	}

}
