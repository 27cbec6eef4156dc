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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.ultracartsso.client.PlainHttpHosts;
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
 * <p>
 * UltraCart sends the code of a login to the redirect URI, and anybody can send a request
 * with any host. So a template is expanded for the hosts that are listed, and for a
 * loopback host where the request is {@linkplain BaseUrl#local() local}. For any other
 * host no login can begin.
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

	private static final String BASE_HOST = "{baseHost}";

	private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?";

	private static final Pattern HOST = Pattern.compile("(\\*\\." + LABEL + "\\.)?" + LABEL + "(\\." + LABEL + ")*");

	private final String template;

	private final List<String> hosts;

	private final PlainHttpHosts plainHttpHosts;

	/**
	 * Creates an instance that expands a template for local requests to a loopback host
	 * only.
	 * @param template the template or absolute URL
	 */
	public RedirectUris(String template) {
		this(template, List.of());
	}

	/**
	 * Creates an instance.
	 * @param template the template or absolute URL
	 * @param hosts the hosts that a template is expanded for: host names, or
	 * {@code *.example.com} for all subdomains of {@code example.com}
	 * @throws IllegalArgumentException if a host is not {@linkplain #isHost valid}
	 */
	public RedirectUris(String template, Collection<String> hosts) {
		this(template, hosts, PlainHttpHosts.NONE);
	}

	/**
	 * Creates an instance for development.
	 * @param template the template or absolute URL
	 * @param hosts the hosts that a template is expanded for
	 * @param plainHttpHosts more of these hosts. On them the redirect URI may be plain
	 * http
	 * @throws IllegalArgumentException if a host is not {@linkplain #isHost valid}
	 */
	public RedirectUris(String template, Collection<String> hosts, PlainHttpHosts plainHttpHosts) {
		Assert.hasText(template, "template cannot be empty");
		Assert.notNull(plainHttpHosts, "plainHttpHosts cannot be null");
		for (String host : hosts) {
			Assert.isTrue(isHost(host), () -> "'%s' is not a host name".formatted(host));
		}
		this.template = template;
		this.hosts = hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
		this.plainHttpHosts = plainHttpHosts;
	}

	/**
	 * Returns whether a text can be listed as a host.
	 * @param text the text
	 * @return {@code true} for a host name or an IPv4 address, without scheme, port and
	 * path, and for {@code *.} before a host name of at least two labels
	 */
	public static boolean isHost(String text) {
		return HOST.matcher(text).matches();
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
	 * @param baseUrl the base URL of the request that starts the login
	 * @return the redirect URI, or {@code null} if a code sent there could be
	 * intercepted, or the base URL is invalid
	 */
	@Nullable String expand(BaseUrl baseUrl) {
		URI redirectUri = redirectUri(baseUrl);
		return (redirectUri != null && isTrusted(redirectUri, baseUrl) && this.plainHttpHosts.isSecure(redirectUri))
				? redirectUri.toString() : null;
	}

	/**
	 * Returns whether a login can begin under the URL that a request was sent to.
	 * @param baseUrl the base URL of the request
	 * @return {@code true} if there is a redirect URI for it
	 */
	public boolean canExpand(BaseUrl baseUrl) {
		return expand(baseUrl) != null;
	}

	/**
	 * Returns whether the template may be expanded for the host of the request.
	 */
	boolean isTrusted(BaseUrl baseUrl) {
		URI redirectUri = redirectUri(baseUrl);
		return redirectUri != null && isTrusted(redirectUri, baseUrl);
	}

	/**
	 * The host is that of the expanded URL, so that no other part of the request can
	 * change it.
	 */
	private boolean isTrusted(URI redirectUri, BaseUrl baseUrl) {
		if (!this.template.contains(BASE_URL) && !this.template.contains(BASE_HOST)) {
			return true;
		}
		String host = SecureTransport.host(redirectUri);
		return host != null
				&& (isListed(host.toLowerCase(Locale.ROOT)) || (baseUrl.local() && SecureTransport.isLoopback(host)));
	}

	private boolean isListed(String host) {
		return this.plainHttpHosts.contains(host) || this.hosts.stream()
			.anyMatch((listed) -> listed.startsWith("*.")
					? host.endsWith(listed.substring(1)) && host.length() >= listed.length() : host.equals(listed));
	}

	/**
	 * Returns an absolute redirect URI that fits the request, to be suggested. It is
	 * https and of the host of the request, unless that is a loopback host or invalid.
	 */
	String example(BaseUrl baseUrl) {
		URI redirectUri = redirectUri(baseUrl);
		String host = (redirectUri != null) ? SecureTransport.host(redirectUri) : null;
		if (redirectUri == null || host == null || SecureTransport.isLoopback(host)) {
			return "https://backoffice.example.com" + DEFAULT_PATH;
		}
		return SecureTransport.isSecure(redirectUri) ? redirectUri.toString()
				: "https://" + host + redirectUri.getRawPath();
	}

	/**
	 * Returns the hosts that are trusted over plain http, for development.
	 * @return the hosts, usually none
	 */
	public PlainHttpHosts plainHttpHosts() {
		return this.plainHttpHosts;
	}

	/**
	 * Returns where browsers reach the application if TLS ends at a proxy that passes on
	 * the host of a request only, so that the request looks like plain http.
	 * @param baseUrl the base URL of the request
	 * @return scheme, host and port of the redirect URI if that is https and has the host
	 * of the request, which is http; otherwise {@code null}
	 */
	public @Nullable String originBehindTls(String baseUrl) {
		String redirectUri = baseUrl.startsWith("http:") ? expand(new BaseUrl(baseUrl, false)) : null;
		if (redirectUri == null || !redirectUri.startsWith("https:")) {
			return null;
		}
		UriComponents trusted = UriComponentsBuilder.fromUriString(redirectUri).build();
		String host = UriComponentsBuilder.fromUriString(baseUrl).build().getHost();
		return (host != null && host.equalsIgnoreCase(trusted.getHost())) ? UriComponentsBuilder.newInstance()
			.scheme(trusted.getScheme())
			.host(trusted.getHost())
			.port(trusted.getPort())
			.toUriString() : null;
	}

	private @Nullable URI redirectUri(BaseUrl baseUrl) {
		try {
			return URI.create(this.template.contains("{") ? UriComponentsBuilder.fromUriString(this.template)
				.buildAndExpand(variables(baseUrl.url()))
				.toUriString() : this.template);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static Map<String, String> variables(String baseUrl) {
		UriComponents base = UriComponentsBuilder.fromUriString(baseUrl).build();
		Assert.isTrue(base.getQuery() == null && base.getFragment() == null, "A base URL ends with a path");
		Map<String, String> variables = new HashMap<>();
		variables.put("baseUrl", base.toUriString());
		variables.put("baseScheme", base.getScheme());
		variables.put("baseHost", base.getHost());
		variables.put("basePort", (base.getPort() != -1) ? ":" + base.getPort() : "");
		variables.put("basePath", StringUtils.hasText(base.getPath()) ? base.getPath() : "");
		return variables;
	}

}
