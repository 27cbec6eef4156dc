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

import java.time.Instant;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * SSO session at UltraCart of a signed-in user. It is not serializable, because it gives
 * access to the user's key; a repository stores it as a {@link SealedSsoSession}.
 * <p>
 * Two of them are equal if they have the same id.
 *
 * @since 0.1
 */
public final class SsoSession {

	private final String id;

	private final String registrationId;

	private final @Nullable Integer userId;

	private final Supplier<@Nullable SimpleKey> key;

	private final @Nullable String sealedKey;

	private final Instant expiresAt;

	private final @Nullable String ipAddress;

	private final @Nullable String clientAddress;

	private final Instant beganAt;

	private final Instant userReadAt;

	private final @Nullable UltraCartUser user;

	private SsoSession(Builder builder) {
		Assert.state(builder.key != null, "simpleKey must be set");
		Assert.state(builder.expiresAt != null, "expiresAt must be set");
		this.id = builder.id;
		this.registrationId = builder.registrationId;
		this.userId = builder.userId;
		this.key = builder.key;
		this.sealedKey = builder.sealedKey;
		this.expiresAt = builder.expiresAt;
		this.ipAddress = builder.ipAddress;
		this.clientAddress = builder.clientAddress;
		this.beganAt = builder.beganAt;
		this.userReadAt = builder.userReadAt;
		this.user = builder.user;
	}

	/**
	 * Starts an SSO session.
	 * @param id a random id. It is no secret, and appears in stores and memories
	 * @return a builder
	 */
	public static Builder withId(String id) {
		return new Builder(id);
	}

	/**
	 * Returns a builder with the values of this SSO session.
	 * @return the builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder(this.id);
		builder.registrationId = this.registrationId;
		builder.userId = this.userId;
		builder.key = this.key;
		builder.sealedKey = this.sealedKey;
		builder.expiresAt = this.expiresAt;
		builder.ipAddress = this.ipAddress;
		builder.clientAddress = this.clientAddress;
		builder.beganAt = this.beganAt;
		builder.userReadAt = this.userReadAt;
		builder.user = this.user;
		return builder;
	}

	/**
	 * Returns the id of this SSO session, which is the application's own. It is no
	 * secret.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns the registration that the user signed in with.
	 * @return the registration id
	 */
	public String registrationId() {
		return this.registrationId;
	}

	/**
	 * Returns UltraCart's number of the user.
	 * @return the number, or {@code null} while the user has not been read
	 */
	public @Nullable Integer userId() {
		return this.userId;
	}

	/**
	 * Returns the user's key, decrypted for this call.
	 * @return the key
	 * @throws IllegalStateException if the key cannot be decrypted
	 */
	public SimpleKey simpleKey() {
		SimpleKey simpleKey = openKey();
		Assert.state(simpleKey != null, "The key of the SSO session cannot be decrypted. It was encrypted with another"
				+ " key than those in ultracart.sso.session.encryption-keys");
		return simpleKey;
	}

	/**
	 * Returns the user's key, or {@code null} if it cannot be decrypted.
	 */
	@Nullable SimpleKey openKey() {
		return this.key.get();
	}

	/**
	 * Returns the key as it came from a store, so that it is not encrypted again.
	 */
	@Nullable String sealedKey() {
		return this.sealedKey;
	}

	/**
	 * Returns when the key stops being valid.
	 * @return the expiry
	 */
	public Instant expiresAt() {
		return this.expiresAt;
	}

	/**
	 * Returns the address of the user as UltraCart saw it.
	 * @return the address, or {@code null} if UltraCart did not say
	 */
	public @Nullable String ipAddress() {
		return this.ipAddress;
	}

	/**
	 * Returns the address that the login was completed from as the application saw it.
	 * @return the address, or {@code null} if it is not known
	 */
	public @Nullable String clientAddress() {
		return this.clientAddress;
	}

	/**
	 * Returns when the login was completed.
	 * @return the time
	 */
	public Instant beganAt() {
		return this.beganAt;
	}

	/**
	 * Returns when the user was last read at UltraCart.
	 * @return the time
	 */
	public Instant userReadAt() {
		return this.userReadAt;
	}

	/**
	 * Returns the user as last read, which is kept here only where the security context
	 * has another principal.
	 * @return the user, or {@code null} if the user is the principal
	 */
	public @Nullable UltraCartUser user() {
		return this.user;
	}

	/**
	 * Returns whether the key has stopped being valid. No allowance is made for clocks
	 * that differ.
	 * @param now the present
	 * @return {@code true} from {@code expiresAt} on
	 */
	public boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	/**
	 * Returns whether the SSO session is of this user.
	 * @param other the user
	 * @return {@code true} if registration and user id are the same
	 */
	public boolean isOf(UltraCartUser other) {
		return this.userId != null && this.userId == other.userId()
				&& this.registrationId.equals(other.registrationId());
	}

	/**
	 * Returns whether both SSO sessions have the same key.
	 * @param other another SSO session
	 * @return {@code false} if the keys differ or one of them cannot be decrypted
	 */
	public boolean hasSameKey(SsoSession other) {
		SimpleKey simpleKey = openKey();
		return simpleKey != null && simpleKey.equals(other.openKey());
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof SsoSession other && this.id.equals(other.id));
	}

	@Override
	public int hashCode() {
		return this.id.hashCode();
	}

	@Override
	public String toString() {
		return "SsoSession[id=" + this.id + ", registrationId=" + this.registrationId + ", userId=" + this.userId
				+ ", expiresAt=" + this.expiresAt + "]";
	}

	/**
	 * Builds an {@link SsoSession}.
	 */
	public static final class Builder {

		private final String id;

		private String registrationId = UltraCartUser.DEFAULT_REGISTRATION_ID;

		private @Nullable Integer userId;

		private @Nullable Supplier<@Nullable SimpleKey> key;

		private @Nullable String sealedKey;

		private @Nullable Instant expiresAt;

		private @Nullable String ipAddress;

		private @Nullable String clientAddress;

		private Instant beganAt = Instant.EPOCH;

		private Instant userReadAt = Instant.EPOCH;

		private @Nullable UltraCartUser user;

		private Builder(String id) {
			Assert.hasText(id, "id cannot be empty");
			this.id = id;
		}

		/**
		 * Sets the registration. Defaults to the only one.
		 * @param registrationId the registration id
		 * @return this builder
		 */
		public Builder registrationId(String registrationId) {
			Assert.hasText(registrationId, "registrationId cannot be empty");
			this.registrationId = registrationId;
			return this;
		}

		/**
		 * Sets UltraCart's number of the user.
		 * @param userId the number, or {@code null}
		 * @return this builder
		 */
		public Builder userId(@Nullable Integer userId) {
			this.userId = userId;
			return this;
		}

		/**
		 * Sets the user's key. This or {@link #simpleKeySupplier} is required.
		 * @param simpleKey the key
		 * @return this builder
		 */
		public Builder simpleKey(SimpleKey simpleKey) {
			Assert.notNull(simpleKey, "simpleKey cannot be null");
			this.key = () -> simpleKey;
			this.sealedKey = null;
			return this;
		}

		/**
		 * Sets how the user's key is found, in place of {@link #simpleKey(SimpleKey)}.
		 * @param simpleKeySupplier returns the key whenever it is used, or {@code null}
		 * if there is none any more
		 * @return this builder
		 */
		public Builder simpleKeySupplier(Supplier<@Nullable SimpleKey> simpleKeySupplier) {
			Assert.notNull(simpleKeySupplier, "simpleKeySupplier cannot be null");
			this.key = simpleKeySupplier;
			this.sealedKey = null;
			return this;
		}

		Builder sealedKey(String sealedKey, Supplier<@Nullable SimpleKey> key) {
			this.sealedKey = sealedKey;
			this.key = key;
			return this;
		}

		/**
		 * Sets when the key stops being valid. Required.
		 * @param expiresAt the expiry
		 * @return this builder
		 */
		public Builder expiresAt(Instant expiresAt) {
			Assert.notNull(expiresAt, "expiresAt cannot be null");
			this.expiresAt = expiresAt;
			return this;
		}

		/**
		 * Sets the address of the user as UltraCart saw it.
		 * @param ipAddress the address, or {@code null}
		 * @return this builder
		 */
		public Builder ipAddress(@Nullable String ipAddress) {
			this.ipAddress = ipAddress;
			return this;
		}

		/**
		 * Sets the address that the login was completed from.
		 * @param clientAddress the address, or {@code null}
		 * @return this builder
		 */
		public Builder clientAddress(@Nullable String clientAddress) {
			this.clientAddress = clientAddress;
			return this;
		}

		/**
		 * Sets when the login was completed. Defaults to a time long ago.
		 * @param beganAt the time
		 * @return this builder
		 */
		public Builder beganAt(Instant beganAt) {
			Assert.notNull(beganAt, "beganAt cannot be null");
			this.beganAt = beganAt;
			return this;
		}

		/**
		 * Sets when the user was last read. Defaults to a time long ago.
		 * @param userReadAt the time
		 * @return this builder
		 */
		public Builder userReadAt(Instant userReadAt) {
			Assert.notNull(userReadAt, "userReadAt cannot be null");
			this.userReadAt = userReadAt;
			return this;
		}

		/**
		 * Sets the user where the security context has another principal.
		 * @param user the user, or {@code null}
		 * @return this builder
		 */
		public Builder user(@Nullable UltraCartUser user) {
			this.user = user;
			return this;
		}

		/**
		 * Builds the SSO session.
		 * @return the SSO session
		 * @throws IllegalStateException if the key or its expiry is missing
		 */
		public SsoSession build() {
			return new SsoSession(this);
		}

	}

}
