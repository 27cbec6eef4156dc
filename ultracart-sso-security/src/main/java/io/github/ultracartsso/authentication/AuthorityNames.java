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
import java.util.regex.Pattern;

import io.github.ultracartsso.client.LogText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.util.StringUtils;

/**
 * The names of one kind (permissions or groups) that one user has, with the form in which
 * they become authorities.
 * <p>
 * Names that are listed but not granted count as well where two names end in one form:
 * otherwise whoever may name a group could name it almost like one of more weight.
 */
final class AuthorityNames {

	private static final Log logger = LogFactory.getLog(AuthorityNames.class);

	private static final Pattern NOT_IN_AUTHORITY = Pattern.compile("[^A-Z0-9]+");

	private final Set<String> granted;

	private final Set<String> grantedAuthorityNames;

	private AuthorityNames(Set<String> granted, Map<String, Set<String>> listed) {
		this.granted = granted;
		this.grantedAuthorityNames = unambiguous(granted, listed);
	}

	/**
	 * Reads the names of what UltraCart lists.
	 */
	static <T> AuthorityNames of(List<T> entries, Function<T, @Nullable String> toName, Predicate<T> isGranted) {
		Set<String> granted = new LinkedHashSet<>();
		Map<String, Set<String>> listed = new LinkedHashMap<>();
		for (T entry : entries) {
			String name = toName.apply(entry);
			if (name == null || !StringUtils.hasText(name)) {
				continue;
			}
			String stripped = name.strip();
			if (isGranted.test(entry)) {
				granted.add(stripped);
			}
			String normalized = normalize(stripped);
			if (!normalized.isEmpty()) {
				listed.computeIfAbsent(normalized, (key) -> new TreeSet<>()).add(stripped);
			}
		}
		return new AuthorityNames(granted, listed);
	}

	private static Set<String> unambiguous(Set<String> granted, Map<String, Set<String>> listed) {
		Set<String> names = new LinkedHashSet<>();
		listed.forEach((normalized, originals) -> {
			if (originals.stream().noneMatch(granted::contains)) {
				return;
			}
			if (originals.size() == 1) {
				names.add(normalized);
			}
			else {
				logger.warn(LogMessage.format(
						"The different UltraCart names %s would all become '%s', so none of"
								+ " them grants anything; rename them in UltraCart, or grant by their exact"
								+ " names with a configured role",
						LogText.clean(originals.toString(), 300), normalized));
			}
		});
		return names;
	}

	/**
	 * Returns the granted names in the form of authorities, without those that do not
	 * name one thing only.
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
	 * Upper-cases ASCII letters, keeps digits, and turns each run of anything else into
	 * one underscore, none at the edges.
	 */
	private static String normalize(String name) {
		StringBuilder upperCased = new StringBuilder(name.length());
		name.chars().forEach((ch) -> upperCased.append((char) ((ch >= 'a' && ch <= 'z') ? ch - 'a' + 'A' : ch)));
		return StringUtils.trimTrailingCharacter(
				StringUtils.trimLeadingCharacter(NOT_IN_AUTHORITY.matcher(upperCased).replaceAll("_"), '_'), '_');
	}

}
