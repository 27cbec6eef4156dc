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
import java.util.List;
import java.util.Set;

import io.github.ultracartsso.authentication.UserMappersInUse;
import io.github.ultracartsso.autoconfigure.permissions.ExistingNames.AuthorityPrefixes;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.ui.DefaultLoginPageGeneratingFilter;
import org.springframework.security.web.authentication.ui.DefaultLogoutPageGeneratingFilter;
import org.springframework.security.web.authentication.ui.DefaultResourcesFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.context.request.async.WebAsyncManagerIntegrationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.savedrequest.RequestCacheAwareFilter;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.security.web.session.ConcurrentSessionFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.security.web.session.ForceEagerSessionCreationFilter;
import org.springframework.security.web.session.SessionManagementFilter;
import org.springframework.security.web.transport.HttpsRedirectFilter;
import org.springframework.web.filter.CorsFilter;

/**
 * Where the authorities of an application's users come from, read from its beans.
 */
final class NameSources {

	/**
	 * Filters that give no user authorities.
	 */
	private static final Set<Class<? extends Filter>> SIGN_NOBODY_IN = Set.of(DisableEncodeUrlFilter.class,
			ForceEagerSessionCreationFilter.class, HttpsRedirectFilter.class, WebAsyncManagerIntegrationFilter.class,
			SecurityContextHolderFilter.class, HeaderWriterFilter.class, CorsFilter.class, CsrfFilter.class,
			LogoutFilter.class, DefaultResourcesFilter.class, DefaultLoginPageGeneratingFilter.class,
			DefaultLogoutPageGeneratingFilter.class, ConcurrentSessionFilter.class, RequestCacheAwareFilter.class,
			SecurityContextHolderAwareRequestFilter.class, SessionManagementFilter.class,
			ExceptionTranslationFilter.class, AuthorizationFilter.class);

	private static final List<String> OWN_PACKAGES = List.of("io.github.ultracartsso.config.",
			"io.github.ultracartsso.web.");

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
	ExistingNames existing(List<ListedNames> listed, Set<String> granted) {
		PermissionAuthorities mapped = PermissionAuthorities.of(this.beans);
		Set<String> others = new HashSet<>(granted);
		this.beans.getBeanProvider(RoleHierarchy.class).ifUnique((hierarchy) -> {
			Set<String> all = new HashSet<>(granted);
			for (ListedNames names : listed) {
				all.addAll(mapped.ofPermissions(names.permissions()).values());
				all.addAll(mapped.ofGroups(names.groups()).values());
			}
			all.addAll(mapped.ofRoles().keySet());
			others.addAll(AuthorityUtils.authorityListToSet(hierarchy
				.getReachableGrantedAuthorities(AuthorityUtils.createAuthorityList(all.toArray(String[]::new)))));
		});
		return new ExistingNames(listed, mapped, others, this.prefixes);
	}

	/**
	 * Returns whether UltraCart is the only source of such names. Authorities may also
	 * come from a mapper of the application and from other logins.
	 */
	boolean isOnlySource(RequiredName.Kind kind) {
		return kind != RequiredName.Kind.AUTHORITY || (!hasOwnMapper() && !hasOtherLogins());
	}

	private boolean hasOwnMapper() {
		UserMappersInUse mappers = this.beans.getBeanProvider(UserMappersInUse.class).getIfUnique();
		return mappers == null || mappers.hasOwn();
	}

	private boolean hasOtherLogins() {
		return this.beans.getBeanProvider(SecurityFilterChain.class)
			.stream()
			.flatMap((chain) -> chain.getFilters().stream())
			.anyMatch(NameSources::isOtherLogin);
	}

	/**
	 * A filter that is not known may sign users in.
	 */
	private static boolean isOtherLogin(Filter filter) {
		if (filter instanceof AnonymousAuthenticationFilter anonymous) {
			return anonymous.getAuthorities()
				.stream()
				.anyMatch((authority) -> !String.valueOf(authority.getAuthority()).endsWith("ANONYMOUS"));
		}
		return !SIGN_NOBODY_IN.contains(filter.getClass())
				&& OWN_PACKAGES.stream().noneMatch(filter.getClass().getName()::startsWith);
	}

}
