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

package io.github.ultracartsso.autoconfigure;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import io.github.ultracartsso.session.sealing.EncryptionKeys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that are the same in every run.
 */
public final class TestEncryptionKeys {

	/**
	 * Number of a key in which the two alphabets of Base64 differ.
	 */
	public static final int OF_ALL_LETTERS = 3;

	private TestEncryptionKeys() {
	}

	/**
	 * Returns a key as {@code openssl rand -base64 32} prints it.
	 */
	public static String text(int number) {
		return Base64.getEncoder().encodeToString(bytes(number));
	}

	/**
	 * Returns the ways in which people may have the key {@link #OF_ALL_LETTERS}.
	 */
	public static List<String> spellings() {
		String key = text(OF_ALL_LETTERS);
		assertThat(key).contains("+", "/").endsWith("=");
		String urlKey = key.replace('+', '-').replace('/', '_');
		return List.of(key, key.replace("=", ""), urlKey, urlKey.replace("=", ""), " " + key + "\n");
	}

	/**
	 * Returns what an application has that is given the same keys.
	 */
	public static EncryptionKeys of(int... numbers) {
		return EncryptionKeys.of(Arrays.stream(numbers).mapToObj(TestEncryptionKeys::bytes).toList());
	}

	private static byte[] bytes(int number) {
		byte[] key = new byte[32];
		new Random(number).nextBytes(key);
		return key;
	}

}
