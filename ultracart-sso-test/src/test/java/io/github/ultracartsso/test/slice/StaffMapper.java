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

package io.github.ultracartsso.test.slice;

import java.util.Locale;

import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.client.User;

import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Gives users the names of the application's own records.
 */
@Component
class StaffMapper implements UltraCartUserMapper {

	private final UltraCartAuthoritiesMapper authorities;

	StaffMapper(UltraCartAuthoritiesMapper authorities) {
		this.authorities = authorities;
	}

	@Override
	public UltraCartUser mapUser(User user) {
		Assert.state(user.userId() != null && user.login() != null, "The user is incomplete");
		return UltraCartUser.with(user.userId(), user.login().toUpperCase(Locale.ROOT))
			.authorities(this.authorities.mapAuthorities(user))
			.build();
	}

}
