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

package io.github.ultracartsso.authentication;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.util.Assert;

/**
 * Seals with AES-256 in Galois/Counter Mode.
 *
 * @since 0.1
 */
public final class AesGcmSecretSealer implements SecretSealer {

	private static final int KEY_BYTES = 32;

	private final AesGcmBytesEncryptor encryptor;

	private AesGcmSecretSealer(SecretKey key) {
		this.encryptor = AesGcmBytesEncryptor.withSecretKey(key).build();
	}

	/**
	 * Returns a sealer with a random key, which dies with the process: what was sealed
	 * can be opened neither elsewhere nor after a restart.
	 * @return the sealer
	 */
	public static AesGcmSecretSealer withRandomKey() {
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		return withKey(key);
	}

	/**
	 * Returns a sealer with the key.
	 * @param key 32 bytes
	 * @return the sealer
	 */
	public static AesGcmSecretSealer withKey(byte[] key) {
		Assert.isTrue(key.length == KEY_BYTES, "An AES-256 key has 32 bytes");
		return new AesGcmSecretSealer(new SecretKeySpec(key, "AES"));
	}

	@Override
	public String seal(String secret) {
		byte[] sealed = this.encryptor.encrypt(secret.getBytes(StandardCharsets.UTF_8));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
	}

	@Override
	public @Nullable String open(String sealed) {
		try {
			return new String(this.encryptor.decrypt(Base64.getUrlDecoder().decode(sealed)), StandardCharsets.UTF_8);
		}
		catch (RuntimeException ex) {
			// not Base64, too short, or sealed with another key: all the same to the
			// caller
			return null;
		}
	}

}
