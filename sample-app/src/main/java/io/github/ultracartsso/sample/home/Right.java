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

package io.github.ultracartsso.sample.home;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.ultracartsso.authentication.UltraCartUser;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * A right of a user, with the expression that requires it.
 *
 * @param kind where it comes from
 * @param name the name at UltraCart, {@code null} if it is not from UltraCart
 * @param expression the expression for {@code @PreAuthorize}, {@code null} if it grants
 * nothing in this application
 */
record Right(Kind kind, @Nullable String name, @Nullable String expression) {

	private static final String ROLE_PREFIX = "ROLE_";

	private static final String GROUP_PREFIX = "GROUP_";

	private static final Pattern NOT_IN_AUTHORITY = Pattern.compile("[^A-Z0-9]+");

	static List<Right> of(UltraCartUser user, Authentication authentication) {
		Set<String> authorities = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.collect(Collectors.toCollection(TreeSet::new));
		List<Right> rights = new ArrayList<>();
		rights.addAll(named(Kind.PERMISSION, user.permissions(), ROLE_PREFIX, authorities));
		rights.addAll(named(Kind.GROUP, user.groups(), GROUP_PREFIX, authorities));
		authorities.forEach((authority) -> rights.add(new Right(Kind.APPLICATION, null, expression(authority))));
		return rights;
	}

	/**
	 * Pairs names with the authorities they are mapped to, and removes these from the
	 * set.
	 */
	private static List<Right> named(Kind kind, Collection<String> names, String prefix, Set<String> authorities) {
		return names.stream().sorted().map((name) -> {
			String authority = prefix + normalize(name);
			return new Right(kind, name, authorities.remove(authority) ? expression(authority) : null);
		}).toList();
	}

	private static String normalize(String name) {
		return NOT_IN_AUTHORITY.splitAsStream(name.toUpperCase(Locale.ROOT))
			.filter(Predicate.not(String::isEmpty))
			.collect(Collectors.joining("_"));
	}

	private static String expression(String authority) {
		return authority.startsWith(ROLE_PREFIX) ? "hasRole('" + authority.substring(ROLE_PREFIX.length()) + "')"
				: "hasAuthority('" + authority + "')";
	}

	/**
	 * Where a right comes from.
	 */
	enum Kind {

		/**
		 * A permission at UltraCart.
		 */
		PERMISSION("Permission"),

		/**
		 * A group at UltraCart.
		 */
		GROUP("Group"),

		/**
		 * The application: a configured role, or an authority that every login adds.
		 */
		APPLICATION("This application");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

		/**
		 * Returns the label.
		 * @return the label
		 */
		public String label() {
			return this.label;
		}

	}

}
