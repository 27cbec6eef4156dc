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
package io.github.ultracartsso.autoconfigure.permissions;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.ultracartsso.authentication.SimilarNames;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.client.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Names that exist: of permissions and groups, and the authorities that they become. It
 * finds what was probably meant by a name that does not exist.
 */
final class ExistingNames {

	private static final int MAX_LENGTH = 100;

	/**
	 * Authorities that do not come from UltraCart.
	 */
	private static final List<String> FOREIGN_PREFIXES = List.of("FACTOR_", "SCOPE_");

	private static final Set<String> BUILT_IN = Set.of("ROLE_ANONYMOUS", "ROLE_USER", "ROLE_PREVIOUS_ADMINISTRATOR",
			"OIDC_USER", "OAUTH2_USER", "IS_AUTHENTICATED_FULLY", "IS_AUTHENTICATED_REMEMBERED",
			"IS_AUTHENTICATED_ANONYMOUSLY");

	private final Set<String> permissions;

	private final Set<String> groups;

	private final SimilarNames similarPermissions;

	private final SimilarNames similarGroups;

	/**
	 * What each authority comes from, for a message.
	 */
	private final Map<String, String> origins = new LinkedHashMap<>();

	/**
	 * The authorities by their names without a prefix.
	 */
	private final Map<String, String> authorities = new HashMap<>();

	private final SimilarNames similarAuthorities;

	private final AuthorityPrefixes prefixes;

	ExistingNames(List<ListedNames> listed, PermissionAuthorities mapped, Set<String> others,
			AuthorityPrefixes prefixes) {
		this.permissions = union(listed, ListedNames::permissions);
		this.groups = union(listed, ListedNames::groups);
		this.prefixes = prefixes;
		this.similarPermissions = new SimilarNames(this.permissions);
		this.similarGroups = new SimilarNames(this.groups);
		// names of different registrations that become one authority are not ambiguous
		for (ListedNames names : listed) {
			mapped.ofPermissions(names.permissions())
				.forEach((name, authority) -> this.origins.put(authority, " of the permission '" + clean(name) + "'"));
			mapped.ofGroups(names.groups())
				.forEach((name, authority) -> this.origins.put(authority, " of the group '" + clean(name) + "'"));
		}
		mapped.ofRoles()
			.keySet()
			.forEach((authority) -> this.origins.put(authority, " of ultracart.sso.authorities.roles"));
		others.forEach((authority) -> this.origins.putIfAbsent(authority, ""));
		this.origins.keySet().forEach((authority) -> this.authorities.put(prefixes.strip(authority), authority));
		this.similarAuthorities = new SimilarNames(this.authorities.keySet());
	}

	private static Set<String> union(List<ListedNames> listed, Function<ListedNames, Set<String>> toNames) {
		return listed.stream()
			.flatMap((names) -> toNames.apply(names).stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	static String clean(String name) {
		return LogText.clean(name, MAX_LENGTH);
	}

	boolean contains(RequiredName required) {
		String name = required.name();
		return switch (required.kind()) {
			case PERMISSION -> this.permissions.contains(name);
			case GROUP -> this.groups.contains(name);
			case GRANTING_PERMISSION ->
				this.permissions.contains(name) || this.origins.containsKey(this.prefixes.permissionPrefix() + name);
			case GRANTING_GROUP ->
				this.groups.contains(name) || this.origins.containsKey(this.prefixes.groupPrefix() + name);
			case AUTHORITY -> this.origins.containsKey(name) || BUILT_IN.contains(name)
					|| name.equals(this.prefixes.rolePrefix() + UltraCartAuthenticationProvider.USER_ROLE)
					|| FOREIGN_PREFIXES.stream().anyMatch(name::startsWith);
		};
	}

	/**
	 * Returns what was probably meant, as it is written, or {@code null} if no name is
	 * similar.
	 */
	@Nullable String suggest(RequiredName required) {
		return switch (required.kind()) {
			case PERMISSION -> quoted("", this.similarPermissions.nearest(required.name()));
			case GROUP -> quoted("", this.similarGroups.nearest(required.name()));
			case GRANTING_PERMISSION -> suggestPermission(required.name());
			case GRANTING_GROUP -> quoted("group:", this.similarGroups.nearest(required.name()));
			case AUTHORITY -> suggestAuthority(required.name());
		};
	}

	private @Nullable String suggestPermission(String name) {
		String permission = this.similarPermissions.nearest(name);
		return (permission != null) ? quoted("", permission) : quoted("group:", this.similarGroups.nearest(name));
	}

	private static @Nullable String quoted(String prefix, @Nullable String name) {
		return (name != null) ? "'" + prefix + clean(name) + "'" : null;
	}

	private @Nullable String suggestAuthority(String authority) {
		String nearest = this.similarAuthorities.nearest(this.prefixes.strip(authority));
		if (nearest == null) {
			return null;
		}
		String existing = this.authorities.getOrDefault(nearest, nearest);
		return PermissionAuthorities.expression(clean(existing), this.prefixes.rolePrefix())
				+ this.origins.getOrDefault(existing, "");
	}

	/**
	 * Returns how many names there are, for a message.
	 */
	String count() {
		return counted(this.permissions.size(), "permission") + " and " + counted(this.groups.size(), "group");
	}

	private static String counted(int count, String noun) {
		return count + " " + noun + ((count == 1) ? "" : "s");
	}

	/**
	 * Prefixes of authorities.
	 *
	 * @param rolePrefix the prefix that Spring Security puts before roles
	 * @param permissionPrefix the prefix of the authorities of permissions
	 * @param groupPrefix the prefix of the authorities of groups
	 */
	record AuthorityPrefixes(String rolePrefix, String permissionPrefix, String groupPrefix) {

		String strip(String authority) {
			return List.of(this.rolePrefix, this.permissionPrefix, this.groupPrefix)
				.stream()
				.filter((prefix) -> !prefix.isEmpty() && authority.startsWith(prefix))
				.map((prefix) -> authority.substring(prefix.length()))
				.collect(Collectors.collectingAndThen(Collectors.toList(),
						(stripped) -> stripped.isEmpty() ? authority : stripped.get(0)));
		}

	}

}
