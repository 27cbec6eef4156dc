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

package io.github.ultracartsso.authorization;

import io.github.ultracartsso.authorization.Requirement.Kind;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.Assert;

/**
 * Functions for expressions, by the names of UltraCart's permissions and groups. The
 * starter provides them as the bean {@value #BEAN_NAME}, for {@code @PreAuthorize},
 * {@code sec:authorize} of Thymeleaf and all other expressions that find beans: <pre>
 * &#64;PreAuthorize("@ultraCart.hasPermission('Edit Items') or #owner == authentication.name")
 * </pre>
 * <p>
 * They tell of the user of the current security context. A name is compared exactly. For
 * users who have not signed in with UltraCart all are {@code false}.
 *
 * @since 0.1
 */
public final class UltraCartExpressions {

	/**
	 * Name of the bean in expressions.
	 */
	public static final String BEAN_NAME = "ultraCart";

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	/**
	 * Sets the strategy that holds the security context. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	/**
	 * Returns whether the user has a permission.
	 * @param permission the name, spelled as in UltraCart
	 * @return {@code true} if so
	 */
	public boolean hasPermission(String permission) {
		return isMet(Requirement.allOf(Kind.PERMISSION, permission));
	}

	/**
	 * Returns whether the user has any one of several permissions.
	 * @param permissions the names, spelled as in UltraCart
	 * @return {@code true} if so
	 */
	public boolean hasAnyPermission(String... permissions) {
		return isMet(Requirement.anyOf(Kind.PERMISSION, permissions));
	}

	/**
	 * Returns whether the user has all of several permissions.
	 * @param permissions the names, spelled as in UltraCart
	 * @return {@code true} if so
	 */
	public boolean hasAllPermissions(String... permissions) {
		return isMet(Requirement.allOf(Kind.PERMISSION, permissions));
	}

	/**
	 * Returns whether the user is a member of a group.
	 * @param group the name, spelled as in UltraCart
	 * @return {@code true} if so
	 */
	public boolean hasGroup(String group) {
		return isMet(Requirement.allOf(Kind.GROUP, group));
	}

	/**
	 * Returns whether the user is a member of any one of several groups.
	 * @param groups the names, spelled as in UltraCart
	 * @return {@code true} if so
	 */
	public boolean hasAnyGroup(String... groups) {
		return isMet(Requirement.anyOf(Kind.GROUP, groups));
	}

	/**
	 * Returns whether the user is a member of all of several groups.
	 * @param groups the names, spelled as in UltraCart
	 * @return {@code true} if so
	 */
	public boolean hasAllGroups(String... groups) {
		return isMet(Requirement.allOf(Kind.GROUP, groups));
	}

	private boolean isMet(Requirement requirement) {
		return requirement.isMetBy(this.securityContextHolderStrategy.getContext().getAuthentication());
	}

}
