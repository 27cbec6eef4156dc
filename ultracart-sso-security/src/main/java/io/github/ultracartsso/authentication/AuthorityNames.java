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

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.ultracartsso.client.LogText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.util.StringUtils;

/**
 * Names of the permissions or groups of one user, with the form in which they become
 * authorities.
 * <p>
 * Names that are listed but not granted also count where two names end in one authority.
 * Otherwise a person who may name groups could imitate the name of a more powerful group.
 */
final class AuthorityNames {

	private static final Log logger = LogFactory.getLog(AuthorityNames.class);

	private static final int MAX_LOGGED_LENGTH = 300;

	private final Set<String> granted;

	private final Set<String> grantedAuthorityNames;

	private AuthorityNames(Set<String> granted, Map<String, Object> listed) {
		this.granted = granted;
		this.grantedAuthorityNames = unambiguous(granted, listed);
	}

	/**
	 * Reads the names of what UltraCart lists.
	 * @param normalizer returns the form of a name as an authority
	 */
	static <T> AuthorityNames of(List<T> entries, Function<T, @Nullable String> toName, Predicate<T> isGranted,
			Function<String, String> normalizer) {
		Set<String> granted = new LinkedHashSet<>();
		Map<String, Object> listed = new LinkedHashMap<>(2 * entries.size());
		for (T entry : entries) {
			String name = toName.apply(entry);
			if (name == null || !StringUtils.hasText(name)) {
				continue;
			}
			String stripped = name.strip();
			if (isGranted.test(entry)) {
				granted.add(stripped);
			}
			String normalized = normalizer.apply(stripped);
			if (!normalized.isEmpty()) {
				listed.merge(normalized, stripped, AuthorityNames::joined);
			}
		}
		return new AuthorityNames(granted, listed);
	}

	/**
	 * Holds the one name of almost every authority without a collection.
	 */
	@SuppressWarnings("unchecked")
	private static Object joined(Object before, Object name) {
		if (before.equals(name)) {
			return before;
		}
		Set<String> names = (before instanceof Set<?>) ? (Set<String>) before : new TreeSet<>(Set.of((String) before));
		names.add((String) name);
		return names;
	}

	private static Set<String> unambiguous(Set<String> granted, Map<String, Object> listed) {
		Set<String> names = new LinkedHashSet<>();
		listed.forEach((normalized, originals) -> {
			if (originals instanceof String original) {
				if (granted.contains(original)) {
					names.add(normalized);
				}
			}
			else if (((Set<?>) originals).stream().anyMatch(granted::contains)) {
				logger.warn(LogMessage.format(
						"The different UltraCart names %s would all become '%s', so none of"
								+ " them grants anything; rename them in UltraCart, or grant by their exact"
								+ " names with a configured role",
						LogText.clean(originals.toString(), MAX_LOGGED_LENGTH), normalized));
			}
		});
		return names;
	}

	/**
	 * Returns the granted names in the form of authorities, without those that stand for
	 * several names.
	 */
	Set<String> grantedAuthorityNames() {
		return this.grantedAuthorityNames;
	}

	/**
	 * Returns whether the name, spelled as in UltraCart or in the form of an authority,
	 * is granted.
	 */
	boolean isGranted(String name) {
		return this.granted.contains(name.strip()) || this.grantedAuthorityNames.contains(name.strip());
	}

	/**
	 * Returns a name in the form of an authority: ASCII letters in upper case and digits,
	 * with one underscore for each run of anything else, and none at the edges. Stored
	 * sessions rely on this form, so it must not change.
	 */
	static String normalize(String name) {
		StringBuilder normalized = new StringBuilder(name.length());
		boolean separated = false;
		for (int i = 0; i < name.length(); i++) {
			char ch = name.charAt(i);
			char upperCased = (ch >= 'a' && ch <= 'z') ? (char) (ch - 'a' + 'A') : ch;
			if ((upperCased >= 'A' && upperCased <= 'Z') || (upperCased >= '0' && upperCased <= '9')) {
				if (separated && !normalized.isEmpty()) {
					normalized.append('_');
				}
				normalized.append(upperCased);
				separated = false;
			}
			else {
				separated = true;
			}
		}
		return normalized.toString();
	}

}
