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

import io.github.ultracartsso.client.SecureTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Tells which login URLs a browser may be sent to. UltraCart does not document their
 * host, so a wrong or forged answer is caught here: they must be https, on a known host
 * or below one.
 *
 * @since 0.1
 */
public final class LoginUrls {

	/**
	 * The hosts that are known by default.
	 */
	public static final List<String> DEFAULT_ALLOWED_HOSTS = List.of("ultracart.com");

	private final List<String> allowedHosts;

	private final @Nullable String loopbackHost;

	/**
	 * Creates an instance.
	 * @param allowedHosts the hosts that are known, with all hosts below them
	 * @param baseUrl where the API is; if that is a loopback host, login URLs on the same
	 * host may be plain http
	 */
	public LoginUrls(Collection<String> allowedHosts, URI baseUrl) {
		Assert.notEmpty(allowedHosts, "allowedHosts cannot be empty");
		this.allowedHosts = allowedHosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
		this.loopbackHost = SecureTransport.isLoopback(baseUrl.getHost()) ? baseUrl.getHost() : null;
	}

	/**
	 * Returns whether a browser may be sent to the URL.
	 * @param loginUrl the {@code login_url} UltraCart answered
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
		if (!SecureTransport.isSecure(url)) {
			return false;
		}
		String host = url.getHost().toLowerCase(Locale.ROOT);
		if (host.equalsIgnoreCase(this.loopbackHost)) {
			return true;
		}
		return "https".equalsIgnoreCase(url.getScheme()) && this.allowedHosts.stream()
			.anyMatch((allowed) -> host.equals(allowed) || host.endsWith("." + allowed));
	}

}
