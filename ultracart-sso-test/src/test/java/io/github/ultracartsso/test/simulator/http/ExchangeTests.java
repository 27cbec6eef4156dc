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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Exchange}.
 */
class ExchangeTests {

	private final CountDownLatch closing = new CountDownLatch(1);

	private ServerSocketChannel server;

	private SocketChannel client;

	private Exchange exchange;

	@BeforeEach
	void connect() throws IOException {
		this.server = ServerSocketChannel.open();
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.client = SocketChannel.open(this.server.getLocalAddress());
		SocketChannel connection = this.server.accept();
		connection.configureBlocking(false);
		this.exchange = new Exchange(connection.socket(), this.closing);
	}

	@AfterEach
	void close() throws IOException {
		this.client.close();
		this.server.close();
	}

	@Test
	void isOverWhenClientWaitsThenFalse() {
		assertThat(this.exchange.isOver()).isFalse();
	}

	@Test
	void isOverWhenClientHasGoneThenTrue() throws IOException {
		this.client.close();
		assertThat(this.exchange.pause(Duration.ofSeconds(20))).isFalse();
		assertThat(this.exchange.isOver()).isTrue();
	}

	@Test
	void isOverWhenFinishedThenTrue() {
		this.exchange.finish();
		assertThat(this.exchange.isOver()).isTrue();
	}

	@Test
	void isOverWhenConnectionNotKnownThenFalse() {
		assertThat(new Exchange(null, this.closing).isOver()).isFalse();
	}

	@Test
	void pauseWhenSimulatorClosedThenEndsEarly() {
		this.closing.countDown();
		assertThat(this.exchange.pause(Duration.ofDays(1))).isFalse();
	}

	@Test
	void pauseWhenClientWaitsThenTrueAfterTheTime() {
		assertThat(this.exchange.pause(Duration.ofMillis(1))).isTrue();
	}

}
