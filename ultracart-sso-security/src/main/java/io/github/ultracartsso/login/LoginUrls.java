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
import java.util.List;
import java.util.Locale;

import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.client.SecureTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Checks the {@code login_url} in UltraCart's response before a browser is redirected to
 * it, so that a wrong or forged response cannot cause an open redirect. The URL must be
 * https, on an allowed host or on a subdomain of one. UltraCart does not document the
 * host.
 *
 * @since 0.1
 */
public final class LoginUrls {

	/**
	 * The hosts that are allowed by default.
	 */
	public static final List<String> DEFAULT_ALLOWED_HOSTS = List.of("ultracart.com");

	private final List<String> allowedHosts;

	private final @Nullable String loopbackHost;

	private final PlainHttpHosts plainHttpHosts;

	/**
	 * Creates an instance.
	 * @param allowedHosts the allowed hosts. Their subdomains are allowed too
	 * @param baseUrl the base URL of the API. If it is on a loopback host, login URLs on
	 * the same host are allowed too, and may be plain http
	 */
	public LoginUrls(Collection<String> allowedHosts, URI baseUrl) {
		this(allowedHosts, baseUrl, PlainHttpHosts.NONE);
	}

	/**
	 * Creates an instance for development.
	 * @param allowedHosts the allowed hosts. Their subdomains are allowed too
	 * @param baseUrl the base URL of the API
	 * @param plainHttpHosts hosts whose login URLs are allowed too, and may be plain http
	 */
	public LoginUrls(Collection<String> allowedHosts, URI baseUrl, PlainHttpHosts plainHttpHosts) {
		Assert.notEmpty(allowedHosts, "allowedHosts cannot be empty");
		Assert.notNull(plainHttpHosts, "plainHttpHosts cannot be null");
		this.plainHttpHosts = plainHttpHosts;
		this.allowedHosts = allowedHosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
		String host = SecureTransport.host(baseUrl);
		this.loopbackHost = SecureTransport.isLoopback(host) ? host : null;
	}

	/**
	 * Returns whether a browser may be redirected to the URL.
	 * @param loginUrl the {@code login_url} in UltraCart's response
	 * @return {@code true} if it may
	 */
	boolean isAllowed(String loginUrl) {
		URI url;
		try {
			url = URI.create(loginUrl);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
		String urlHost = SecureTransport.host(url);
		if (urlHost == null || !this.plainHttpHosts.isSecure(url)) {
			return false;
		}
		String host = urlHost.toLowerCase(Locale.ROOT);
		if (host.equalsIgnoreCase(this.loopbackHost) || this.plainHttpHosts.contains(host)) {
			return true;
		}
		return "https".equalsIgnoreCase(url.getScheme()) && this.allowedHosts.stream()
			.anyMatch((allowed) -> host.equals(allowed) || host.endsWith("." + allowed));
	}

}
