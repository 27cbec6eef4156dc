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

import java.util.List;
import java.util.function.Function;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ConcurrentLruCache;
import org.springframework.util.StringUtils;

/**
 * Maps UltraCart's user to a principal with the same data. The authorities come from an
 * {@link UltraCartAuthoritiesMapper}.
 *
 * @since 0.1
 */
public final class DefaultUltraCartUserMapper implements UltraCartUserMapper {

	private static final int MAX_SHARED_NAMES = 4096;

	/**
	 * Sessions of different users share the names of what they are granted.
	 */
	private final ConcurrentLruCache<String, String> names = new ConcurrentLruCache<>(MAX_SHARED_NAMES, (name) -> name);

	private final UltraCartAuthoritiesMapper authoritiesMapper;

	/**
	 * Creates a mapper.
	 * @param authoritiesMapper maps the user to authorities
	 */
	public DefaultUltraCartUserMapper(UltraCartAuthoritiesMapper authoritiesMapper) {
		Assert.notNull(authoritiesMapper, "authoritiesMapper cannot be null");
		this.authoritiesMapper = authoritiesMapper;
	}

	UltraCartAuthoritiesMapper authoritiesMapper() {
		return this.authoritiesMapper;
	}

	@Override
	public UltraCartUser mapUser(User user) {
		Assert.notNull(user.userId(), "user must have a userId");
		Assert.notNull(user.login(), "user must have a login");
		return UltraCartUser.with(user.userId(), user.login())
			.fullName(user.fullName())
			.email(user.email())
			.permissions(names(user.permissions(), Permission::permissionName))
			.groups(names(user.groups(), UserGroupMembership::name))
			.authorities(this.authoritiesMapper.mapAuthorities(user))
			.build();
	}

	/**
	 * Returns what grants an authority, as far as the authorities mapper knows.
	 * @param authority the authority
	 * @return names of permissions, and of groups as {@code group:<name>}, any of which
	 * is enough
	 */
	public List<String> grantsOf(String authority) {
		return this.authoritiesMapper.grantsOf(authority);
	}

	private <T> List<String> names(List<T> entries, Function<T, @Nullable String> toName) {
		return entries.stream().<String>mapMulti((entry, next) -> {
			String name = toName.apply(entry);
			if (name != null && StringUtils.hasText(name)) {
				next.accept(this.names.get(name.strip()));
			}
		}).toList();
	}

}
