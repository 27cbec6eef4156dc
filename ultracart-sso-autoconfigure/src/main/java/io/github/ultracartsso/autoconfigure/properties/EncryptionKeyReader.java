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

package io.github.ultracartsso.autoconfigure.properties;

import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Reads encryption keys from Base64 text: in either alphabet, with or without padding,
 * and with white space around it.
 */
final class EncryptionKeyReader {

	static final int KEY_BYTES = 32;

	private EncryptionKeyReader() {
	}

	/**
	 * Reads the key.
	 * @param text the key in Base64
	 * @return the key, of any length, or {@code null} if the text is not Base64
	 */
	static byte @Nullable [] read(String text) {
		try {
			return Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
