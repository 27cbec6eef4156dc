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

package io.github.ultracartsso.autoconfigure.properties;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

/**
 * Finds properties below {@code ultracart.sso} and environment variables that begin with
 * {@code ULTRACART_SSO_} which have no effect, because there is no property of that name.
 * Spring Boot ignores them. Their values are not shown.
 */
final class UnknownProperties {

	private static final Log logger = LogFactory.getLog(UnknownProperties.class);

	private static final String BEGINNING = "ultracart";

	private static final String VARIABLE = "ULTRACART_SSO_";

	/**
	 * What Kubernetes sets for a service that is named ultracart-sso.
	 */
	private static final Pattern SERVICE_LINK = Pattern
		.compile(".*_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)\\w*)?)");

	private static final Pattern LIKE_A_KEY = Pattern.compile("(?i).*(simple|api)[^A-Z]?key");

	private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]+)");

	private final Set<String> referred = new HashSet<>();

	private final KnownProperties known = new KnownProperties();

	/**
	 * The unknown names, each with what was probably meant.
	 */
	private final Map<String, String> suggestions = new LinkedHashMap<>();

	private @Nullable String keyElsewhere;

	/**
	 * Creates an instance.
	 * @param environment the environment, of which all properties are found whose source
	 * can list them
	 */
	UnknownProperties(Environment environment) {
		if (environment instanceof ConfigurableEnvironment configurable) {
			configurable.getPropertySources().forEach(this::findReferences);
			configurable.getPropertySources().forEach(this::check);
		}
	}

	/**
	 * A variable that another property refers to has an effect, whatever its name is.
	 */
	private void findReferences(PropertySource<?> source) {
		if (source instanceof EnumerablePropertySource<?> enumerable) {
			for (String name : enumerable.getPropertyNames()) {
				if (enumerable.getProperty(name) instanceof CharSequence value && value.toString().contains("${")) {
					Matcher matcher = REFERENCE.matcher(value);
					while (matcher.find()) {
						this.referred.add(matcher.group(1));
					}
				}
			}
		}
	}

	private void check(PropertySource<?> source) {
		if (source instanceof EnumerablePropertySource<?> enumerable) {
			boolean variables = source instanceof SystemEnvironmentPropertySource
					|| source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
			for (String name : enumerable.getPropertyNames()) {
				if (name.regionMatches(true, 0, BEGINNING, 0, BEGINNING.length()) && !this.referred.contains(name)) {
					check(name, variables, enumerable);
				}
			}
		}
	}

	private void check(String name, boolean variables, PropertySource<?> source) {
		boolean variable = name.regionMatches(true, 0, VARIABLE, 0, VARIABLE.length());
		ConfigurationPropertyName property = ConfigurationPropertyName
			.adapt(variable ? name.toLowerCase(Locale.ROOT).replace('_', '.') : name, '.');
		if (!KnownProperties.PREFIX.isAncestorOf(property)) {
			if (LIKE_A_KEY.matcher(name).matches() && StringUtils.hasText(String.valueOf(source.getProperty(name)))) {
				this.keyElsewhere = name;
			}
		}
		else if (!variable) {
			if (!this.known.contains(property)) {
				suggest(name, text(this.known.nearest(property)));
			}
		}
		else if (!variables) {
			// a file does not have variables, whatever its properties look like
			suggest(name, text(this.known.nearest(property)));
		}
		else if (!this.known.containsVariable(name) && !SERVICE_LINK.matcher(name).matches()) {
			ConfigurationPropertyName nearest = this.known.nearest(property);
			suggest(name, (nearest != null) ? KnownProperties.variable(nearest, "_") : null);
		}
	}

	private static @Nullable String text(@Nullable ConfigurationPropertyName name) {
		return (name != null) ? name.toString() : null;
	}

	private void suggest(String name, @Nullable String suggestion) {
		this.suggestions.put(name, (suggestion != null) ? " (did you mean %s?)".formatted(suggestion) : "");
	}

	/**
	 * Adds the unknown properties to other mistakes, because one of them may be the
	 * reason for these.
	 */
	void addTo(Mistakes mistakes) {
		this.suggestions.forEach((name, suggestion) -> mistakes.add(
				"%s has no effect, because there is no such property%s".formatted(name, suggestion),
				"Correct the name of %s, or remove it.".formatted(name)));
	}

	/**
	 * Logs a warning if there are unknown properties.
	 */
	void warn(UltraCartSsoWarnings warnings) {
		if (!this.suggestions.isEmpty()) {
			warnings.give(logger,
					"These properties have no effect, because there are none of these names: "
							+ this.suggestions.entrySet()
								.stream()
								.map((unknown) -> unknown.getKey() + unknown.getValue())
								.collect(Collectors.joining(", ")));
		}
	}

	/**
	 * Returns the name of a property that looks like that of the application's key, but
	 * is not below {@code ultracart.sso}, or {@code null} if there is none.
	 */
	@Nullable String keyElsewhere() {
		return this.keyElsewhere;
	}

}
