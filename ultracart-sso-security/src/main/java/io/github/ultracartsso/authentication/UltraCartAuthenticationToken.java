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
import java.util.Collection;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.Assert;

/**
 * A user who has signed in with UltraCart. It carries no key: that stays in the
 * repository of SSO sessions.
 * <p>
 * The class is final because Spring Security joins the factors of several logins only for
 * classes that declare {@link #toBuilder()} themselves.
 *
 * @since 0.1
 */
public final class UltraCartAuthenticationToken extends AbstractAuthenticationToken {

	@Serial
	private static final long serialVersionUID = 1L;

	private final UltraCartUser principal;

	/**
	 * Creates the token of an authenticated user.
	 * @param principal the user
	 * @param authorities what the user may do
	 */
	public UltraCartAuthenticationToken(UltraCartUser principal, Collection<? extends GrantedAuthority> authorities) {
		super(authorities);
		Assert.notNull(principal, "principal cannot be null");
		Assert.notNull(authorities, "authorities cannot be null");
		this.principal = principal;
		super.setAuthenticated(true);
	}

	private UltraCartAuthenticationToken(Builder builder) {
		super(builder);
		this.principal = builder.principal;
	}

	@Override
	public UltraCartUser getPrincipal() {
		return this.principal;
	}

	/**
	 * Returns nothing: this token carries no key.
	 * @return {@code null}
	 */
	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	/**
	 * Withdraws the authentication. It cannot be given to a token afterwards.
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

	/**
	 * Builds an {@link UltraCartAuthenticationToken} from another.
	 */
	public static final class Builder extends AbstractAuthenticationBuilder<Builder> {

		private UltraCartUser principal;

		private Builder(UltraCartAuthenticationToken token) {
			super(token);
			this.principal = token.principal;
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
