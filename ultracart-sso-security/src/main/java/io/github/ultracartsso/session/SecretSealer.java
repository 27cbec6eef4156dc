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

package io.github.ultracartsso.session;

import org.jspecify.annotations.Nullable;

/**
 * Seals users' keys so that they can be stored where others may read them, and nobody can
 * change them unnoticed. An application may put a key management service in the place of
 * the default, which seals with {@link EncryptionKeys}.
 * <p>
 * Sealing happens once in a login, opening only where the key is used: to read the user
 * again, to call UltraCart for the user, and to revoke the key.
 *
 * @since 0.1
 * @see EncryptionKeys#sealer(String)
 */
public interface SecretSealer {

	/**
	 * Seals the text.
	 * @param secret the text in clear
	 * @return the sealed text, of letters, digits, {@code -} and {@code _}
	 */
	String seal(String secret);

	/**
	 * Opens what {@link #seal} returned.
	 * @param sealed the sealed text
	 * @return the text in clear, or {@code null} if this was not sealed with a known key.
	 * An exception means that it cannot be told at the moment: the session goes on, and
	 * what needs the key is tried again or fails
	 */
	@Nullable String open(String sealed);

	/**
	 * Returns whether {@link #open} may know the key. It is asked on every request of a
	 * signed-in user whose session comes from a store, so it must neither decrypt nor
	 * call anybody. By default it may.
	 * @param sealed the sealed text
	 * @return {@code false} if it surely cannot be opened
	 */
	default boolean canOpen(String sealed) {
		return true;
	}

}
