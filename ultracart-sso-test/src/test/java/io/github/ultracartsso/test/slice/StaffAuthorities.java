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

import java.util.Collection;
import java.util.List;

import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.client.User;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Grants what the application's own records say.
 */
@Component
class StaffAuthorities implements UltraCartAuthoritiesMapper {

	@Override
	public Collection<? extends GrantedAuthority> mapAuthorities(User user) {
		return "jane".equals(user.login()) ? List.of(new SimpleGrantedAuthority("ROLE_STAFF")) : List.of();
	}

}
