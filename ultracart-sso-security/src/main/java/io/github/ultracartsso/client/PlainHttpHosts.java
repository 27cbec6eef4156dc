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

package io.github.ultracartsso.client;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Hosts that are trusted with keys, codes and states over plain http, as in development
 * where the browser runs in a container. What is sent to them crosses a network without
 * encryption. Loopback hosts need not be named, see {@link SecureTransport}.
 *
 * @since 0.1
 */
public final class PlainHttpHosts {

	/**
	 * No host besides loopback hosts.
	 */
	public static final PlainHttpHosts NONE = new PlainHttpHosts(Set.of());

	private final Set<String> names;

	/**
	 * Creates an instance.
	 * @param names host names or IPv4 addresses, without scheme and port
	 */
	public PlainHttpHosts(Collection<String> names) {
		Assert.notNull(names, "names cannot be null");
		this.names = names.stream()
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns the names of the hosts.
	 * @return the names in lower case
	 */
	public Set<String> names() {
		return this.names;
	}

	/**
	 * Returns whether the host is one of these.
	 * @param host the host, or {@code null}
	 * @return {@code true} if it is named; no name is looked up
	 */
	public boolean contains(@Nullable String host) {
		return host != null && this.names.contains(host.toLowerCase(Locale.ROOT));
	}

	/**
	 * Returns whether the URL may carry a secret.
	 * @param url the URL
	 * @return {@code true} if it is {@linkplain SecureTransport#isSecure(URI) secure}, or
	 * an absolute http URL on one of these hosts without user information
	 */
	public boolean isSecure(URI url) {
		return SecureTransport.isSecure(url) || ("http".equalsIgnoreCase(url.getScheme())
				&& contains(SecureTransport.host(url)) && url.getRawUserInfo() == null);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PlainHttpHosts hosts && this.names.equals(hosts.names);
	}

	@Override
	public int hashCode() {
		return this.names.hashCode();
	}

	@Override
	public String toString() {
		return this.names.toString();
	}

}
