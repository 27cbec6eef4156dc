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

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The authorities that names of permissions and groups become. This type is shared
 * between packages of this module and is no API for applications.
 */
public final class PermissionAuthorities {

	private final @Nullable PermissionAuthoritiesMapper mapper;

	PermissionAuthorities(@Nullable PermissionAuthoritiesMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Returns the authorities of an application.
	 * @param beans the beans of the application. A mapper that none of them uses is not
	 * created
	 * @return the authorities, none if the application maps all of them itself
	 */
	public static PermissionAuthorities of(ConfigurableListableBeanFactory beans) {
		return new PermissionAuthorities(
				Stream.of(beans.getBeanNamesForType(PermissionAuthoritiesMapper.class, true, false))
					.filter(beans::containsSingleton)
					.findFirst()
					.map((name) -> beans.getBean(name, PermissionAuthoritiesMapper.class))
					.orElse(null));
	}

	/**
	 * Returns the authorities of permissions.
	 * @param names the names that UltraCart lists together
	 * @return the authority by the name, without names that grant nothing
	 */
	public Map<String, String> ofPermissions(Collection<String> names) {
		return (this.mapper != null) ? unambiguous(names, this.mapper::permissionAuthority) : Map.of();
	}

	/**
	 * Returns the authorities of groups.
	 * @param names the names that UltraCart lists together
	 * @return the authority by the name, without names that grant nothing
	 */
	public Map<String, String> ofGroups(Collection<String> names) {
		return (this.mapper != null) ? unambiguous(names, this.mapper::groupAuthority) : Map.of();
	}

	/**
	 * Returns the configured roles.
	 * @return what grants each role, by the authority of the role
	 */
	public Map<String, List<String>> ofRoles() {
		return (this.mapper != null) ? this.mapper.roles() : Map.of();
	}

	private static Map<String, String> unambiguous(Collection<String> names,
			Function<String, @Nullable String> toAuthority) {
		Map<String, String> authorities = new LinkedHashMap<>();
		Set<String> used = new HashSet<>();
		Set<String> ambiguous = new HashSet<>();
		names.stream().sorted().forEach((name) -> {
			String authority = toAuthority.apply(name);
			if (authority != null) {
				authorities.put(name, authority);
				if (!used.add(authority)) {
					ambiguous.add(authority);
				}
			}
		});
		authorities.values().removeAll(ambiguous);
		return authorities;
	}

	/**
	 * Returns a check of an authority, ready to be copied.
	 * @param authority the authority
	 * @param rolePrefix the prefix that Spring Security puts before roles
	 * @return an expression
	 */
	public static String expression(String authority, String rolePrefix) {
		return (!rolePrefix.isEmpty() && authority.startsWith(rolePrefix) && authority.length() > rolePrefix.length())
				? "hasRole('%s')".formatted(authority.substring(rolePrefix.length()))
				: "hasAuthority('%s')".formatted(authority);
	}

}
