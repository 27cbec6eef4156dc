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

package io.github.ultracartsso.login;

import java.util.Arrays;
import java.util.Base64;

import io.github.ultracartsso.session.sealing.Sha256;

/**
 * Derives from a state the name under which a pending login is stored. The name does not
 * reveal the state. Not part of the API.
 */
public final class StateDigest {

	/**
	 * 128 bits, so that no other state with the same digest can be found.
	 */
	private static final int BYTES = 16;

	private StateDigest() {
	}

	/**
	 * Returns the digest of a state.
	 * @param state the state
	 * @return letters, digits, {@code -} and {@code _}
	 */
	public static String of(String state) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(Sha256.digest(state), BYTES));
	}

}
