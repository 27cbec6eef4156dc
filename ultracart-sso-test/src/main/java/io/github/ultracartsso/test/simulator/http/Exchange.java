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
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether the client of a request still waits for the response. Not part of the
 * API.
 */
public final class Exchange {

	private static final long CLIENT_CHECK_MILLIS = 10;

	private final @Nullable Socket socket;

	private final CountDownLatch closing;

	private volatile boolean over;

	/**
	 * Creates an exchange.
	 * @param socket the connection, {@code null} where it is not known; the client then
	 * counts as waiting
	 * @param closing reaches zero when the simulator is closed
	 */
	Exchange(@Nullable Socket socket, CountDownLatch closing) {
		this.socket = socket;
		this.closing = closing;
	}

	/**
	 * Marks the response as complete. This comes before the client can see the end of the
	 * response, since its next call may follow at once.
	 */
	void finish() {
		this.over = true;
	}

	/**
	 * Returns whether the response is complete or the client has gone.
	 */
	public boolean isOver() {
		if (!this.over && isClientGone()) {
			this.over = true;
		}
		return this.over;
	}

	/**
	 * Waits, for as long as the client does.
	 * @return whether the client still waits afterwards
	 */
	boolean pause(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		try {
			while (!isOver()) {
				long left = end - System.nanoTime();
				if (left <= 0) {
					return true;
				}
				long step = Math.min(left, TimeUnit.MILLISECONDS.toNanos(CLIENT_CHECK_MILLIS));
				if (this.closing.await(step, TimeUnit.NANOSECONDS)) {
					return false;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

	/**
	 * Resets the connection, where it is known.
	 */
	void reset() throws IOException {
		if (this.socket != null) {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
	}

	private boolean isClientGone() {
		if (this.socket == null) {
			return false;
		}
		try {
			// a client that waits sends nothing, so all that can be read is the end
			return this.socket.isClosed() || this.socket.getChannel().read(ByteBuffer.allocate(1)) < 0;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
