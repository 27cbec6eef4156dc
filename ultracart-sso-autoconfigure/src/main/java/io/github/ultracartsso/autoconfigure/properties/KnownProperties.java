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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.SimilarNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The names of all configuration properties below {@code ultracart.sso}. They are listed
 * here, because finding them by reflection would take a noticeable part of the start.
 */
final class KnownProperties {

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("ultracart.sso");

	/**
	 * The properties, relative to the prefix.
	 */
	static final List<String> NAMES = List.of("enabled", "simple-key", "oauth.client-id", "oauth.refresh-token",
			"base-url", "api-version", "allowed-login-hosts", "redirect-uri", "redirect-hosts", "login-page",
			"default-success-url", "permit-all", "authorities.permission-prefix", "authorities.group-prefix",
			"authorities.roles", "access-denied.explain", "session.ip-lock", "session.refresh-interval",
			"session.max-age", "session.unknown-expiry-max-age", "session.encryption-keys", "login.pending-store",
			"login.max-starts-per-hour", "limits.store", "limits.group", "limits.calls-per-hour",
			"limits.calls-per-day", "limits.refresh-share", "limits.longest-refresh-interval",
			"development.plain-http-hosts", "logout.revoke-timeout", "logout.revoke-on-session-expiry",
			"logout.success-url", "sign-in.application-name", "sign-in.logo-url", "http.connect-timeout",
			"http.read-timeout", "http.call-timeout", "http.max-concurrent-calls", "http.queue-timeout",
			"http.max-retries", "http.ssl.bundle", "method-security.enabled");

	/**
	 * Known, but not supported. They are refused.
	 */
	static final List<String> REFUSED = List.of("http.redirects", "http.cookie-handling");

	/**
	 * The property whose keys are free.
	 */
	private static final ConfigurationPropertyName MAP = PREFIX.append("authorities.roles");

	/**
	 * Names that differ from what is meant by more than a few letters.
	 */
	private static final Map<String, String> OTHER_WORDS = Map.of("apikey", "simple-key", "key", "simple-key",
			"callback", "redirect-uri", "callbackurl", "redirect-uri", "callbackuri", "redirect-uri", "sessiontimeout",
			"session.max-age", "timeout", "http.read-timeout", "url", "base-url", "loginurl", "login-page");

	private final List<ConfigurationPropertyName> names = NAMES.stream().map(PREFIX::append).toList();

	/**
	 * The properties and the groups that they are in, which an empty section of YAML
	 * names too.
	 */
	private final Set<ConfigurationPropertyName> all = new HashSet<>();

	KnownProperties() {
		Stream.concat(this.names.stream(), REFUSED.stream().map(PREFIX::append))
			.forEach((name) -> Stream.iterate(name, PREFIX::isAncestorOf, ConfigurationPropertyName::getParent)
				.forEach(this.all::add));
	}

	/**
	 * Returns whether a name is that of a property, of an element of a list or of an
	 * entry of a map.
	 */
	boolean contains(ConfigurationPropertyName name) {
		if (this.all.contains(name) || MAP.isAncestorOf(name)) {
			return true;
		}
		return name.isLastElementIndexed() && this.all.contains(name.getParent());
	}

	/**
	 * Returns whether an environment variable is that of a property, of an element of a
	 * list or of an entry of a map: with or without underscores in place of dashes.
	 */
	boolean containsVariable(String variable) {
		String withoutIndex = variable.toUpperCase(Locale.ROOT).replaceFirst("(_[0-9]+)+_?$", "");
		return withoutIndex.startsWith(variable(MAP, "") + "_") || this.all.stream()
			.anyMatch((name) -> withoutIndex.equals(variable(name, "")) || withoutIndex.equals(variable(name, "_")));
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
		for (ConfigurationPropertyName known : this.names) {
			String compared = known.equals(MAP)
					? letters(name, Math.min(MAP.getNumberOfElements(), name.getNumberOfElements())) : letters;
			int distance = SimilarNames.distance(letters(known, known.getNumberOfElements()), compared);
			if (distance < smallest) {
				smallest = distance;
				nearest = known;
			}
		}
		return (nearest != null) ? nearest : inOtherGroup(name);
	}

	private @Nullable ConfigurationPropertyName inOtherGroup(ConfigurationPropertyName name) {
		List<ConfigurationPropertyName> candidates = this.names.stream()
			.filter((known) -> hasLastElementOf(known, name))
			.toList();
		return (candidates.size() == 1) ? candidates.get(0) : null;
	}

	private static boolean hasLastElementOf(ConfigurationPropertyName known, ConfigurationPropertyName name) {
		int last = name.getNumberOfElements() - 1;
		return IntStream.rangeClosed(known.equals(MAP) ? PREFIX.getNumberOfElements() : last, last)
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

}
