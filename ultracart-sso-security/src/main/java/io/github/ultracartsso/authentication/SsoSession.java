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

import java.time.Instant;

import io.github.ultracartsso.client.SimpleKey;
import org.jspecify.annotations.Nullable;

/**
 * The SSO session at UltraCart behind a signed-in user. It is not serializable, because
 * it holds the user's key in clear; a repository keeps it as a {@link SealedSsoSession}.
 *
 * @param simpleKey the user's key
 * @param expiresAt when the key stops being valid
 * @param ipAddress the address of the user as UltraCart saw it, or {@code null} if
 * UltraCart did not say
 * @since 0.1
 */
public record SsoSession(SimpleKey simpleKey, Instant expiresAt, @Nullable String ipAddress) {

	/**
	 * Returns whether the key has stopped being valid. No allowance is made for clocks
	 * that differ.
	 * @param now the present
	 * @return {@code true} from {@code expiresAt} on
	 */
	public boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

}
