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

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.github.ultracartsso.authentication.UltraCartUser;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;

/**
 * Permissions or groups that a user has to have.
 *
 * @param kind whether the names are those of permissions or of groups
 * @param all whether all are required, or any one is enough
 * @param names the names, spelled as in UltraCart
 */
record Requirement(Kind kind, boolean all, List<String> names) {

	Requirement {
		Assert.notEmpty(names, "names cannot be empty");
		names.forEach((name) -> Assert.hasText(name, "a name cannot be empty"));
	}

	static Requirement anyOf(Kind kind, String... names) {
		return new Requirement(kind, false, List.of(names));
	}

	static Requirement allOf(Kind kind, String... names) {
		return new Requirement(kind, true, List.of(names));
	}

	boolean isMetBy(@Nullable Authentication authentication) {
		Collection<String> granted = this.kind.grantedTo(authentication);
		for (String name : this.names) {
			if (granted.contains(name) != this.all) {
				return !this.all;
			}
		}
		return this.all;
	}

	UltraCartAuthorizationDecision decide(@Nullable Authentication authentication) {
		if (isMetBy(authentication)) {
			return UltraCartAuthorizationDecision.GRANTED;
		}
		Collection<String> granted = this.kind.grantedTo(authentication);
		List<String> missing = this.names.stream()
			.filter((name) -> !granted.contains(name))
			.map(this.kind::reference)
			.toList();
		return new UltraCartAuthorizationDecision(false, missing, !this.all);
	}

	/**
	 * What the names are those of.
	 */
	enum Kind {

		/**
		 * Permissions.
		 */
		PERMISSION(RequiresPermission.class, ""),

		/**
		 * Groups.
		 */
		GROUP(RequiresGroup.class, "group:");

		private final Class<? extends Annotation> annotation;

		private final String reference;

		Kind(Class<? extends Annotation> annotation, String reference) {
			this.annotation = annotation;
			this.reference = reference;
		}

		/**
		 * Returns the annotation that requires names of this kind, for a message.
		 */
		String annotation() {
			return "@" + this.annotation.getSimpleName();
		}

		/**
		 * Returns how a name of this kind is written where both kinds may be.
		 */
		String reference(String name) {
			return this.reference + name;
		}

		Set<String> grantedTo(@Nullable Authentication authentication) {
			if (authentication == null || !authentication.isAuthenticated()
					|| !(authentication.getPrincipal() instanceof UltraCartUser user)) {
				return Set.of();
			}
			return (this == PERMISSION) ? user.permissions() : user.groups();
		}

	}

}
