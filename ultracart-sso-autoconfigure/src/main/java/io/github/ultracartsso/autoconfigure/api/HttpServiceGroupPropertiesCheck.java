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

package io.github.ultracartsso.autoconfigure.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.ultracartsso.autoconfigure.api.UnsuitableHttpServiceGroupException.Mistake;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.autoconfigure.ApiversionProperties;
import org.springframework.boot.http.client.autoconfigure.HttpClientProperties;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.util.StringUtils;

/**
 * Checks the properties {@code spring.http.serviceclient.*} of UltraCart's groups. Those
 * that would have no effect fail the start, because their calls share the connections of
 * single sign-on.
 */
final class HttpServiceGroupPropertiesCheck {

	private static final String PREFIX = "spring.http.serviceclient.";

	private static final String HTTP_PREFIX = "ultracart.sso.http.";

	private final @Nullable HttpServiceClientProperties properties;

	private final List<String> baseUrls;

	/**
	 * Creates the check.
	 * @param properties the properties of all groups
	 * @param baseUrls the URLs that may be given: that of UltraCart, also where the
	 * simulator takes its place
	 */
	HttpServiceGroupPropertiesCheck(@Nullable HttpServiceClientProperties properties, List<String> baseUrls) {
		this.properties = properties;
		this.baseUrls = baseUrls.stream().map(HttpServiceGroupPropertiesCheck::withoutSlash).toList();
	}

	/**
	 * Checks the properties of groups.
	 * @throws UnsuitableHttpServiceGroupException if some of them have no effect. It
	 * names them all
	 */
	void check(Collection<String> groups) {
		List<Mistake> mistakes = groups.stream().flatMap(this::mistakes).toList();
		if (!mistakes.isEmpty()) {
			throw new UnsuitableHttpServiceGroupException(mistakes);
		}
	}

	/**
	 * Returns whether a group has a URL, so that its calls are meant to go there.
	 */
	boolean hasBaseUrl(String group) {
		HttpClientProperties client = properties(group);
		return client != null && StringUtils.hasText(client.getBaseUrl());
	}

	private @Nullable HttpClientProperties properties(String group) {
		return (this.properties != null) ? this.properties.get(group) : null;
	}

	private Stream<Mistake> mistakes(String group) {
		HttpClientProperties client = properties(group);
		if (client == null) {
			return Stream.empty();
		}
		String prefix = PREFIX + group + ".";
		ApiversionProperties.Insert insert = client.getApiversion().getInsert();
		return Stream
			.of(baseUrl(prefix, client.getBaseUrl()), replaced(prefix, "connect-timeout", client.getConnectTimeout()),
					replaced(prefix, "read-timeout", client.getReadTimeout()),
					replaced(prefix, "ssl.bundle", client.getSsl().getBundle()),
					never(prefix, "redirects", client.getRedirects(), "redirects are never followed"),
					never(prefix, "cookie-handling", client.getCookieHandling(), "cookies are never kept"),
					inserted(prefix, "header", insert.getHeader()),
					inserted(prefix, "query-parameter", insert.getQueryParameter()),
					inserted(prefix, "path-segment", insert.getPathSegment()),
					inserted(prefix, "media-type-parameter", insert.getMediaTypeParameter()))
			.flatMap(Optional::stream);
	}

	private Optional<Mistake> baseUrl(String prefix, @Nullable String baseUrl) {
		if (!StringUtils.hasText(baseUrl) || this.baseUrls.contains(withoutSlash(baseUrl))) {
			return Optional.empty();
		}
		return Optional.of(new Mistake(
				"%sbase-url is %s, but the calls of this group go to ultracart.sso.base-url only, and the key to no other host"
					.formatted(prefix, baseUrl),
				"Remove %sbase-url. For another server, give the group another name.".formatted(prefix)));
	}

	private static Optional<Mistake> replaced(String prefix, String name, @Nullable Object value) {
		return Optional.ofNullable(value)
			.map((set) -> new Mistake("%s%s is set, but the calls of this group share the connections of single sign-on"
				.formatted(prefix, name), "Set %s%s instead.".formatted(HTTP_PREFIX, name)));
	}

	private static Optional<Mistake> inserted(String prefix, String name, @Nullable Object value) {
		return never(prefix, "apiversion.insert." + name, value,
				"UltraCart reads the version in the header X-UltraCart-Api-Version, where it is always sent");
	}

	private static Optional<Mistake> never(String prefix, String name, @Nullable Object value, String reason) {
		return Optional.ofNullable(value)
			.map((set) -> new Mistake("%s%s is set, but %s".formatted(prefix, name, reason),
					"Remove %s%s.".formatted(prefix, name)));
	}

	private static String withoutSlash(String url) {
		return StringUtils.trimTrailingCharacter(url.strip(), '/');
	}

}
