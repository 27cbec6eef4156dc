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
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * How a body gets to the client.
 */
@FunctionalInterface
interface Transmission {

	/**
	 * As it should.
	 */
	Transmission NORMAL = in(StandardCharsets.UTF_8);

	/**
	 * Sends the body, as much of it as the client is to get.
	 * @throws IOException if the answer breaks off
	 */
	void send(String body, OutputStream out, Exchange exchange) throws IOException;

	static Transmission in(Charset charset) {
		return (body, out, exchange) -> out.write(body.getBytes(charset));
	}

	/**
	 * Byte by byte with a pause before each.
	 */
	static Transmission dripping(Duration pause) {
		return (body, out, exchange) -> {
			for (byte drop : body.getBytes(StandardCharsets.UTF_8)) {
				out.flush();
				if (!exchange.pause(pause)) {
					// or else the server may end the answer as if it were complete
					exchange.reset();
					throw new IOException("Nobody waits for the rest");
				}
				out.write(drop);
			}
		};
	}

	/**
	 * Half of the body, then a reset.
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
	 * The body, followed by a filling that is never in memory as a whole.
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
