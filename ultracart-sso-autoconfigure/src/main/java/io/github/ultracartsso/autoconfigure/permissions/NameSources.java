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

import java.util.HashSet;
import java.util.Set;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.autoconfigure.permissions.ExistingNames.AuthorityPrefixes;
import io.github.ultracartsso.web.login.UltraCartLoginAuthenticationFilter;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Where the authorities of an application's users come from, read from its beans.
 */
final class NameSources {

	private final ConfigurableListableBeanFactory beans;

	private final AuthorityPrefixes prefixes;

	NameSources(ConfigurableListableBeanFactory beans, AuthorityPrefixes prefixes) {
		this.beans = beans;
		this.prefixes = prefixes;
	}

	String rolePrefix() {
		return this.prefixes.rolePrefix();
	}

	/**
	 * Returns the names that exist, with the roles that a hierarchy derives from them.
	 */
	ExistingNames existing(Set<String> permissions, Set<String> groups, Set<String> granted) {
		PermissionAuthorities mapped = PermissionAuthorities.of(this.beans);
		Set<String> others = new HashSet<>(granted);
		this.beans.getBeanProvider(RoleHierarchy.class).ifUnique((hierarchy) -> {
			Set<String> all = new HashSet<>(granted);
			all.addAll(mapped.ofPermissions(permissions).values());
			all.addAll(mapped.ofGroups(groups).values());
			all.addAll(mapped.ofRoles().keySet());
			others.addAll(AuthorityUtils.authorityListToSet(hierarchy
				.getReachableGrantedAuthorities(AuthorityUtils.createAuthorityList(all.toArray(String[]::new)))));
		});
		return new ExistingNames(permissions, groups, mapped, others, this.prefixes);
	}

	/**
	 * Returns whether UltraCart is the only source of such names. Authorities may also
	 * come from a mapper of the application and from other logins.
	 */
	boolean isOnlySource(RequiredName.Kind kind) {
		return kind != RequiredName.Kind.AUTHORITY || (!hasOwnMapper() && !hasOtherLogins());
	}

	private boolean hasOwnMapper() {
		return this.beans.getBeansOfType(UltraCartAuthoritiesMapper.class, true, false)
			.values()
			.stream()
			.anyMatch((mapper) -> !(mapper instanceof PermissionAuthoritiesMapper))
				|| this.beans.getBeansOfType(UltraCartUserMapper.class, true, false)
					.values()
					.stream()
					.anyMatch((mapper) -> !(mapper instanceof DefaultUltraCartUserMapper));
	}

	private boolean hasOtherLogins() {
		return this.beans.getBeanProvider(SecurityFilterChain.class)
			.stream()
			.flatMap((chain) -> chain.getFilters().stream())
			.anyMatch(NameSources::isOtherLogin);
	}

	private static boolean isOtherLogin(Filter filter) {
		return (filter instanceof AbstractAuthenticationProcessingFilter
				&& !(filter instanceof UltraCartLoginAuthenticationFilter))
				|| filter instanceof BasicAuthenticationFilter || filter instanceof AuthenticationFilter
				|| filter instanceof AbstractPreAuthenticatedProcessingFilter
				|| filter.getClass().getSimpleName().equals("BearerTokenAuthenticationFilter");
	}

}
