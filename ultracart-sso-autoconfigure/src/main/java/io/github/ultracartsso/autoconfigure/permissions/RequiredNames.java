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

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.authorization.ExpressionChecks;
import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.autoconfigure.permissions.RequiredName.Kind;

import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.util.StringUtils;

/**
 * Finds the names that annotations and expressions require.
 */
final class RequiredNames {

	private final SpelExpressionParser parser = new SpelExpressionParser();

	private final String rolePrefix;

	/**
	 * Creates an instance.
	 * @param rolePrefix the prefix that Spring Security puts before roles
	 */
	RequiredNames(String rolePrefix) {
		this.rolePrefix = rolePrefix;
	}

	/**
	 * Returns the names that an annotation requires.
	 */
	List<RequiredName> of(AnnotatedMethod method) {
		Annotation annotation = method.annotation();
		String place = method.place();
		if (annotation instanceof PreAuthorize expression) {
			return of(expression.value(), place);
		}
		if (annotation instanceof PostAuthorize expression) {
			return of(expression.value(), place);
		}
		if (annotation instanceof Secured secured) {
			return names(Kind.AUTHORITY, place, Stream.of(secured.value()));
		}
		if (annotation instanceof RequiresPermission permission) {
			return names(Kind.PERMISSION, place, permission.value(), permission.anyOf(), permission.allOf());
		}
		if (annotation instanceof RequiresGroup group) {
			return names(Kind.GROUP, place, group.value(), group.anyOf(), group.allOf());
		}
		return List.of();
	}

	/**
	 * Returns the names that an expression requires.
	 * @param expression the expression. One that cannot be parsed has none
	 * @param place where the expression is
	 */
	List<RequiredName> of(String expression, String place) {
		try {
			return new ExpressionChecks(this.parser.parseRaw(expression), this.rolePrefix).checks()
				.stream()
				.map((check) -> new RequiredName(Kind.valueOf(check.type().name()), check.name(), check.written(),
						place, check.negated()))
				.toList();
		}
		catch (ParseException | IllegalStateException ex) {
			// the evaluation of the expression reports it
			return List.of();
		}
	}

	private static List<RequiredName> names(Kind kind, String place, String value, String[] anyOf, String[] allOf) {
		return names(kind, place, Stream.of(Stream.of(value), Stream.of(anyOf), Stream.of(allOf)).flatMap((s) -> s));
	}

	private static List<RequiredName> names(Kind kind, String place, Stream<String> names) {
		return names.filter(StringUtils::hasText)
			.map((name) -> new RequiredName(kind, name, "'" + name + "'", place))
			.toList();
	}

}
