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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.StringUtils;

/**
 * Remembers the names of all permissions and groups that UltraCart has listed for users
 * who have signed in, granted or not, and the authorities that end in such a name. Other
 * authorities are not remembered: a mapper of the application may grant them to one
 * person only. It learns at logins and refreshes, is shared by all filter chains, and
 * holds no personal data. Not part of the API.
 * <p>
 * It is bounded: what is past the bounds is not remembered. A name that is known costs
 * one lookup.
 *
 * @since 0.1
 */
public final class PermissionCatalogue {

	private static final int MAX_REGISTRATIONS = 64;

	private static final int MAX_NAMES = 2000;

	private static final int MAX_AUTHORITIES = 8000;

	private static final int MAX_NAME_LENGTH = 200;

	private static final String GROUP_REFERENCE = "group:";

	private final KnownPermissions known = KnownPermissions.load();

	private final Map<String, Listed> registrations = new ConcurrentHashMap<>();

	private final Set<String> authorities = ConcurrentHashMap.newKeySet();

	/**
	 * Learns what UltraCart lists for a user and which authorities the user gets.
	 * @param user the user, as read
	 * @param principal the principal that the user was mapped to
	 */
	public void learn(User user, UltraCartUser principal) {
		Listed listed = this.registrations.get(principal.registrationId());
		if (listed == null) {
			if (this.registrations.size() >= MAX_REGISTRATIONS) {
				return;
			}
			listed = this.registrations.computeIfAbsent(principal.registrationId(), (id) -> new Listed());
		}
		learn(listed, listed.permissions, user.listedPermissions(), Permission::permissionName,
				Permission::permissionGroup);
		learn(listed, listed.groups, user.listedGroups(), UserGroupMembership::name, (group) -> null);
		for (GrantedAuthority authority : principal.getAuthorities()) {
			String name = authority.getAuthority();
			if (name != null && !this.authorities.contains(name) && this.authorities.size() < MAX_AUTHORITIES
					&& listed.forms.stream().anyMatch(name::endsWith)) {
				this.authorities.add(name);
			}
		}
	}

	private static <T> void learn(Listed listed, Map<String, String> names, List<T> entries,
			Function<T, @Nullable String> toName, Function<T, @Nullable String> toSection) {
		for (T entry : entries) {
			String name = toName.apply(entry);
			if (name != null && StringUtils.hasText(name) && name.length() <= MAX_NAME_LENGTH) {
				String stripped = name.strip();
				if (!names.containsKey(stripped) && names.size() < MAX_NAMES) {
					String section = toSection.apply(entry);
					names.put(stripped, (section != null && section.length() <= MAX_NAME_LENGTH) ? section : "");
					String form = AuthorityNames.normalize(stripped);
					if (!form.isEmpty()) {
						listed.forms.add(form);
					}
				}
			}
		}
	}

	/**
	 * Returns whether no user has been read yet.
	 * @return {@code true} until the first login
	 */
	public boolean isEmpty() {
		return this.registrations.isEmpty();
	}

	/**
	 * Returns the registrations of the users who have signed in.
	 * @return the ids of the registrations
	 */
	public Set<String> registrations() {
		return Set.copyOf(this.registrations.keySet());
	}

	/**
	 * Returns the permissions that UltraCart has listed for users of a registration.
	 * @param registrationId the registration
	 * @return the section of each permission, which may be empty, by the permission's
	 * name
	 */
	public Map<String, String> permissions(String registrationId) {
		Listed listed = this.registrations.get(registrationId);
		return (listed != null) ? Map.copyOf(listed.permissions) : Map.of();
	}

	/**
	 * Returns the groups that UltraCart has listed for users of a registration.
	 * @param registrationId the registration
	 * @return the names of the groups
	 */
	public Set<String> groups(String registrationId) {
		Listed listed = this.registrations.get(registrationId);
		return (listed != null) ? Set.copyOf(listed.groups.keySet()) : Set.of();
	}

	/**
	 * Returns the permissions that UltraCart has listed for any user.
	 * @return the names, spelled as in UltraCart
	 */
	public Set<String> permissions() {
		return names((listed) -> listed.permissions);
	}

	/**
	 * Returns the groups that UltraCart has listed for any user.
	 * @return the names, spelled as in UltraCart
	 */
	public Set<String> groups() {
		return names((listed) -> listed.groups);
	}

	private Set<String> names(Function<Listed, Map<String, String>> toNames) {
		return this.registrations.values()
			.stream()
			.flatMap((listed) -> toNames.apply(listed).keySet().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns the name that UltraCart has for a permission or a group. UltraCart lists
	 * it, or documents the permission.
	 * @param grant a name as in UltraCart or in the form of an authority, with
	 * {@code group:} before that of a group
	 * @return the name as in UltraCart, with {@code group:} before that of a group. Empty
	 * if a name in the form of an authority is that of none, or of several. Other names
	 * are returned as they are
	 */
	public Optional<String> spelled(String grant) {
		return grant.startsWith(GROUP_REFERENCE)
				? spelled(grant.substring(GROUP_REFERENCE.length()).strip(), groups()).map(GROUP_REFERENCE::concat)
				: spelled(grant.strip(), permissions()).or(() -> spelled(grant.strip(), this.known.names()));
	}

	private static Optional<String> spelled(String grant, Set<String> names) {
		if (names.contains(grant) || !grant.equals(AuthorityNames.normalize(grant))) {
			return Optional.of(grant);
		}
		List<String> sameForm = names.stream()
			.filter((name) -> AuthorityNames.normalize(name).equals(grant))
			.limit(2)
			.toList();
		return (sameForm.size() == 1) ? Optional.of(sameForm.get(0)) : Optional.empty();
	}

	/**
	 * Returns the authorities that users of UltraCart have had, from any mapper, and that
	 * end in the name of a permission or a group.
	 * @return the names of the authorities
	 */
	public Set<String> authorities() {
		return Set.copyOf(this.authorities);
	}

	private static final class Listed {

		/**
		 * The names as they become authorities.
		 */
		private final Set<String> forms = ConcurrentHashMap.newKeySet();

		private final Map<String, String> permissions = new ConcurrentHashMap<>();

		private final Map<String, String> groups = new ConcurrentHashMap<>();

	}

}
