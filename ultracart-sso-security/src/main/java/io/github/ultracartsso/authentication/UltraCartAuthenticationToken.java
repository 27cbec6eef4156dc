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

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.ultracartsso.client.SimpleKey;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.Assert;

/**
 * Authentication of a user who has signed in with UltraCart. It holds no key. It carries
 * the id of the user's SSO session and, in the memory of the application only, access to
 * the key for as long as the SSO session lasts.
 * <p>
 * The class is final because Spring Security combines the factors of several logins only
 * for classes that declare {@link #toBuilder()} themselves.
 *
 * @since 0.1
 */
public final class UltraCartAuthenticationToken extends AbstractAuthenticationToken {

	@Serial
	private static final long serialVersionUID = 1L;

	private final UltraCartUser principal;

	private final @Nullable String ssoSessionId;

	private final transient @Nullable Supplier<@Nullable SimpleKey> simpleKeySupplier;

	/**
	 * Creates the token of an authenticated user without an SSO session.
	 * @param principal the user
	 * @param authorities the authorities of the user
	 */
	public UltraCartAuthenticationToken(UltraCartUser principal, Collection<? extends GrantedAuthority> authorities) {
		this(principal, authorities, null);
	}

	/**
	 * Creates the token of an authenticated user.
	 * @param principal the user
	 * @param authorities the authorities of the user
	 * @param ssoSessionId the id of the user's SSO session, or {@code null} if there is
	 * none
	 */
	public UltraCartAuthenticationToken(UltraCartUser principal, Collection<? extends GrantedAuthority> authorities,
			@Nullable String ssoSessionId) {
		super(authorities);
		Assert.notNull(principal, "principal cannot be null");
		Assert.notNull(authorities, "authorities cannot be null");
		this.principal = principal;
		this.ssoSessionId = ssoSessionId;
		this.simpleKeySupplier = null;
		super.setAuthenticated(true);
	}

	private UltraCartAuthenticationToken(Builder builder) {
		super(builder);
		this.principal = builder.principal;
		this.ssoSessionId = builder.ssoSessionId;
		this.simpleKeySupplier = builder.simpleKeySupplier;
	}

	@Override
	public UltraCartUser getPrincipal() {
		return this.principal;
	}

	/**
	 * Returns {@code null}, because this token holds no key.
	 * @return {@code null}
	 */
	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	/**
	 * Returns the id of the SSO session behind this authentication. It is no secret.
	 * @return the id, or {@code null} if there is no SSO session
	 */
	public @Nullable String getSsoSessionId() {
		return this.ssoSessionId;
	}

	/**
	 * Returns access to the user's key. It is neither serialized nor printed.
	 * @return a supplier that returns the key, or {@code null} when the SSO session is
	 * over; {@code null} if this token was created or deserialized outside a request that
	 * the application guards
	 */
	public @Nullable Supplier<@Nullable SimpleKey> simpleKeySupplier() {
		return this.simpleKeySupplier;
	}

	/**
	 * Returns a copy of this token for an SSO session.
	 * @param ssoSessionId the id of the SSO session
	 * @param simpleKeySupplier returns the key, or {@code null} when the SSO session is
	 * over; {@code null} for a token without access to the key
	 * @return the copy
	 */
	public UltraCartAuthenticationToken withSsoSession(String ssoSessionId,
			@Nullable Supplier<@Nullable SimpleKey> simpleKeySupplier) {
		Assert.notNull(ssoSessionId, "ssoSessionId cannot be null");
		Builder builder = toBuilder();
		builder.ssoSessionId = ssoSessionId;
		builder.simpleKeySupplier = simpleKeySupplier;
		return builder.build();
	}

	/**
	 * Withdraws the authentication, which cannot be undone.
	 * @param authenticated {@code false}
	 * @throws IllegalArgumentException if {@code true}
	 */
	@Override
	public void setAuthenticated(boolean authenticated) {
		Assert.isTrue(!authenticated, "Cannot set this token to trusted; use the constructor instead");
		super.setAuthenticated(false);
	}

	@Override
	public Builder toBuilder() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof UltraCartAuthenticationToken && super.equals(obj));
	}

	@Override
	public int hashCode() {
		return Objects.hash(super.hashCode(), UltraCartAuthenticationToken.class);
	}

	@Serial
	private Object writeReplace() {
		return new StoredToken(this);
	}

	@Serial
	private void readObject(ObjectInputStream in) throws InvalidObjectException {
		throw new InvalidObjectException("The serialized form is StoredToken");
	}

	/**
	 * Builds an {@link UltraCartAuthenticationToken} from another.
	 */
	public static final class Builder extends AbstractAuthenticationBuilder<Builder> {

		private UltraCartUser principal;

		private @Nullable String ssoSessionId;

		private @Nullable Supplier<@Nullable SimpleKey> simpleKeySupplier;

		private Builder(UltraCartAuthenticationToken token) {
			super(token);
			this.principal = token.principal;
			this.ssoSessionId = token.ssoSessionId;
			this.simpleKeySupplier = token.simpleKeySupplier;
		}

		/**
		 * Sets the user.
		 * @param principal an {@link UltraCartUser}
		 * @return this builder
		 */
		@Override
		public Builder principal(@Nullable Object principal) {
			Assert.isInstanceOf(UltraCartUser.class, principal, "principal must be an UltraCartUser");
			this.principal = (UltraCartUser) principal;
			return this;
		}

		@Override
		public UltraCartAuthenticationToken build() {
			return new UltraCartAuthenticationToken(this);
		}

	}

}
