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
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.util.Assert;

/**
 * AES-256 keys of an application, with rotation. The first key encrypts, all decrypt. To
 * rotate keys, put a new one before the others, and remove the old one once nothing that
 * was encrypted with it is in use any more.
 * <p>
 * The keys are not used directly. For each purpose others are derived from them, so that
 * what is encrypted for one purpose is not accepted for another.
 *
 * @since 0.1
 */
public final class EncryptionKeys {

	private static final String DERIVATION = "HmacSHA256";

	private static final int KEY_BYTES = 32;

	private final List<SecretKeySpec> keys;

	private EncryptionKeys(List<byte[]> keys) {
		Assert.notEmpty(keys, "keys cannot be empty");
		for (int i = 0; i < keys.size(); i++) {
			Assert.isTrue(keys.get(i).length == KEY_BYTES, "Key %d of %d has %d bytes, but an AES-256 key has %d"
				.formatted(i + 1, keys.size(), keys.get(i).length, KEY_BYTES));
		}
		this.keys = keys.stream().map((key) -> new SecretKeySpec(key, DERIVATION)).toList();
	}

	/**
	 * Returns the given keys.
	 * @param keys one key or several, of 32 bytes each
	 * @return the keys
	 * @throws IllegalArgumentException if there is no key, or one of another length
	 */
	public static EncryptionKeys of(List<byte[]> keys) {
		return new EncryptionKeys(keys);
	}

	/**
	 * Returns a random key, which only this process has. What was encrypted with it can
	 * be decrypted neither by another instance nor after a restart.
	 * @return the key
	 */
	public static EncryptionKeys random() {
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		return of(List.of(key));
	}

	/**
	 * Returns a sealer for a purpose, which encrypts with AES-256 in Galois/Counter Mode.
	 * @param purpose any name. Sealers of the same keys and the same purpose decrypt what
	 * the others have encrypted
	 * @return the sealer
	 */
	public SecretSealer sealer(String purpose) {
		Assert.hasText(purpose, "purpose cannot be empty");
		return new AesGcmSecretSealer(() -> this.keys.stream().map((key) -> derive(key, purpose)).toList());
	}

	private static byte[] derive(SecretKeySpec key, String purpose) {
		try {
			Mac mac = Mac.getInstance(DERIVATION);
			mac.init(key);
			return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(DERIVATION + ", which every Java platform has, is not available", ex);
		}
	}

	/**
	 * Returns the number of keys only.
	 */
	@Override
	public String toString() {
		return "EncryptionKeys[" + this.keys.size() + "]";
	}

}
