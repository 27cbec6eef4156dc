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

package io.github.ultracartsso.session.sealing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Encrypts with AES-256 in Galois/Counter Mode. The encrypted text begins with a mark of
 * the key, which tells without decryption whether, and with which key, it can be
 * decrypted.
 */
final class AesGcmSecretSealer implements SecretSealer {

	private static final int MARK_BYTES = 6;

	/**
	 * Six bytes are eight letters of Base64.
	 */
	private static final int MARK_LETTERS = 8;

	private final SingletonSupplier<List<MarkedKey>> keys;

	/**
	 * Creates a sealer.
	 * @param keys returns the keys, once, when the first of them is needed
	 */
	AesGcmSecretSealer(Supplier<List<byte[]>> keys) {
		this.keys = SingletonSupplier.of(() -> keys.get().stream().map(MarkedKey::of).toList());
	}

	@Override
	public String seal(String secret) {
		MarkedKey key = this.keys.obtain().get(0);
		byte[] sealed = key.encryptor().encrypt(secret.getBytes(StandardCharsets.UTF_8));
		return key.mark() + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
	}

	@Override
	public @Nullable String open(String sealed) {
		MarkedKey key = findKey(sealed);
		if (key == null) {
			return null;
		}
		try {
			byte[] opened = key.encryptor().decrypt(Base64.getUrlDecoder().decode(sealed.substring(MARK_LETTERS)));
			return new String(opened, StandardCharsets.UTF_8);
		}
		catch (RuntimeException ex) {
			// not Base64, too short or tampered with
			return null;
		}
	}

	@Override
	public boolean canOpen(String sealed) {
		return findKey(sealed) != null;
	}

	private @Nullable MarkedKey findKey(String sealed) {
		for (MarkedKey key : this.keys.obtain()) {
			if (sealed.startsWith(key.mark())) {
				return key;
			}
		}
		return null;
	}

	private record MarkedKey(String mark, AesGcmBytesEncryptor encryptor) {

		static MarkedKey of(byte[] key) {
			return new MarkedKey(mark(key), AesGcmBytesEncryptor.withSecretKey(new SecretKeySpec(key, "AES")).build());
		}

		private static String mark(byte[] key) {
			return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(Sha256.digest("mark:", key), MARK_BYTES));
		}

	}

}
