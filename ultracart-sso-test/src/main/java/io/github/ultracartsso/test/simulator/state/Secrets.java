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

package io.github.ultracartsso.test.simulator.state;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Generates the unguessable values of one simulator. They have the forms of public
 * samples of UltraCart's API.
 */
final class Secrets {

	private static final int REQUEST_ID_LENGTH = 31;

	private final SecureRandom random = new SecureRandom();

	/**
	 * A simple key: 64 lower-case hexadecimal digits.
	 */
	String simpleKey() {
		return HexFormat.of().formatHex(bytes(32));
	}

	/**
	 * A code or the token of a login page: 32 lower-case hexadecimal digits.
	 */
	String token() {
		return HexFormat.of().formatHex(bytes(16));
	}

	/**
	 * A request id: 31 upper-case hexadecimal digits, an odd number as in UltraCart's own
	 * responses.
	 */
	String requestId() {
		return HexFormat.of().withUpperCase().formatHex(bytes(16)).substring(0, REQUEST_ID_LENGTH);
	}

	private byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return bytes;
	}

}
