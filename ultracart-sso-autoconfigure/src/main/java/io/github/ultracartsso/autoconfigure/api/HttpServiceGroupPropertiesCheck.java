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

import java.util.List;

import org.jspecify.annotations.Nullable;

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
	 * Checks the properties of a group.
	 * @throws UnsuitableHttpServiceGroupException if one of them has no effect
	 */
	void check(String group) {
		HttpClientProperties client = (this.properties != null) ? this.properties.get(group) : null;
		if (client == null) {
			return;
		}
		String prefix = PREFIX + group + ".";
		checkBaseUrl(prefix, client.getBaseUrl());
		requireUnset(prefix, "connect-timeout", client.getConnectTimeout());
		requireUnset(prefix, "read-timeout", client.getReadTimeout());
		requireUnset(prefix, "ssl.bundle", client.getSsl().getBundle());
		requireNever(prefix, "redirects", client.getRedirects(), "redirects are never followed");
		requireNever(prefix, "cookie-handling", client.getCookieHandling(), "cookies are never kept");
	}

	private void checkBaseUrl(String prefix, @Nullable String baseUrl) {
		if (StringUtils.hasText(baseUrl) && !this.baseUrls.contains(withoutSlash(baseUrl))) {
			throw new UnsuitableHttpServiceGroupException(
					"%sbase-url is %s, but the calls of this group go to ultracart.sso.base-url only, and the key to no other host"
						.formatted(prefix, baseUrl),
					"Remove %sbase-url. For another server, give the group another name.".formatted(prefix));
		}
	}

	private static void requireUnset(String prefix, String name, @Nullable Object value) {
		if (value != null) {
			throw new UnsuitableHttpServiceGroupException(
					"%s%s is set, but the calls of this group share the connections of single sign-on".formatted(prefix,
							name),
					"Set %s%s instead.".formatted(HTTP_PREFIX, name));
		}
	}

	private static void requireNever(String prefix, String name, @Nullable Object value, String reason) {
		if (value != null) {
			throw new UnsuitableHttpServiceGroupException("%s%s is set, but %s".formatted(prefix, name, reason),
					"Remove %s%s.".formatted(prefix, name));
		}
	}

	private static String withoutSlash(String url) {
		return StringUtils.trimTrailingCharacter(url.strip(), '/');
	}

}
