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

package io.github.ultracartsso.autoconfigure.security;

import java.util.Collection;
import java.util.Objects;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.CollectionUtils;

/**
 * Analyzes the start of an application with several {@link UltraCartAuthoritiesMapper}
 * beans. It precedes Spring Boot's analyzer, which does not know that one mapper decides
 * about all authorities.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SeveralAuthoritiesMappersFailureAnalyzer extends AbstractFailureAnalyzer<NoUniqueBeanDefinitionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoUniqueBeanDefinitionException cause) {
		if (cause.getBeanType() != UltraCartAuthoritiesMapper.class
				|| CollectionUtils.isEmpty(cause.getBeanNamesFound())) {
			return null;
		}
		Collection<String> found = Objects.requireNonNull(cause.getBeanNamesFound());
		String names = String.join(", ",
				found.stream().filter((name) -> !UltraCartUserConfiguration.DEFAULT_MAPPER.equals(name)).toList());
		return new FailureAnalysis(
				"The application has several UltraCartAuthoritiesMapper beans, of which one is needed: " + names + ".",
				"Keep one of them, which decides about all authorities of a user. Let it add to those of the properties:"
						+ " inject the " + PermissionAuthoritiesMapper.class.getSimpleName()
						+ ", and return permissions.plus(…).",
				cause);
	}

}
