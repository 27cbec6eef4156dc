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

package io.github.ultracartsso.test.docs;

import java.util.Collection;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authorization.RequiresPermission;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Adds authorities from records of the application, and asks for a permission.
 */
@Configuration(proxyBeanMethods = false)
class StaffConfiguration {

	@Bean
	UltraCartAuthoritiesMapper authoritiesMapper(PermissionAuthoritiesMapper permissions, Staff staff) {
		return permissions.plus((user) -> staff.authoritiesOf(user.userId()));
	}

	/**
	 * Records of the application.
	 */
	interface Staff {

		Collection<? extends GrantedAuthority> authoritiesOf(@Nullable Integer userId);

	}

	/**
	 * A page that asks for a permission.
	 */
	@Controller
	static class ItemController {

		@GetMapping("/items/edit")
		@RequiresPermission("Edit Items")
		String edit() {
			return "items/edit";
		}

	}

}
