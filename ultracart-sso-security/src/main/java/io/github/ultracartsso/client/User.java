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

package io.github.ultracartsso.client;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The user of an SSO session, the response of {@code GET /sso/session/user}. Only what
 * identifies and authorizes the user is read of the documented model; one-time-password
 * serials, login histories, addresses and the like are not.
 *
 * @param userId UltraCart's id of the user, unchanged when the login is renamed
 * @param login the login name, unique within one merchant account and case-sensitive
 * @param fullName the user's name
 * @param email the user's e-mail address
 * @param listedPermissions every permission that exists, with whether the user has it;
 * never {@code null}
 * @param listedGroups every group of the merchant, with whether the user is a member;
 * never {@code null}
 * @since 0.1
 */
public record User(@JsonProperty("user_id") @Nullable Integer userId, @JsonProperty("login") @Nullable String login,
		@JsonProperty("full_name") @Nullable String fullName, @JsonProperty("email") @Nullable String email,
		@JsonProperty("permissions") List<Permission> listedPermissions,
		@JsonProperty("groups") List<UserGroupMembership> listedGroups) {

	private static final int MAX_LOGIN_LENGTH = 64;

	/**
	 * Creates a user. Missing lists and list entries grant nothing.
	 * @param userId UltraCart's id of the user
	 * @param login the login name
	 * @param fullName the user's name
	 * @param email the user's e-mail address
	 * @param listedPermissions every permission that exists, or {@code null}
	 * @param listedGroups every group of the merchant, or {@code null}
	 */
	public User(@Nullable Integer userId, @Nullable String login, @Nullable String fullName, @Nullable String email,
			@Nullable List<@Nullable Permission> listedPermissions,
			@Nullable List<@Nullable UserGroupMembership> listedGroups) {
		this.userId = userId;
		this.login = login;
		this.fullName = fullName;
		this.email = email;
		this.listedPermissions = withoutNulls(listedPermissions);
		this.listedGroups = withoutNulls(listedGroups);
	}

	private static <T> List<T> withoutNulls(@Nullable List<@Nullable T> list) {
		return (list != null) ? list.stream().flatMap(Stream::ofNullable).toList() : List.of();
	}

	/**
	 * Returns the permissions that the user has.
	 * @return the granted ones of the {@linkplain #listedPermissions() listed
	 * permissions}
	 */
	public List<Permission> permissions() {
		return this.listedPermissions.stream().filter(Permission::granted).toList();
	}

	/**
	 * Returns the groups that the user is a member of.
	 * @return the granted ones of the {@linkplain #listedGroups() listed groups}
	 */
	public List<UserGroupMembership> groups() {
		return this.listedGroups.stream().filter(UserGroupMembership::granted).toList();
	}

	/**
	 * Returns the user without personal data.
	 * @return the user's id and login
	 */
	@Override
	public String toString() {
		return "User[userId=" + this.userId + ", login="
				+ ((this.login != null) ? LogText.clean(this.login, MAX_LOGIN_LENGTH) : null) + "]";
	}

}
