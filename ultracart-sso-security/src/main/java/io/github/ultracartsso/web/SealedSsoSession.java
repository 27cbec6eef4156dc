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

package io.github.ultracartsso.web;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;

import io.github.ultracartsso.authentication.SecretSealer;
import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.client.SimpleKey;
import org.jspecify.annotations.Nullable;

/**
 * An SSO session as it lies in an HTTP session: whatever writes that session anywhere
 * gets the key sealed. In the memory of the JVM that opened it once, it stays open, so
 * that an ordinary request opens nothing.
 */
final class SealedSsoSession implements Serializable {

	private static final String PURPOSE = "simple-key:";

	@Serial
	private static final long serialVersionUID = 1L;

	private final String sealedKey;

	private final Instant expiresAt;

	private final @Nullable String ipAddress;

	private transient volatile @Nullable SsoSession opened;

	private SealedSsoSession(String sealedKey, SsoSession ssoSession) {
		this.sealedKey = sealedKey;
		this.expiresAt = ssoSession.expiresAt();
		this.ipAddress = ssoSession.ipAddress();
		this.opened = ssoSession;
	}

	static SealedSsoSession seal(SsoSession ssoSession, SecretSealer sealer) {
		return new SealedSsoSession(sealer.seal(PURPOSE + ssoSession.simpleKey().value()), ssoSession);
	}

	@Nullable SsoSession open(SecretSealer sealer) {
		SsoSession ssoSession = this.opened;
		if (ssoSession == null) {
			String key = sealer.open(this.sealedKey);
			if (key == null || !key.startsWith(PURPOSE)) {
				return null;
			}
			ssoSession = new SsoSession(SimpleKey.of(key.substring(PURPOSE.length())), this.expiresAt, this.ipAddress);
			this.opened = ssoSession;
		}
		return ssoSession;
	}

}
