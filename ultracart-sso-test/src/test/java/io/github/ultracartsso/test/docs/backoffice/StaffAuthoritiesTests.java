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

import java.util.List;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.junit.jupiter.api.Test;

import org.springframework.security.core.GrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

class StaffAuthoritiesTests {

	private final StaffAuthorities authorities = new StaffAuthorities(new PermissionAuthoritiesMapper());

	@Test
	void warehouseWorkersViewItems() {
		User wanda = new User(42, "wanda", "Wanda", null, List.of(),
				List.of(new UserGroupMembership(null, "Warehouse", true)));
		assertThat(this.authorities.mapAuthorities(wanda)).extracting(GrantedAuthority::getAuthority)
			.containsExactly("GROUP_WAREHOUSE", "ROLE_VIEW_ITEMS");
	}

}
