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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.ultracartsso.client.User;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.Assert;

/**
 * Maps an UltraCart user to authorities in the application.
 * <p>
 * A bean of this type replaces the starter's {@link PermissionAuthoritiesMapper}, which
 * applies the properties {@code ultracart.sso.authorities.*}. To add to what that grants,
 * inject it: <pre>
 * &#64;Bean
 * UltraCartAuthoritiesMapper authoritiesMapper(PermissionAuthoritiesMapper permissions) {
 * 	return permissions.plus((user) -&gt; this.staff.authoritiesOf(user.userId()));
 * }
 * </pre>
 *
 * @since 0.1
 * @see PermissionAuthoritiesMapper
 */
@FunctionalInterface
public interface UltraCartAuthoritiesMapper {

	/**
	 * Returns the authorities of the user. {@link User#permissions()} and
	 * {@link User#groups()} are what the user has.
	 * @param user the user
	 * @return the authorities. The role of every user is added to them, and authorities
	 * of factors are removed, because only a login proves a factor
	 */
	Collection<? extends GrantedAuthority> mapAuthorities(User user);

	/**
	 * Returns a mapper that grants what this mapper grants, and what another one does.
	 * @param other maps the user to more authorities
	 * @return the mapper for both
	 */
	default UltraCartAuthoritiesMapper plus(UltraCartAuthoritiesMapper other) {
		Assert.notNull(other, "other cannot be null");
		return new UltraCartAuthoritiesMapper() {

			@Override
			public Collection<? extends GrantedAuthority> mapAuthorities(User user) {
				Set<GrantedAuthority> authorities = new LinkedHashSet<>(
						UltraCartAuthoritiesMapper.this.mapAuthorities(user));
				authorities.addAll(other.mapAuthorities(user));
				return authorities;
			}

			@Override
			public List<String> grantsOf(String authority) {
				Set<String> grants = new LinkedHashSet<>(UltraCartAuthoritiesMapper.this.grantsOf(authority));
				grants.addAll(other.grantsOf(authority));
				return List.copyOf(grants);
			}

		};
	}

	/**
	 * Returns what grants an authority, so that users who lack it can be told. By default
	 * nothing is known.
	 * @param authority the authority
	 * @return names of permissions, and of groups as {@code group:<name>}, any of which
	 * is enough. Empty if that is not known, or if no permission and no group grants it.
	 * Users are told only of names that UltraCart lists
	 */
	default List<String> grantsOf(String authority) {
		return List.of();
	}

}
