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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.util.Assert;
import org.springframework.util.ConcurrentLruCache;

/**
 * Maps each permission and each group membership of a user to an authority, and grants
 * the roles configured for them.
 * <p>
 * {@code View Items} becomes {@code ROLE_VIEW_ITEMS} and the group {@code Warehouse}
 * becomes {@code GROUP_WAREHOUSE}: ASCII letters are upper-cased, digits are kept, and
 * each run of other characters becomes one underscore. The names of configured roles have
 * the same form. A name of which nothing is left grants nothing. Two different names that
 * end in one authority grant neither, and a warning is logged.
 * <p>
 * People who may name permissions or groups in UltraCart cannot obtain other authorities
 * that way: no name becomes a {@code FACTOR_} authority, a configured role, an authority
 * with the prefix of the other kind, or one with {@code ROLE_} or {@code SCOPE_} where
 * that is not the configured prefix. Roles have the prefix {@code ROLE_} unless another
 * one is set.
 *
 * @since 0.1
 */
public final class PermissionAuthoritiesMapper implements UltraCartAuthoritiesMapper {

	private static final Log logger = LogFactory.getLog(PermissionAuthoritiesMapper.class);

	private static final String FACTOR_PREFIX = "FACTOR_";

	private static final String GROUP_REFERENCE = "group:";

	private static final List<String> SPRING_SECURITY_PREFIXES = List.of(FACTOR_PREFIX, "ROLE_", "SCOPE_");

	private static final int MAX_SHARED = 4096;

	/**
	 * Sessions of different users share equal authorities.
	 */
	private final ConcurrentLruCache<String, GrantedAuthority> authorities = new ConcurrentLruCache<>(MAX_SHARED,
			SimpleGrantedAuthority::new);

	private final ConcurrentLruCache<String, String> normalizedNames = new ConcurrentLruCache<>(MAX_SHARED,
			AuthorityNames::normalize);

	private String rolePrefix = "ROLE_";

	private @Nullable String permissionPrefix;

	private String groupPrefix = "GROUP_";

	private Map<String, List<String>> grantsByRole = Map.of();

	/**
	 * Sets the prefix of roles, which {@code hasRole} adds to what it is given. Defaults
	 * to {@code ROLE_}.
	 * @param rolePrefix the prefix, which may be empty
	 */
	public void setRolePrefix(String rolePrefix) {
		Assert.notNull(rolePrefix, "rolePrefix cannot be null");
		this.rolePrefix = rolePrefix;
	}

	/**
	 * Sets the prefix of the authorities of permissions. Defaults to the
	 * {@linkplain #setRolePrefix prefix of roles}, so that {@code hasRole} finds them.
	 * @param permissionPrefix the prefix, which may be empty but must differ from that of
	 * groups
	 */
	public void setPermissionPrefix(String permissionPrefix) {
		Assert.notNull(permissionPrefix, "permissionPrefix cannot be null");
		this.permissionPrefix = permissionPrefix;
	}

	/**
	 * Sets the prefix of the authorities of groups. Defaults to {@code GROUP_}.
	 * @param groupPrefix the prefix, which may be empty but must differ from that of
	 * permissions
	 */
	public void setGroupPrefix(String groupPrefix) {
		Assert.notNull(groupPrefix, "groupPrefix cannot be null");
		this.groupPrefix = groupPrefix;
	}

	/**
	 * Sets the roles that permissions and groups grant. There are none by default.
	 * @param roles the names of roles, without {@code ROLE_}, each with a list of what
	 * grants the role: names of permissions, spelled as in UltraCart or as in the
	 * authority, or {@code group:<name>} for a group. Any entry of the list is enough
	 * @throws IllegalArgumentException if two names {@linkplain #roleName are one role},
	 * but are granted by different entries
	 */
	public void setRoles(Map<String, List<String>> roles) {
		Assert.notNull(roles, "roles cannot be null");
		Map<String, List<String>> grantsByRole = new LinkedHashMap<>();
		roles.forEach((role, grants) -> {
			List<String> others = grantsByRole.put(roleName(role), List.copyOf(grants));
			Assert.isTrue(others == null || others.equals(grants),
					() -> "Several roles are %s, but are granted by different entries".formatted(roleName(role)));
		});
		this.grantsByRole = grantsByRole;
	}

	/**
	 * Returns the name of a configured role as {@code hasRole} takes it. It has the form
	 * of the names of permissions: {@code shipper}, {@code Shipper} and {@code SHIPPER}
	 * are {@code SHIPPER}, and {@code shipping.clerk} and {@code shipping-clerk} are
	 * {@code SHIPPING_CLERK}. An environment variable can name a role in capital letters
	 * only, and Spring Boot passes it on in small ones.
	 * @param role the name of the role, as configured
	 * @return the name, which is empty if nothing is left of it
	 */
	public static String roleName(String role) {
		return AuthorityNames.normalize(role);
	}

	/**
	 * Returns the authority that a permission becomes, unless another name becomes the
	 * same authority or that is reserved.
	 * @param name the name of the permission, spelled as in UltraCart
	 * @return the authority, or {@code null} if nothing is left of the name
	 */
	public @Nullable String permissionAuthority(String name) {
		return authority(permissionPrefix(), name);
	}

	/**
	 * Returns the authority that a group becomes, unless another name becomes the same
	 * authority or that is reserved.
	 * @param name the name of the group, spelled as in UltraCart
	 * @return the authority, or {@code null} if nothing is left of the name
	 */
	public @Nullable String groupAuthority(String name) {
		return authority(this.groupPrefix, name);
	}

	private static @Nullable String authority(String prefix, String name) {
		String normalized = AuthorityNames.normalize(name);
		return normalized.isEmpty() ? null : prefix + normalized;
	}

	/**
	 * Returns the configured roles.
	 * @return what grants each role, by the authority of the role
	 */
	public Map<String, List<String>> roles() {
		Map<String, List<String>> roles = new LinkedHashMap<>();
		this.grantsByRole.forEach((role, grants) -> roles.put(this.rolePrefix + role, grants));
		return roles;
	}

	/**
	 * Returns what grants an authority: the entries of the configured role, or the one
	 * permission or group that becomes the authority, whose name is given in the form of
	 * the authority.
	 */
	@Override
	public List<String> grantsOf(String authority) {
		List<String> configured = authority.startsWith(this.rolePrefix)
				? this.grantsByRole.get(authority.substring(this.rolePrefix.length())) : null;
		if (configured != null) {
			return configured;
		}
		List<String> grants = new ArrayList<>();
		if (isFrom(permissionPrefix(), this.groupPrefix, authority)) {
			grants.add(authority.substring(permissionPrefix().length()));
		}
		if (isFrom(this.groupPrefix, permissionPrefix(), authority)) {
			grants.add(GROUP_REFERENCE + authority.substring(this.groupPrefix.length()));
		}
		return grants;
	}

	private boolean isFrom(String prefix, String otherPrefix, String authority) {
		return authority.startsWith(prefix) && !isReserved(authority, prefix, otherPrefix)
				&& isNormalized(authority.substring(prefix.length()));
	}

	private static boolean isNormalized(String name) {
		return !name.isEmpty() && name.equals(AuthorityNames.normalize(name));
	}

	private String permissionPrefix() {
		return (this.permissionPrefix != null) ? this.permissionPrefix : this.rolePrefix;
	}

	@Override
	public Collection<? extends GrantedAuthority> mapAuthorities(User user) {
		Assert.state(!permissionPrefix().equals(this.groupPrefix),
				"The prefixes of permissions and groups must differ, so that no group can imitate a permission");
		AuthorityNames permissions = AuthorityNames.of(user.listedPermissions(), Permission::permissionName,
				Permission::granted, this.normalizedNames::get);
		AuthorityNames groups = AuthorityNames.of(user.listedGroups(), UserGroupMembership::name,
				UserGroupMembership::granted, this.normalizedNames::get);
		Set<String> names = new LinkedHashSet<>();
		addAll(names, permissions, permissionPrefix(), this.groupPrefix);
		addAll(names, groups, this.groupPrefix, permissionPrefix());
		this.grantsByRole.forEach((role, grants) -> {
			if (grants.stream().anyMatch((grant) -> isGranted(grant, permissions, groups))) {
				names.add(this.rolePrefix + role);
			}
		});
		List<GrantedAuthority> mapped = new ArrayList<>(names.size());
		names.forEach((name) -> mapped.add(this.authorities.get(name)));
		return mapped;
	}

	private void addAll(Set<String> names, AuthorityNames granted, String prefix, String otherPrefix) {
		for (String name : granted.grantedAuthorityNames()) {
			String authority = prefix + name;
			if (isReserved(authority, prefix, otherPrefix)) {
				logger.warn(LogMessage.format("The UltraCart name that would become the authority '%s' grants nothing,"
						+ " because that authority is reserved", authority));
			}
			else {
				names.add(authority);
			}
		}
	}

	private boolean isReserved(String authority, String prefix, String otherPrefix) {
		return authority.startsWith(FACTOR_PREFIX) || isReservedRole(authority)
				|| isOfOtherPrefix(authority, prefix, otherPrefix)
				|| isOfOtherPrefix(authority, prefix, this.rolePrefix) || SPRING_SECURITY_PREFIXES.stream()
					.anyMatch((reserved) -> isOfOtherPrefix(authority, prefix, reserved));
	}

	private boolean isReservedRole(String authority) {
		if (!authority.startsWith(this.rolePrefix)) {
			return false;
		}
		String role = authority.substring(this.rolePrefix.length());
		return role.equals(UltraCartAuthenticationProvider.USER_ROLE) || this.grantsByRole.containsKey(role);
	}

	private static boolean isOfOtherPrefix(String authority, String prefix, String otherPrefix) {
		return !prefix.startsWith(otherPrefix) && authority.startsWith(otherPrefix);
	}

	private static boolean isGranted(String grant, AuthorityNames permissions, AuthorityNames groups) {
		return grant.startsWith(GROUP_REFERENCE) ? groups.isGranted(grant.substring(GROUP_REFERENCE.length()))
				: permissions.isGranted(grant);
	}

}
