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

package io.github.ultracartsso.client.http;

import java.net.URI;
import java.util.Locale;

import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.client.SecureTransport;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The scheme, host and port of a URL.
 */
record Origin(String scheme, String host, int port) {

	static Origin of(URI url) {
		String scheme = url.getScheme().toLowerCase(Locale.ROOT);
		int defaultPort = scheme.equals("https") ? 443 : 80;
		String host = SecureTransport.host(url);
		Assert.notNull(host, "url has no host");
		int port = SecureTransport.port(url);
		return new Origin(scheme, host.toLowerCase(Locale.ROOT), (port != -1) ? port : defaultPort);
	}

	/**
	 * Returns the base URL without a trailing slash.
	 * @throws IllegalArgumentException if it is neither https nor on a loopback host or
	 * one of the given hosts
	 */
	static URI requireSecure(URI baseUrl, PlainHttpHosts plainHttpHosts) {
		Assert.notNull(baseUrl, "baseUrl cannot be null");
		Assert.isTrue(plainHttpHosts.isSecure(baseUrl),
				() -> "baseUrl must be an absolute https URL (http is accepted for a loopback host only): " + baseUrl);
		return URI.create(StringUtils.trimTrailingCharacter(baseUrl.toString(), '/'));
	}

}
