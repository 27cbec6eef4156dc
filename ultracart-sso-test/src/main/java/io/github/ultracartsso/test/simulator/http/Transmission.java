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
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Sends the body of a response to the client, or a part of it. Not part of the API.
 */
@FunctionalInterface
public interface Transmission {

	/**
	 * Sends the whole body at once.
	 */
	Transmission NORMAL = in(StandardCharsets.UTF_8);

	/**
	 * Sends the part of the body that the client is to receive.
	 * @throws IOException if the response breaks off
	 */
	void send(String body, OutputStream out, Exchange exchange) throws IOException;

	static Transmission in(Charset charset) {
		return (body, out, exchange) -> out.write(body.getBytes(charset));
	}

	/**
	 * Sends the body byte by byte, with a pause before each byte.
	 */
	static Transmission dripping(Duration pause) {
		return (body, out, exchange) -> {
			for (byte drop : body.getBytes(StandardCharsets.UTF_8)) {
				out.flush();
				if (!exchange.pause(pause)) {
					// otherwise the server may end the response as if it were complete
					exchange.reset();
					throw new IOException("The client no longer waits for the rest");
				}
				out.write(drop);
			}
		};
	}

	/**
	 * Sends half of the body, then resets the connection.
	 */
	static Transmission brokenOff() {
		return (body, out, exchange) -> {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			out.write(bytes, 0, bytes.length / 2);
			out.flush();
			exchange.finish();
			exchange.reset();
			throw new IOException("The connection is reset");
		};
	}

	/**
	 * Sends the body, followed by a filling that is made while it is sent.
	 */
	static Transmission filledUpTo(long length) {
		return (body, out, exchange) -> {
			byte[] start = body.getBytes(StandardCharsets.UTF_8);
			byte[] filling = new byte[8192];
			Arrays.fill(filling, (byte) 'x');
			out.write(start);
			for (long left = length - start.length; left > 0; left -= filling.length) {
				out.write(filling, 0, (int) Math.min(left, filling.length));
			}
		};
	}

}
