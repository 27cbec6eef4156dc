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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The names of all configuration properties below {@code ultracart.sso}, as Spring Boot
 * asks for them when it binds {@link UltraCartSsoProperties}.
 */
final class KnownProperties {

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("ultracart.sso");

	/**
	 * Names that differ from what is meant by more than a few letters.
	 */
	private static final Map<String, String> OTHER_WORDS = Map.of("apikey", "simple-key", "key", "simple-key",
			"callback", "redirect-uri", "callbackurl", "redirect-uri", "callbackuri", "redirect-uri", "sessiontimeout",
			"session.max-age", "timeout", "http.read-timeout", "url", "base-url", "loginurl", "login-page");

	private final Map<ConfigurationPropertyName, Class<?>> types = new LinkedHashMap<>();

	KnownProperties() {
		new Binder((name) -> null).bind(PREFIX, Bindable.of(UltraCartSsoProperties.class), new AbstractBindHandler() {

			@Override
			public <T> Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
				if (PREFIX.isAncestorOf(name) && !name.isLastElementIndexed()) {
					KnownProperties.this.types.put(name, target.getType().resolve(Object.class));
				}
				return target;
			}

		});
	}

	/**
	 * Returns whether a name is that of a property, of an element of a list or of an
	 * entry of a map.
	 */
	boolean contains(ConfigurationPropertyName name) {
		for (ConfigurationPropertyName known = name; PREFIX.isAncestorOf(known); known = known.getParent()) {
			Class<?> type = this.types.get(known);
			if (type != null) {
				return known.equals(name) || Map.class.isAssignableFrom(type) || name.isLastElementIndexed();
			}
		}
		return false;
	}

	/**
	 * Returns whether an environment variable is that of a property, of an element of a
	 * list or of an entry of a map: with or without underscores in place of dashes.
	 */
	boolean containsVariable(String variable) {
		String withoutIndex = variable.toUpperCase(Locale.ROOT).replaceFirst("(_[0-9]+)+_?$", "");
		return this.types.entrySet().stream().anyMatch((known) -> {
			String canonical = variable(known.getKey(), "");
			String legacy = variable(known.getKey(), "_");
			return withoutIndex.equals(canonical) || withoutIndex.equals(legacy)
					|| (Map.class.isAssignableFrom(known.getValue())
							&& (withoutIndex.startsWith(canonical + "_") || withoutIndex.startsWith(legacy + "_")));
		});
	}

	/**
	 * Returns a property as an environment variable.
	 */
	static String variable(ConfigurationPropertyName name, String dash) {
		return name.toString().replace("-", dash).replace('.', '_').toUpperCase(Locale.ROOT);
	}

	/**
	 * Returns the property that was probably meant by an unknown name: one in another
	 * group, or one whose name differs by a few letters.
	 */
	@Nullable ConfigurationPropertyName nearest(ConfigurationPropertyName name) {
		String letters = letters(name, name.getNumberOfElements());
		String other = OTHER_WORDS.get(letters);
		if (other != null) {
			return PREFIX.append(other);
		}
		ConfigurationPropertyName nearest = null;
		int smallest = Math.max(1, letters.length() / 4) + 1;
		for (ConfigurationPropertyName known : this.types.keySet()) {
			boolean map = Map.class.isAssignableFrom(this.types.getOrDefault(known, Object.class));
			int distance = distance(letters(known, known.getNumberOfElements()),
					map ? letters(name, Math.min(known.getNumberOfElements(), name.getNumberOfElements())) : letters);
			if (distance < smallest) {
				smallest = distance;
				nearest = known;
			}
		}
		return (nearest != null) ? nearest : inOtherGroup(name);
	}

	private @Nullable ConfigurationPropertyName inOtherGroup(ConfigurationPropertyName name) {
		List<ConfigurationPropertyName> candidates = this.types.entrySet()
			.stream()
			.filter((known) -> hasLastElementOf(known.getKey(), name, Map.class.isAssignableFrom(known.getValue())))
			.map(Map.Entry::getKey)
			.toList();
		return (candidates.size() == 1) ? candidates.get(0) : null;
	}

	private static boolean hasLastElementOf(ConfigurationPropertyName known, ConfigurationPropertyName name,
			boolean anywhere) {
		int last = name.getNumberOfElements() - 1;
		return IntStream.rangeClosed(anywhere ? PREFIX.getNumberOfElements() : last, last)
			.anyMatch((index) -> name.getElement(index, Form.UNIFORM).equals(known.getLastElement(Form.UNIFORM)));
	}

	/**
	 * Returns the letters and digits of a name, up to an element and without the prefix.
	 */
	private static String letters(ConfigurationPropertyName name, int elements) {
		return IntStream.range(PREFIX.getNumberOfElements(), elements)
			.mapToObj((index) -> name.getElement(index, Form.UNIFORM))
			.collect(Collectors.joining());
	}

	/**
	 * Returns how many letters have to be changed, added or removed (Levenshtein).
	 */
	private static int distance(String from, String to) {
		int[] previous = IntStream.rangeClosed(0, to.length()).toArray();
		for (int i = 1; i <= from.length(); i++) {
			int[] current = new int[to.length() + 1];
			current[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = previous[j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

}
