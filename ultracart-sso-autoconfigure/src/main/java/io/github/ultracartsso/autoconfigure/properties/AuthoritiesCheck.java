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

package io.github.ultracartsso.autoconfigure.properties;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;

import org.springframework.util.StringUtils;

/**
 * Checks the prefixes of authorities and the configured roles.
 */
final class AuthoritiesCheck implements PropertiesCheck {

	private static final String PREFIX = "ROLE_";

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		UltraCartSsoProperties.Authorities authorities = properties.authorities();
		if (authorities.groupPrefix().equals(authorities.permissionPrefix())) {
			mistakes.add(
					"ultracart.sso.authorities.permission-prefix and ultracart.sso.authorities.group-prefix are both"
							+ " '%s', so that a group could pass for a permission".formatted(authorities.groupPrefix()),
					"Give ultracart.sso.authorities.group-prefix a value of its own, such as GROUP_.");
		}
		authorities.roles().forEach((role, grants) -> checkRole(role, grants, mistakes));
		checkSpellings(authorities.roles(), mistakes);
	}

	private static void checkRole(String role, List<String> grants, Mistakes mistakes) {
		String name = PermissionAuthoritiesMapper.roleName(role);
		if (name.isEmpty()) {
			mistakes.add(
					"ultracart.sso.authorities.roles has the role '%s', but roles are named in ASCII letters and digits"
						.formatted(role),
					"Write the role as hasRole('...') takes it, such as SHIPPER.");
		}
		else if (name.startsWith(PREFIX)) {
			mistakes.add("ultracart.sso.authorities.roles has the role '%s', but roles are named without ROLE_"
				.formatted(role), "Write the role as hasRole('...') takes it: without ROLE_.");
		}
		if (grants.isEmpty() || grants.stream().anyMatch((grant) -> !StringUtils.hasText(grant))) {
			mistakes.add("ultracart.sso.authorities.roles.%s names nothing that grants it".formatted(role),
					"List names of permissions, or group:<name>, under the role, or remove it.");
		}
	}

	/**
	 * Several spellings of a role are usual where an environment variable overrides it.
	 * They have the same value then.
	 */
	private static void checkSpellings(Map<String, List<String>> roles, Mistakes mistakes) {
		Map<String, String> spellings = new LinkedHashMap<>();
		roles.forEach((role, grants) -> {
			String name = PermissionAuthoritiesMapper.roleName(role);
			String other = spellings.putIfAbsent(name, role);
			if (other != null && !grants.equals(roles.get(other))) {
				mistakes.add(
						"ultracart.sso.authorities.roles has '%s' and '%s', which are one role (%s), with different grants"
							.formatted(other, role, name),
						"Remove one of them.");
			}
		});
	}

}
