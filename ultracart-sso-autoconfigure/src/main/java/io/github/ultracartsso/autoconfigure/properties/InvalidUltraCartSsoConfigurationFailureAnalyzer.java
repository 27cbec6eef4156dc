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

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.ultracartsso.autoconfigure.properties.InvalidUltraCartSsoConfigurationException.Mistake;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Analyzes an {@link InvalidUltraCartSsoConfigurationException}. The report names the
 * active profiles, because a wrong profile is the most common reason for a missing
 * property.
 */
final class InvalidUltraCartSsoConfigurationFailureAnalyzer
		extends AbstractFailureAnalyzer<InvalidUltraCartSsoConfigurationException> {

	private final @Nullable Environment environment;

	InvalidUltraCartSsoConfigurationFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidUltraCartSsoConfigurationException cause) {
		List<Mistake> mistakes = cause.getMistakes();
		String description = "Users cannot sign in with UltraCart as the application is configured:"
				+ numbered(mistakes, Mistake::description) + "%n%n%s".formatted(profiles());
		return new FailureAnalysis(description, "Correct the configuration:" + numbered(mistakes, Mistake::remedy),
				cause);
	}

	private static String numbered(List<Mistake> mistakes, Function<Mistake, String> text) {
		return IntStream.range(0, mistakes.size())
			.mapToObj((index) -> "%n%n    %d. %s".formatted(index + 1, text.apply(mistakes.get(index))))
			.collect(Collectors.joining());
	}

	private String profiles() {
		String[] profiles = (this.environment != null) ? this.environment.getActiveProfiles() : new String[0];
		return (profiles.length > 0) ? "The active profiles are: " + String.join(", ", profiles)
				: "No profiles are active, so properties of a profile are not in effect.";
	}

}
