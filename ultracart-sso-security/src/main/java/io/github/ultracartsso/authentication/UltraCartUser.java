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
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.ultracartsso.client.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.util.Assert;

/**
 * Principal of a user who signed in with UltraCart.
 * <p>
 * Two principals are equal if they are the same user of the same registration, whatever
 * their permissions. Concurrent session control relies on that. A principal contains no
 * secret.
 *
 * @since 0.1
 */
public final class UltraCartUser implements UserDetails {

	/**
	 * Id of the registration where an application has only one.
	 */
	public static final String DEFAULT_REGISTRATION_ID = "ultracart";

	@Serial
	private static final long serialVersionUID = 1L;

	private static final int MAX_LOGIN_LENGTH = 64;

	private final String registrationId;

	private final int userId;

	private final String login;

	private final @Nullable String fullName;

	private final @Nullable String email;

	private final String[] permissions;

	private final String[] groups;

	private final GrantedAuthority[] authorities;

	private UltraCartUser(Builder builder) {
		this.registrationId = builder.registrationId;
		this.userId = builder.userId;
		this.login = builder.login;
		this.fullName = builder.fullName;
		this.email = builder.email;
		this.permissions = builder.permissions.stream().map(String::strip).distinct().toArray(String[]::new);
		this.groups = builder.groups.stream().map(String::strip).distinct().toArray(String[]::new);
		this.authorities = builder.authorities.stream().distinct().toArray(GrantedAuthority[]::new);
	}

	/**
	 * Starts building a user.
	 * @param userId UltraCart's id of the user
	 * @param login the login name
	 * @return a builder
	 */
	public static Builder with(int userId, String login) {
		return new Builder(userId, login);
	}

	/**
	 * Returns the id of the registration that the user signed in with.
	 * @return the registration id, {@value #DEFAULT_REGISTRATION_ID} where there is only
	 * one
	 */
	public String registrationId() {
		return this.registrationId;
	}

	UltraCartUser withLogin(String registrationId, Collection<? extends GrantedAuthority> authorities) {
		return with(this.userId, this.login).registrationId(registrationId)
			.fullName(this.fullName)
			.email(this.email)
			.permissions(permissions())
			.groups(groups())
			.authorities(authorities)
			.build();
	}

	/**
	 * Returns UltraCart's id of the user, which stays the same when the login changes.
	 * @return the user id
	 */
	public int userId() {
		return this.userId;
	}

	/**
	 * Returns the login name, which is unique within a merchant account and
	 * case-sensitive.
	 * @return the login
	 */
	public String login() {
		return this.login;
	}

	/**
	 * Returns the user's name.
	 * @return the name, or {@code null} if UltraCart has none
	 */
	public @Nullable String fullName() {
		return this.fullName;
	}

	/**
	 * Returns the user's e-mail address.
	 * @return the address, or {@code null} if UltraCart has none
	 */
	public @Nullable String email() {
		return this.email;
	}

	/**
	 * Returns the permissions that the user has, spelled as in UltraCart.
	 * @return the names of the granted permissions, immutable
	 */
	public Set<String> permissions() {
		return Collections.unmodifiableSet(new ArraySet(this.permissions));
	}

	/**
	 * Returns the groups that the user is a member of, spelled as in UltraCart.
	 * @return the names of the groups, immutable
	 */
	public Set<String> groups() {
		return Collections.unmodifiableSet(new ArraySet(this.groups));
	}

	/**
	 * Returns the authorities of the user in the application. The authentication has
	 * these too, and those of the factors that the user has proved.
	 * @return the authorities, immutable
	 */
	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return authorityList();
	}

	List<GrantedAuthority> authorityList() {
		return Collections.unmodifiableList(Arrays.asList(this.authorities));
	}

	/**
	 * Returns {@code null}, because only UltraCart knows the password.
	 * @return {@code null}
	 */
	@Override
	public @Nullable String getPassword() {
		return null;
	}

	/**
	 * Returns the login.
	 * @return the same as {@link #login()}
	 */
	@Override
	public String getUsername() {
		return this.login;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof UltraCartUser other && this.userId == other.userId
				&& this.registrationId.equals(other.registrationId));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.registrationId, this.userId);
	}

	@Override
	public String toString() {
		return "UltraCartUser[registrationId=" + this.registrationId + ", userId=" + this.userId + ", login="
				+ LogText.clean(this.login, MAX_LOGIN_LENGTH) + "]";
	}

	@Serial
	private Object writeReplace() {
		return new StoredUser(this);
	}

	@Serial
	private void readObject(ObjectInputStream in) throws InvalidObjectException {
		throw new InvalidObjectException("The serialized form is StoredUser");
	}

	/**
	 * Builds an {@link UltraCartUser}.
	 */
	public static final class Builder {

		private final int userId;

		private final String login;

		private String registrationId = DEFAULT_REGISTRATION_ID;

		private @Nullable String fullName;

		private @Nullable String email;

		private Collection<String> permissions = List.of();

		private Collection<String> groups = List.of();

		private Collection<? extends GrantedAuthority> authorities = List.of();

		private Builder(int userId, String login) {
			Assert.hasText(login, "login cannot be empty");
			this.userId = userId;
			this.login = login;
		}

		/**
		 * Sets the registration. Defaults to {@value #DEFAULT_REGISTRATION_ID}.
		 * @param registrationId the registration id
		 * @return this builder
		 */
		public Builder registrationId(String registrationId) {
			Assert.hasText(registrationId, "registrationId cannot be empty");
			this.registrationId = registrationId;
			return this;
		}

		/**
		 * Sets the user's name.
		 * @param fullName the name, or {@code null}
		 * @return this builder
		 */
		public Builder fullName(@Nullable String fullName) {
			this.fullName = fullName;
			return this;
		}

		/**
		 * Sets the user's e-mail address.
		 * @param email the address, or {@code null}
		 * @return this builder
		 */
		public Builder email(@Nullable String email) {
			this.email = email;
			return this;
		}

		/**
		 * Sets the permissions that the user has.
		 * @param permissions the names, spelled as in UltraCart
		 * @return this builder
		 */
		public Builder permissions(Collection<String> permissions) {
			Assert.notNull(permissions, "permissions cannot be null");
			this.permissions = permissions;
			return this;
		}

		/**
		 * Sets the groups that the user is a member of.
		 * @param groups the names, spelled as in UltraCart
		 * @return this builder
		 */
		public Builder groups(Collection<String> groups) {
			Assert.notNull(groups, "groups cannot be null");
			this.groups = groups;
			return this;
		}

		/**
		 * Sets the authorities of the user in the application.
		 * @param authorities the authorities
		 * @return this builder
		 */
		public Builder authorities(Collection<? extends GrantedAuthority> authorities) {
			Assert.notNull(authorities, "authorities cannot be null");
			this.authorities = authorities;
			return this;
		}

		/**
		 * Builds the user.
		 * @return the user
		 */
		public UltraCartUser build() {
			return new UltraCartUser(this);
		}

	}

}
