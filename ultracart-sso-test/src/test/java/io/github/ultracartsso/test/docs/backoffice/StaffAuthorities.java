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

package io.github.ultracartsso.test.docs.backoffice;

import java.util.Collection;
import java.util.LinkedHashSet;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.client.User;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

@Component
class StaffAuthorities implements UltraCartAuthoritiesMapper {

	private final PermissionAuthoritiesMapper permissions;

	StaffAuthorities(PermissionAuthoritiesMapper permissions) {
		this.permissions = permissions;
	}

	@Override
	public Collection<? extends GrantedAuthority> mapAuthorities(User user) {
		Collection<GrantedAuthority> authorities = new LinkedHashSet<>(this.permissions.mapAuthorities(user));
		if (user.groups().stream().anyMatch((group) -> "Warehouse".equals(group.name()))) {
			authorities.add(new SimpleGrantedAuthority("ROLE_VIEW_ITEMS"));
		}
		return authorities;
	}

}
