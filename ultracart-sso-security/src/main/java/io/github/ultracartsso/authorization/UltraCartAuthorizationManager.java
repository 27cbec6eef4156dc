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

import java.util.function.Supplier;

import io.github.ultracartsso.authorization.Requirement.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;

/**
 * Authorizes requests, messages or calls by the names of UltraCart's permissions and
 * groups: <pre>
 * http.authorizeHttpRequests((requests) -&gt; requests
 * 	.requestMatchers("/items/**").access(hasPermission("Edit Items")))
 * </pre>
 * <p>
 * A name is compared exactly with what the
 * {@link io.github.ultracartsso.authentication.UltraCartUser} has, whatever the
 * configured prefixes and roles. Users who have not signed in with UltraCart are denied.
 *
 * @param <T> the type of what is authorized
 * @since 0.1
 * @see UltraCartAuthorizationDecision
 */
public final class UltraCartAuthorizationManager<T> implements AuthorizationManager<T> {

	private final Requirement requirement;

	UltraCartAuthorizationManager(Requirement requirement) {
		this.requirement = requirement;
	}

	/**
	 * Permits users who have a permission.
	 * @param permission the name, spelled as in UltraCart
	 * @param <T> the type of what is authorized
	 * @return the manager
	 */
	public static <T> UltraCartAuthorizationManager<T> hasPermission(String permission) {
		return new UltraCartAuthorizationManager<>(Requirement.allOf(Kind.PERMISSION, permission));
	}

	/**
	 * Permits users who have any one of several permissions.
	 * @param permissions the names, spelled as in UltraCart
	 * @param <T> the type of what is authorized
	 * @return the manager
	 */
	public static <T> UltraCartAuthorizationManager<T> hasAnyPermission(String... permissions) {
		return new UltraCartAuthorizationManager<>(Requirement.anyOf(Kind.PERMISSION, permissions));
	}

	/**
	 * Permits users who have all of several permissions.
	 * @param permissions the names, spelled as in UltraCart
	 * @param <T> the type of what is authorized
	 * @return the manager
	 */
	public static <T> UltraCartAuthorizationManager<T> hasAllPermissions(String... permissions) {
		return new UltraCartAuthorizationManager<>(Requirement.allOf(Kind.PERMISSION, permissions));
	}

	/**
	 * Permits users who are members of a group.
	 * @param group the name, spelled as in UltraCart
	 * @param <T> the type of what is authorized
	 * @return the manager
	 */
	public static <T> UltraCartAuthorizationManager<T> hasGroup(String group) {
		return new UltraCartAuthorizationManager<>(Requirement.allOf(Kind.GROUP, group));
	}

	/**
	 * Permits users who are members of any one of several groups.
	 * @param groups the names, spelled as in UltraCart
	 * @param <T> the type of what is authorized
	 * @return the manager
	 */
	public static <T> UltraCartAuthorizationManager<T> hasAnyGroup(String... groups) {
		return new UltraCartAuthorizationManager<>(Requirement.anyOf(Kind.GROUP, groups));
	}

	/**
	 * Permits users who are members of all of several groups.
	 * @param groups the names, spelled as in UltraCart
	 * @param <T> the type of what is authorized
	 * @return the manager
	 */
	public static <T> UltraCartAuthorizationManager<T> hasAllGroups(String... groups) {
		return new UltraCartAuthorizationManager<>(Requirement.allOf(Kind.GROUP, groups));
	}

	@Override
	public UltraCartAuthorizationDecision authorize(Supplier<? extends @Nullable Authentication> authentication,
			T object) {
		return this.requirement.decide(authentication.get());
	}

	@Override
	public String toString() {
		return "UltraCartAuthorizationManager[" + this.requirement + "]";
	}

}
