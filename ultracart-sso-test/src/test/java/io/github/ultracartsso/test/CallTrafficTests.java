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
package io.github.ultracartsso.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallTraffic}.
 */
class CallTrafficTests {

	private final CallTraffic traffic = new CallTraffic();

	private final List<SocketChannel> clients = new ArrayList<>();

	private final ServerSocketChannel server;

	CallTrafficTests() throws IOException {
		this.server = ServerSocketChannel.open();
	}

	@BeforeEach
	void listen() throws IOException {
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	@AfterEach
	void close() throws IOException {
		for (SocketChannel client : this.clients) {
			client.close();
		}
		this.server.close();
	}

	@Test
	void beginWhenAnotherIsPendingThenNotAlone() throws IOException {
		assertThat(this.traffic.begin(SimulatedOperation.TOKEN, pending())).isTrue();
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, pending())).isFalse();
		assertThat(this.traffic.snapshot().simultaneous()).containsExactlyInAnyOrder(List.of(SimulatedOperation.TOKEN),
				List.of(SimulatedOperation.AUTHORIZE, SimulatedOperation.TOKEN));
	}

	@Test
	void beginWhenClientOfAnotherHasGoneThenAlone() throws IOException {
		Exchange abandoned = pending();
		this.traffic.begin(SimulatedOperation.TOKEN, abandoned);
		this.clients.get(0).close();
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, pending())).isTrue();
		assertThat(this.traffic.snapshot().mostConcurrentCalls()).isOne();
	}

	@Test
	void beginWhenItsOwnClientHasGoneThenCountsAsAlone() throws IOException {
		Exchange late = pending();
		this.clients.get(0).close();
		this.traffic.begin(SimulatedOperation.TOKEN, pending());
		assertThat(this.traffic.begin(SimulatedOperation.AUTHORIZE, late)).isTrue();
		assertThat(this.traffic.snapshot().mostConcurrentCalls()).isOne();
	}

	private Exchange pending() throws IOException {
		this.clients.add(SocketChannel.open(this.server.getLocalAddress()));
		SocketChannel connection = this.server.accept();
		connection.configureBlocking(false);
		return new Exchange(connection.socket(), new CountDownLatch(1));
	}

}
