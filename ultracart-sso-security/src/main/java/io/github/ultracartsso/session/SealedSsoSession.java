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

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.time.Instant;
import java.util.Objects;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.session.sealing.SecretSealer;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * SSO session in the form in which it is stored in an HTTP session or any other store:
 * with the key encrypted.
 *
 * @since 0.1
 */
@SuppressWarnings("NullAway.Init")
public final class SealedSsoSession implements Externalizable {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final int FORMAT = 1;

	// not final, because deserialization sets them; nothing else does

	private String id;

	private String registrationId;

	private @Nullable Integer userId;

	private String sealedKey;

	private Instant expiresAt;

	private @Nullable String ipAddress;

	private @Nullable String clientAddress;

	private Instant beganAt;

	private Instant userReadAt;

	private @Nullable UltraCartUser user;

	/**
	 * Creates an empty form. Only for deserialization.
	 */
	public SealedSsoSession() {
	}

	/**
	 * Encrypts the key of an SSO session, unless it is encrypted already.
	 * @param ssoSession the SSO session
	 * @param sealer encrypts the key
	 * @return the SSO session as it may be stored
	 */
	public static SealedSsoSession seal(SsoSession ssoSession, SecretSealer sealer) {
		Assert.notNull(ssoSession, "ssoSession cannot be null");
		SealedSsoSession sealed = new SealedSsoSession();
		sealed.id = ssoSession.id();
		sealed.registrationId = ssoSession.registrationId();
		sealed.userId = ssoSession.userId();
		String before = ssoSession.sealedKey();
		sealed.sealedKey = (before != null && sealer.canOpen(before)) ? before
				: sealer.seal(ssoSession.simpleKey().value());
		sealed.expiresAt = ssoSession.expiresAt();
		sealed.ipAddress = ssoSession.ipAddress();
		sealed.clientAddress = ssoSession.clientAddress();
		sealed.beganAt = ssoSession.beganAt();
		sealed.userReadAt = ssoSession.userReadAt();
		sealed.user = ssoSession.user();
		return sealed;
	}

	/**
	 * Returns the SSO session. Its key is decrypted when it is asked for.
	 * @param sealer decrypts the key
	 * @return the SSO session, or {@code null} if the sealer does not know the key that
	 * it was encrypted with, or the stored form is incomplete
	 */
	public @Nullable SsoSession open(SecretSealer sealer) {
		if (!isComplete() || !sealer.canOpen(this.sealedKey)) {
			return null;
		}
		return SsoSession.withId(this.id)
			.registrationId(this.registrationId)
			.userId(this.userId)
			.sealedKey(this.sealedKey, () -> openKey(sealer))
			.expiresAt(this.expiresAt)
			.ipAddress(this.ipAddress)
			.clientAddress(this.clientAddress)
			.beganAt(this.beganAt)
			.userReadAt(this.userReadAt)
			.user(this.user)
			.build();
	}

	private boolean isComplete() {
		return this.id != null && this.registrationId != null && this.sealedKey != null && this.expiresAt != null
				&& this.beganAt != null && this.userReadAt != null;
	}

	private @Nullable SimpleKey openKey(SecretSealer sealer) {
		String key = sealer.open(this.sealedKey);
		try {
			return (key != null) ? SimpleKey.of(key) : null;
		}
		catch (IllegalArgumentException ex) {
			// encrypted by this application for another purpose
			return null;
		}
	}

	@Override
	public void writeExternal(ObjectOutput out) throws IOException {
		out.writeByte(FORMAT);
		out.writeObject(this.id);
		out.writeObject(this.registrationId);
		out.writeBoolean(this.userId != null);
		out.writeInt((this.userId != null) ? this.userId : 0);
		out.writeObject(this.sealedKey);
		out.writeObject(this.ipAddress);
		out.writeObject(this.clientAddress);
		write(this.expiresAt, out);
		write(this.beganAt, out);
		write(this.userReadAt, out);
		out.writeObject(this.user);
	}

	private static void write(Instant instant, ObjectOutput out) throws IOException {
		out.writeLong(instant.getEpochSecond());
		out.writeInt(instant.getNano());
	}

	@Override
	public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
		if (in.readByte() != FORMAT) {
			throw new InvalidObjectException("This SealedSsoSession was stored by another version");
		}
		this.id = (String) in.readObject();
		this.registrationId = (String) in.readObject();
		boolean hasUserId = in.readBoolean();
		int number = in.readInt();
		this.userId = hasUserId ? number : null;
		this.sealedKey = (String) in.readObject();
		this.ipAddress = (String) in.readObject();
		this.clientAddress = (String) in.readObject();
		this.expiresAt = readInstant(in);
		this.beganAt = readInstant(in);
		this.userReadAt = readInstant(in);
		this.user = (UltraCartUser) in.readObject();
	}

	private static Instant readInstant(ObjectInput in) throws IOException {
		return Instant.ofEpochSecond(in.readLong(), in.readInt());
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof SealedSsoSession other && Objects.equals(this.id, other.id)
				&& Objects.equals(this.sealedKey, other.sealedKey)
				&& Objects.equals(this.userReadAt, other.userReadAt));
	}

	@Override
	public int hashCode() {
		return Objects.hashCode(this.id);
	}

	@Override
	public String toString() {
		return "SealedSsoSession[id=" + this.id + ", expiresAt=" + this.expiresAt + "]";
	}

}
