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

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

import io.github.ultracartsso.client.SimpleKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An SSO session in the form in which it may lie in an HTTP session or any other store:
 * with the key sealed.
 *
 * @since 0.1
 */
public final class SealedSsoSession implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String sealedKey;

	private final Instant expiresAt;

	private final @Nullable String ipAddress;

	/**
	 * In the memory of the JVM that opened it once it stays open, and is never written
	 * anywhere.
	 */
	private transient volatile @Nullable SsoSession opened;

	private SealedSsoSession(String sealedKey, Instant expiresAt, @Nullable String ipAddress) {
		Assert.notNull(sealedKey, "sealedKey cannot be null");
		Assert.notNull(expiresAt, "expiresAt cannot be null");
		this.sealedKey = sealedKey;
		this.expiresAt = expiresAt;
		this.ipAddress = ipAddress;
	}

	/**
	 * Seals the key of an SSO session.
	 * @param ssoSession the SSO session
	 * @param sealer seals the key
	 * @return the SSO session as it may be stored
	 */
	public static SealedSsoSession seal(SsoSession ssoSession, SecretSealer sealer) {
		Assert.notNull(ssoSession, "ssoSession cannot be null");
		SealedSsoSession sealed = new SealedSsoSession(sealer.seal(ssoSession.simpleKey().value()),
				ssoSession.expiresAt(), ssoSession.ipAddress());
		sealed.opened = ssoSession;
		return sealed;
	}

	/**
	 * Opens the key.
	 * @param sealer what sealed it, or another with the same keys
	 * @return the SSO session, or {@code null} if the key cannot be opened, or what is
	 * opened is no key
	 */
	public @Nullable SsoSession open(SecretSealer sealer) {
		SsoSession ssoSession = this.opened;
		if (ssoSession == null) {
			SimpleKey key = openKey(sealer);
			if (key == null) {
				return null;
			}
			ssoSession = new SsoSession(key, this.expiresAt, this.ipAddress);
			this.opened = ssoSession;
		}
		return ssoSession;
	}

	private @Nullable SimpleKey openKey(SecretSealer sealer) {
		String key = sealer.open(this.sealedKey);
		try {
			return (key != null) ? SimpleKey.of(key) : null;
		}
		catch (IllegalArgumentException ex) {
			// sealed by this application for something else
			return null;
		}
	}

	/**
	 * Returns whether the key is open already, or the sealer may know what it was sealed
	 * with. Nothing is decrypted.
	 * @param sealer what sealed it, or another with the same keys
	 * @return {@code false} if the key surely cannot be opened
	 */
	public boolean canBeOpened(SecretSealer sealer) {
		return this.opened != null || sealer.canOpen(this.sealedKey);
	}

	/**
	 * Returns when the key stops being valid.
	 * @return the expiry
	 */
	public Instant expiresAt() {
		return this.expiresAt;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof SealedSsoSession other && this.sealedKey.equals(other.sealedKey)
				&& this.expiresAt.equals(other.expiresAt) && Objects.equals(this.ipAddress, other.ipAddress));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.sealedKey, this.expiresAt, this.ipAddress);
	}

	@Override
	public String toString() {
		return "SealedSsoSession[expiresAt=" + this.expiresAt + "]";
	}

}
