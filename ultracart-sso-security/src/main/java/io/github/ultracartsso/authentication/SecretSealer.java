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

import org.jspecify.annotations.Nullable;

/**
 * Seals text so that it can be stored or sent where others may read it, and nobody can
 * change it unnoticed.
 *
 * @since 0.1
 * @see AesGcmSecretSealer
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
	 * @return the text in clear, or {@code null} if this was not sealed with a known key
	 */
	@Nullable String open(String sealed);

}
