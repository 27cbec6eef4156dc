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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.util.Assert;

/**
 * Turns each permission and each group membership that a user has into an authority, and
 * grants the roles configured for them.
 * <p>
 * {@code View Items} becomes {@code ROLE_VIEW_ITEMS} and the group {@code Warehouse}
 * {@code GROUP_WAREHOUSE}: ASCII letters are upper-cased and digits kept, each run of
 * anything else becomes one underscore. A name of which nothing is left grants nothing.
 * Two different names that end in one authority grant neither, and a warning is logged.
 * <p>
 * Whoever may name permissions or groups in UltraCart cannot thereby obtain what they do
 * not stand for: nothing becomes a {@code FACTOR_} authority, a configured role, an
 * authority with the prefix of the other kind, or one with {@code ROLE_} or
 * {@code SCOPE_} where that is not the configured prefix.
 *
 * @since 0.1
 */
public final class PermissionAuthoritiesMapper implements UltraCartAuthoritiesMapper {

	private static final Log logger = LogFactory.getLog(PermissionAuthoritiesMapper.class);

	private static final String ROLE_PREFIX = "ROLE_";

	private static final String GROUP_REFERENCE = "group:";

	private static final List<String> SPRING_SECURITY_PREFIXES = List.of("FACTOR_", ROLE_PREFIX, "SCOPE_");

	private String permissionPrefix = ROLE_PREFIX;

	private String groupPrefix = "GROUP_";

	private Map<String, List<String>> roles = Map.of();

	/**
	 * Sets what the authority of a permission begins with. Defaults to {@code ROLE_}.
	 * @param permissionPrefix the prefix, possibly empty, and different from that of
	 * groups
	 */
	public void setPermissionPrefix(String permissionPrefix) {
		Assert.notNull(permissionPrefix, "permissionPrefix cannot be null");
		this.permissionPrefix = permissionPrefix;
	}

	/**
	 * Sets what the authority of a group begins with. Defaults to {@code GROUP_}.
	 * @param groupPrefix the prefix, possibly empty, and different from that of
	 * permissions
	 */
	public void setGroupPrefix(String groupPrefix) {
		Assert.notNull(groupPrefix, "groupPrefix cannot be null");
		this.groupPrefix = groupPrefix;
	}

	/**
	 * Sets the roles granted for permissions and groups. There are none by default.
	 * @param roles for each role, without {@code ROLE_}, what any one of grants it: names
	 * of permissions, spelled as in UltraCart or as in the authority, or
	 * {@code group:<name>}
	 */
	public void setRoles(Map<String, List<String>> roles) {
		Assert.notNull(roles, "roles cannot be null");
		this.roles = new LinkedHashMap<>(roles);
	}

	@Override
	public Collection<? extends GrantedAuthority> mapAuthorities(User user) {
		Assert.state(!this.permissionPrefix.equals(this.groupPrefix),
				"The prefixes of permissions and groups must differ, or a group could pass for a permission");
		AuthorityNames permissions = AuthorityNames.of(user.permissions(), Permission::permissionName,
				Permission::granted);
		AuthorityNames groups = AuthorityNames.of(user.groups(), UserGroupMembership::name,
				UserGroupMembership::granted);
		Set<String> authorities = new LinkedHashSet<>();
		addAll(authorities, permissions, this.permissionPrefix, this.groupPrefix);
		addAll(authorities, groups, this.groupPrefix, this.permissionPrefix);
		this.roles.forEach((role, grants) -> {
			if (grants.stream().anyMatch((grant) -> isGranted(grant, permissions, groups))) {
				authorities.add(ROLE_PREFIX + role);
			}
		});
		return authorities.stream().map(SimpleGrantedAuthority::new).toList();
	}

	private void addAll(Set<String> authorities, AuthorityNames names, String prefix, String otherPrefix) {
		for (String name : names.grantedAuthorityNames()) {
			String authority = prefix + name;
			if (isReserved(authority, prefix, otherPrefix)) {
				logger.warn(LogMessage.format("The UltraCart name that would become the authority '%s' grants nothing:"
						+ " that authority stands for something else", authority));
			}
			else {
				authorities.add(authority);
			}
		}
	}

	private boolean isReserved(String authority, String prefix, String otherPrefix) {
		return authority.equals(UltraCartAuthenticationProvider.USER_AUTHORITY)
				|| this.roles.keySet().stream().anyMatch((role) -> authority.equals(ROLE_PREFIX + role))
				|| Stream.concat(SPRING_SECURITY_PREFIXES.stream(), Stream.of(otherPrefix))
					.anyMatch((reserved) -> !prefix.startsWith(reserved) && authority.startsWith(reserved))
				|| authority.startsWith("FACTOR_");
	}

	private static boolean isGranted(String grant, AuthorityNames permissions, AuthorityNames groups) {
		return grant.startsWith(GROUP_REFERENCE) ? groups.isGranted(grant.substring(GROUP_REFERENCE.length()))
				: permissions.isGranted(grant);
	}

}
