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
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Checks whether a URL may carry a key, a code or a state: over https, or to a loopback
 * host, whose traffic does not cross a network. Not part of the API.
 *
 * @since 0.1
 */
public final class SecureTransport {

	private static final Pattern LOOPBACK = Pattern
		.compile("127(\\.\\d{1,3}){3}|\\[(::1|0*:0*:0*:0*:0*:0*:0*:0*1)]|(.+\\.)?localhost", Pattern.CASE_INSENSITIVE);

	private SecureTransport() {
	}

	/**
	 * Returns whether the URL may carry a secret.
	 * @param url the URL
	 * @return {@code true} for an absolute https URL with a host and no user information,
	 * and for such an http URL on a loopback host
	 */
	public static boolean isSecure(URI url) {
		String host = host(url);
		if (url.getScheme() == null || host == null || url.getRawUserInfo() != null) {
			return false;
		}
		String scheme = url.getScheme().toLowerCase(Locale.ROOT);
		return scheme.equals("https") || (scheme.equals("http") && isLoopback(host));
	}

	/**
	 * Returns the host of a URL. Unlike {@link URI#getHost()} it returns names with
	 * underscores too, which container networks and some DNS zones have.
	 * @param url the URL
	 * @return the host, or {@code null} if there is none or the authority is malformed
	 */
	public static @Nullable String host(URI url) {
		URI parsed = withoutUnderscores(url);
		String host = parsed.getHost();
		if (host == null || url.getHost() != null) {
			return host;
		}
		return (parsed.getRawUserInfo() == null) ? url.getRawAuthority().substring(0, host.length()) : null;
	}

	/**
	 * Returns the port of a URL with any {@linkplain #host host}.
	 * @param url the URL
	 * @return the port, or -1 if there is none
	 */
	public static int port(URI url) {
		return withoutUnderscores(url).getPort();
	}

	/**
	 * Returns a URL of the same shape that {@link URI} can parse.
	 */
	private static URI withoutUnderscores(URI url) {
		String authority = url.getRawAuthority();
		return (url.getHost() == null && authority != null && authority.indexOf('_') >= 0)
				? URI.create("//" + authority.replace('_', 'x')) : url;
	}

	/**
	 * Returns whether the host is a loopback host by its name; no name is looked up.
	 * @param host the host as {@link #host} returns it, or {@code null}
	 * @return {@code true} for {@code localhost}, names below it, {@code 127.0.0.0/8} and
	 * {@code [::1]}
	 */
	public static boolean isLoopback(@Nullable String host) {
		return host != null && LOOPBACK.matcher(host).matches();
	}

}
