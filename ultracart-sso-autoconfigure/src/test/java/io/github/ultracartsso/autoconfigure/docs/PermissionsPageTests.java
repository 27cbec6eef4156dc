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

package io.github.ultracartsso.autoconfigure.docs;

import java.io.IOException;

import io.github.ultracartsso.authentication.KnownPermissions;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of permissions lists those that UltraCart documents, each with its authority.
 */
class PermissionsPageTests {

	@Test
	void pageThenListsTheKnownPermissions() throws IOException {
		assertThat(new GeneratedPage("permissions.md").verify((name) -> table())).hasSize(1);
	}

	private static String table() {
		PermissionAuthoritiesMapper mapper = new PermissionAuthoritiesMapper();
		StringBuilder table = new StringBuilder(
				"| section | permission | authority | confirmed |\n| --- | --- | --- | --- |\n");
		KnownPermissions.load()
			.all()
			.forEach((permission) -> table
				.append("| %s | %s | `%s` | %s |\n".formatted(permission.section(), permission.name(),
						mapper.permissionAuthority(permission.name()), permission.confirmed() ? "yes" : "no")));
		return table.toString();
	}

}
