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

package io.github.ultracartsso.test.docs.records;

import java.util.Objects;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.client.User;

import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Component;

@Component
class StaffUserMapper implements UltraCartUserMapper {

	private final PermissionAuthoritiesMapper permissions;

	private final StaffRecords staff;

	StaffUserMapper(PermissionAuthoritiesMapper permissions, StaffRecords staff) {
		this.permissions = permissions;
		this.staff = staff;
	}

	@Override
	public UltraCartUser mapUser(User user) {
		int userId = Objects.requireNonNull(user.userId());
		StaffRecord member = this.staff.findByUserId(userId)
			.filter(StaffRecord::active)
			.orElseThrow(() -> new DisabledException("User " + userId + " is not active staff"));
		UltraCartAuthoritiesMapper authorities = this.permissions
			.plus((same) -> AuthorityUtils.createAuthorityList(member.manager() ? "ROLE_MANAGER" : "ROLE_CLERK"));
		return new DefaultUltraCartUserMapper(authorities).mapUser(user);
	}

}
