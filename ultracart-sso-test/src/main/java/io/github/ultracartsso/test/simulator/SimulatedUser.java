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

package io.github.ultracartsso.test.simulator;

import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A user of the simulated UltraCart account. Immutable. {@link #withLogin(String)} starts
 * a builder:
 *
 * <pre class="code">
 * SimulatedUser jane = SimulatedUser.withLogin("Jane!ops")
 *     .fullName("Jane Example")
 *     .permissions("View Items", "Edit Items")
 *     .group("Warehouse")
 *     .build();
 * </pre>
 *
 * @since 0.1
 * @see io.github.ultracartsso.test.UltraCartSimulator#addUser(SimulatedUser)
 */
public final class SimulatedUser {

	private final String login;

	private final @Nullable Integer userId;

	private final String fullName;

	private final String email;

	private final Set<String> permissions;

	private final Set<String> groups;

	private SimulatedUser(Builder builder) {
		this.login = builder.login;
		this.userId = builder.userId;
		this.fullName = (builder.fullName != null) ? builder.fullName : builder.login;
		this.email = (builder.email != null) ? builder.email : defaultEmail(builder.login);
		this.permissions = Collections.unmodifiableSet(new LinkedHashSet<>(builder.permissions));
		this.groups = Collections.unmodifiableSet(new LinkedHashSet<>(builder.groups));
	}

	private static String defaultEmail(String login) {
		String name = login.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
		return (name.isEmpty() ? "user" : name) + "@merchant.example";
	}

	/**
	 * Returns a builder of a user with a login.
	 * @param login the login. UltraCart's logins are case-sensitive and may contain
	 * {@code ! @ # $ % ^ & * ( )} and commas
	 * @return a builder
	 * @throws IllegalArgumentException if the login has no text
	 */
	public static Builder withLogin(String login) {
		return new Builder(login);
	}

	/**
	 * Reads users from JSON: one user, or an array of users. Members are named as in
	 * UltraCart's user documents, or {@code fullName} and {@code userId}. Permissions and
	 * groups are names or, as in such a document, objects:
	 *
	 * <pre class="code">
	 * {"login": "Jane!ops", "full_name": "Jane Example", "permissions": ["View Items"], "groups": ["Warehouse"]}
	 * </pre>
	 * @param json the JSON text, in UTF-8, which the caller closes
	 * @return the users in their order
	 * @throws IllegalArgumentException if the text is not JSON, or not that of users
	 */
	public static List<SimulatedUser> read(InputStream json) {
		return SimulatedUserReader.read(json);
	}

	/**
	 * Returns a builder with the state of this user, for instance to change the user with
	 * {@link io.github.ultracartsso.test.UltraCartSimulator#updateUser(SimulatedUser)}.
	 * @return a builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder(this.login).fullName(this.fullName).email(this.email);
		builder.permissions.addAll(this.permissions);
		builder.groups.addAll(this.groups);
		builder.userId = this.userId;
		return builder;
	}

	/**
	 * Returns the login.
	 * @return the login
	 */
	public String login() {
		return this.login;
	}

	/**
	 * Returns the user id at UltraCart.
	 * @return the user id, {@code null} where none was set and no simulator has assigned
	 * one
	 */
	public @Nullable Integer userId() {
		return this.userId;
	}

	/**
	 * Returns the full name.
	 * @return the full name, by default the login
	 */
	public String fullName() {
		return this.fullName;
	}

	/**
	 * Returns the e-mail address.
	 * @return the address, by default one derived from the login
	 */
	public String email() {
		return this.email;
	}

	/**
	 * Returns the names of the granted permissions in the order they were added.
	 * @return an unmodifiable set
	 */
	public Set<String> permissions() {
		return this.permissions;
	}

	/**
	 * Returns the names of the groups the user is a member of in the order they were
	 * added.
	 * @return an unmodifiable set
	 */
	public Set<String> groups() {
		return this.groups;
	}

	/**
	 * Returns the login and, where known, the user id.
	 */
	@Override
	public String toString() {
		return "SimulatedUser[login=" + this.login + ", userId=" + this.userId + "]";
	}

	/**
	 * Builds a {@link SimulatedUser}. Not safe for use by several threads.
	 *
	 * @since 0.1
	 */
	public static final class Builder {

		private final String login;

		private @Nullable Integer userId;

		private @Nullable String fullName;

		private @Nullable String email;

		private final Set<String> permissions = new LinkedHashSet<>();

		private final Set<String> groups = new LinkedHashSet<>();

		private Builder(String login) {
			Assert.hasText(login, "login must not be empty");
			this.login = login;
		}

		/**
		 * Sets the user id at UltraCart. By default the simulator assigns one.
		 * @param userId the user id
		 * @return this builder
		 */
		public Builder userId(int userId) {
			this.userId = userId;
			return this;
		}

		/**
		 * Sets the full name.
		 * @param fullName the full name, may be empty
		 * @return this builder
		 */
		public Builder fullName(String fullName) {
			Assert.notNull(fullName, "fullName must not be null");
			this.fullName = fullName;
			return this;
		}

		/**
		 * Sets the e-mail address.
		 * @param email the address, may be empty
		 * @return this builder
		 */
		public Builder email(String email) {
			Assert.notNull(email, "email must not be null");
			this.email = email;
			return this;
		}

		/**
		 * Grants a permission.
		 * @param permission the name in UltraCart's spelling, such as {@code View Items}
		 * @return this builder
		 * @throws IllegalArgumentException if the name has no text
		 */
		public Builder permission(String permission) {
			Assert.hasText(permission, "permission must not be empty");
			this.permissions.add(permission);
			return this;
		}

		/**
		 * Grants permissions in addition to those granted so far.
		 * @param permissions the names in UltraCart's spelling
		 * @return this builder
		 * @throws IllegalArgumentException if a name has no text
		 */
		public Builder permissions(String... permissions) {
			for (String permission : permissions) {
				permission(permission);
			}
			return this;
		}

		/**
		 * Removes a permission, if it was granted.
		 * @param permission the name in UltraCart's spelling
		 * @return this builder
		 */
		public Builder withoutPermission(String permission) {
			this.permissions.remove(permission);
			return this;
		}

		/**
		 * Makes the user a member of a group.
		 * @param group the name of the group, which a merchant may choose freely
		 * @return this builder
		 * @throws IllegalArgumentException if the name has no text
		 */
		public Builder group(String group) {
			Assert.hasText(group, "group must not be empty");
			this.groups.add(group);
			return this;
		}

		/**
		 * Makes the user a member of groups in addition to those set so far.
		 * @param groups the names of the groups
		 * @return this builder
		 * @throws IllegalArgumentException if a name has no text
		 */
		public Builder groups(String... groups) {
			for (String group : groups) {
				group(group);
			}
			return this;
		}

		/**
		 * Removes a membership, if there is one.
		 * @param group the name of the group
		 * @return this builder
		 */
		public Builder withoutGroup(String group) {
			this.groups.remove(group);
			return this;
		}

		/**
		 * Builds the user.
		 * @return the user
		 */
		public SimulatedUser build() {
			return new SimulatedUser(this);
		}

	}

}
