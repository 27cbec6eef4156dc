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

import org.jspecify.annotations.Nullable;

/**
 * Encrypts and authenticates users' keys, so that they can be stored where others may
 * read or change them. An application may replace the default, which uses
 * {@link EncryptionKeys}, for instance by a key management service.
 * <p>
 * A login encrypts once. The key is decrypted only where it is used: to read the user
 * again, to call UltraCart for the user, and to revoke the key.
 *
 * @since 0.1
 * @see EncryptionKeys#sealer(String)
 */
public interface SecretSealer {

	/**
	 * Encrypts a text.
	 * @param secret the text in clear
	 * @return the encrypted text, of letters, digits, {@code -} and {@code _}
	 */
	String seal(String secret);

	/**
	 * Decrypts what {@link #seal} returned.
	 * @param sealed the encrypted text
	 * @return the text in clear, or {@code null} if it was not encrypted with a known
	 * key. If an exception is thrown, the session goes on, and what needs the key fails
	 * or is tried again
	 */
	@Nullable String open(String sealed);

	/**
	 * Returns whether {@link #open} may know the key that a text was encrypted with. It
	 * is called on every request of a signed-in user, so it must neither decrypt nor make
	 * a remote call. By default it returns {@code true}.
	 * @param sealed the encrypted text
	 * @return {@code false} if the text certainly cannot be decrypted
	 */
	default boolean canOpen(String sealed) {
		return true;
	}

}
