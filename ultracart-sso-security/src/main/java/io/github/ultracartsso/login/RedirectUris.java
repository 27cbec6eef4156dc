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

package io.github.ultracartsso.login;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.ultracartsso.client.SecureTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Expands the redirect URI of a login from a template, like the OAuth 2.0 login of Spring
 * Security: {@code {baseUrl}}, {@code {baseScheme}}, {@code {baseHost}},
 * {@code {basePort}} and {@code {basePath}} are replaced by the base URL of the request.
 * An absolute URL is used unchanged, whatever the host of the request is.
 *
 * @since 0.1
 */
public final class RedirectUris {

	/**
	 * The default template.
	 */
	public static final String DEFAULT_TEMPLATE = "{baseUrl}/login/ultracart";

	private static final String DEFAULT_PATH = "/login/ultracart";

	private static final String BASE_URL = "{baseUrl}";

	private static final String BASE_PATH = "{basePath}";

	private final String template;

	/**
	 * Creates an instance.
	 * @param template the template or absolute URL
	 */
	public RedirectUris(String template) {
		Assert.hasText(template, "template cannot be empty");
		this.template = template;
	}

	/**
	 * Returns the paths of the callback. If the template is an absolute URL that ends
	 * with the default path, that path is one of them, because a proxy may remove the
	 * prefix.
	 * @param contextPath the context path of the application
	 * @return the paths relative to the context path, empty if the template is an
	 * absolute URL outside of the context path
	 */
	public List<String> paths(String contextPath) {
		String url = this.template.replaceFirst("[?#].*", "");
		if (url.startsWith(BASE_URL)) {
			return paths(Stream.of(url.substring(BASE_URL.length())));
		}
		if (url.contains(BASE_PATH)) {
			return paths(Stream.of(url.substring(url.indexOf(BASE_PATH) + BASE_PATH.length())));
		}
		String path = url.contains("{") ? null : URI.create(url).getRawPath();
		if (path == null) {
			return List.of();
		}
		return paths(Stream.of(path.startsWith(contextPath + "/") ? path.substring(contextPath.length()) : "",
				path.endsWith(DEFAULT_PATH) ? DEFAULT_PATH : ""));
	}

	private static List<String> paths(Stream<String> candidates) {
		return candidates.filter((path) -> path.startsWith("/") && path.length() > 1).distinct().toList();
	}

	/**
	 * Returns the redirect URI for a login.
	 * @param baseUrl the base URL of the request that starts the login, with the context
	 * path
	 * @return the redirect URI, or {@code null} if a code sent there could be
	 * intercepted, or the base URL is invalid
	 */
	@Nullable String expand(String baseUrl) {
		try {
			String redirectUri = this.template.contains("{")
					? UriComponentsBuilder.fromUriString(this.template).buildAndExpand(variables(baseUrl)).toUriString()
					: this.template;
			return SecureTransport.isSecure(URI.create(redirectUri)) ? redirectUri : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static Map<String, String> variables(String baseUrl) {
		UriComponents base = UriComponentsBuilder.fromUriString(baseUrl).build();
		Map<String, String> variables = new HashMap<>();
		variables.put("baseUrl", base.toUriString());
		variables.put("baseScheme", base.getScheme());
		variables.put("baseHost", base.getHost());
		variables.put("basePort", (base.getPort() != -1) ? ":" + base.getPort() : "");
		variables.put("basePath", StringUtils.hasText(base.getPath()) ? base.getPath() : "");
		return variables;
	}

}
