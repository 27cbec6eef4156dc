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

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.ultracartsso.authorization.Requirement.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.hierarchicalroles.NullRoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;

/**
 * Finds out which permissions and groups a user who was denied lacks, from the result of
 * the check: a check by names of UltraCart, or by authorities that permissions and groups
 * become. Not part of the API.
 */
public final class MissingGrants {

	private final Function<String, List<String>> grantsOf;

	private final String rolePrefix;

	private RoleHierarchy roleHierarchy = new NullRoleHierarchy();

	/**
	 * Creates an instance.
	 * @param grantsOf returns what grants an authority: names of permissions, and of
	 * groups as {@code group:<name>}, any of which is enough
	 * @param rolePrefix what {@code hasRole} adds to its argument
	 */
	public MissingGrants(Function<String, List<String>> grantsOf, String rolePrefix) {
		Assert.notNull(grantsOf, "grantsOf cannot be null");
		Assert.notNull(rolePrefix, "rolePrefix cannot be null");
		this.grantsOf = grantsOf;
		this.rolePrefix = rolePrefix;
	}

	/**
	 * Sets the hierarchy of authorities. Defaults to one in which no authority includes
	 * another.
	 * @param roleHierarchy the hierarchy
	 */
	public void setRoleHierarchy(RoleHierarchy roleHierarchy) {
		Assert.notNull(roleHierarchy, "roleHierarchy cannot be null");
		this.roleHierarchy = roleHierarchy;
	}

	/**
	 * Returns what a user lacks.
	 * @param result the result of the check that denied access, or {@code null}
	 * @param authentication the user
	 * @return a decision with what is missing, which is empty if the result does not tell
	 */
	public UltraCartAuthorizationDecision find(@Nullable AuthorizationResult result, Authentication authentication) {
		if (result instanceof UltraCartAuthorizationDecision decision) {
			return decision;
		}
		Set<String> missing = new LinkedHashSet<>();
		boolean anyEnough = false;
		boolean allRequired = false;
		if (result instanceof AuthorityAuthorizationDecision decision) {
			List<String> authorities = decision.getAuthorities()
				.stream()
				.map((authority) -> String.valueOf(authority.getAuthority()))
				.toList();
			addGrants(missing, authorities, authentication);
			// of several authorities, the result does not tell whether all are required
			anyEnough = authorities.size() == 1;
		}
		else if (result instanceof ExpressionAuthorizationDecision decision) {
			ExpressionChecks checks = new ExpressionChecks(decision.getExpression(), this.rolePrefix);
			addNames(missing, Kind.PERMISSION, checks.required(ExpressionChecks.Type.PERMISSION), authentication);
			addNames(missing, Kind.GROUP, checks.required(ExpressionChecks.Type.GROUP), authentication);
			boolean unambiguous = addGrants(missing, checks.required(ExpressionChecks.Type.AUTHORITY), authentication);
			anyEnough = checks.isAnyEnough();
			allRequired = checks.isAllRequired() && unambiguous;
		}
		return new UltraCartAuthorizationDecision(false, List.copyOf(missing), anyEnough && missing.size() > 1,
				allRequired || missing.size() <= 1);
	}

	/**
	 * Returns whether one name only grants each of the missing authorities.
	 */
	private boolean addGrants(Set<String> missing, List<String> authorities, Authentication authentication) {
		Set<String> granted = this.roleHierarchy.getReachableGrantedAuthorities(authentication.getAuthorities())
			.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.collect(Collectors.toSet());
		List<List<String>> grants = authorities.stream()
			.filter((authority) -> !granted.contains(authority))
			.map(this.grantsOf)
			.toList();
		grants.forEach(missing::addAll);
		return grants.stream().allMatch((names) -> names.size() <= 1);
	}

	private static void addNames(Set<String> missing, Kind kind, List<String> names, Authentication authentication) {
		Collection<String> granted = kind.grantedTo(authentication);
		names.stream().filter((name) -> !granted.contains(name)).map(kind::reference).forEach(missing::add);
	}

}
