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

import java.util.Objects;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Takes UltraCart's user over as it is and leaves what it may do to an
 * {@link UltraCartAuthoritiesMapper}.
 *
 * @since 0.1
 */
public final class DefaultUltraCartUserMapper implements UltraCartUserMapper {

	private final UltraCartAuthoritiesMapper authoritiesMapper;

	/**
	 * Creates a mapper.
	 * @param authoritiesMapper tells what the user may do
	 */
	public DefaultUltraCartUserMapper(UltraCartAuthoritiesMapper authoritiesMapper) {
		Assert.notNull(authoritiesMapper, "authoritiesMapper cannot be null");
		this.authoritiesMapper = authoritiesMapper;
	}

	@Override
	public UltraCartUser mapUser(User user) {
		Assert.notNull(user.userId(), "user must have a userId");
		Assert.notNull(user.login(), "user must have a login");
		return UltraCartUser.with(user.userId(), user.login())
			.fullName(user.fullName())
			.email(user.email())
			.permissions(user.permissions()
				.stream()
				.filter(Permission::granted)
				.map(Permission::permissionName)
				.filter(StringUtils::hasText)
				.map(Objects::requireNonNull)
				.toList())
			.groups(user.groups()
				.stream()
				.filter(UserGroupMembership::granted)
				.map(UserGroupMembership::name)
				.filter(StringUtils::hasText)
				.map(Objects::requireNonNull)
				.toList())
			.authorities(this.authoritiesMapper.mapAuthorities(user))
			.build();
	}

}
