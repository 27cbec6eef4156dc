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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.autoconfigure.properties.InvalidUltraCartSsoConfigurationException.Mistake;

import org.springframework.boot.convert.DurationStyle;

/**
 * Collects the mistakes that are found in the configuration properties.
 */
final class Mistakes {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]*)");

	private static final Duration LONGEST_SIMPLE_TEXT = Duration.ofDays(1);

	private final List<Mistake> mistakes = new ArrayList<>();

	/**
	 * Adds a mistake.
	 * @param description which property it is about and what is wrong, without a full
	 * stop
	 * @param remedy what to do
	 */
	void add(String description, String remedy) {
		this.mistakes.add(new Mistake(description + ".", remedy));
	}

	/**
	 * Adds a mistake if the value of a secret still has a placeholder, which means that
	 * it could not be resolved.
	 * @param property the property
	 * @param value the value
	 * @param kind what the secret is called
	 * @param more what the remedy ends with, may be empty
	 * @return whether there was a placeholder
	 */
	boolean addIfPlaceholder(String property, String value, String kind, String more) {
		Matcher placeholder = PLACEHOLDER.matcher(value);
		boolean found = placeholder.find();
		if (found) {
			add("%s refers to ${%s}, which has no value".formatted(property, placeholder.group(1)),
					"Set %s, for example as an environment variable, or set %s to the %s itself.%s"
						.formatted(placeholder.group(1), property, kind, more));
		}
		return found;
	}

	/**
	 * Returns a duration as it can be written in a property.
	 */
	static String text(Duration duration) {
		// a simple text has a long of milliseconds
		return (duration.abs().compareTo(LONGEST_SIMPLE_TEXT) > 0) ? duration.toString()
				: DurationStyle.SIMPLE.print(duration);
	}

	/**
	 * Throws an exception with all mistakes, if there are any.
	 * @param possibleReasons adds what may be the reason for them
	 */
	void throwIfAny(Consumer<Mistakes> possibleReasons) {
		if (!this.mistakes.isEmpty()) {
			possibleReasons.accept(this);
			throw new InvalidUltraCartSsoConfigurationException(this.mistakes);
		}
	}

}
