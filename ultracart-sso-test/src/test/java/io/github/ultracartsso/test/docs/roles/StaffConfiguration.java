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

package io.github.ultracartsso.test.docs.roles;

import java.util.List;
import java.util.Set;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

@Configuration(proxyBeanMethods = false)
class StaffConfiguration {

	/**
	 * The user ids of the managers at UltraCart.
	 */
	private static final Set<Integer> MANAGERS = Set.of(41);

	@Bean
	UltraCartAuthoritiesMapper authoritiesMapper(PermissionAuthoritiesMapper permissions) {
		return permissions.plus((user) -> MANAGERS.contains(user.userId())
				? List.of(new SimpleGrantedAuthority("ROLE_MANAGER")) : List.of());
	}

}
