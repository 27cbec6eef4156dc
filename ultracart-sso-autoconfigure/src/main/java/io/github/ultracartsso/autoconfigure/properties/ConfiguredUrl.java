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

import java.net.URI;
import java.util.regex.Pattern;

import io.github.ultracartsso.client.PlainHttpHosts;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * A URL from a configuration property, which may be malformed.
 *
 * @param text the text
 * @param uri the URL, or {@code null} if the text is malformed
 */
record ConfiguredUrl(String text, @Nullable URI uri) {

	static final String PLAIN_HTTP_REMEDY = " For plain http in development, as in containers, list the host in"
			+ " ultracart.sso.development.plain-http-hosts.";

	private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");

	static ConfiguredUrl of(String text) {
		try {
			return new ConfiguredUrl(text, URI.create(text));
		}
		catch (IllegalArgumentException ex) {
			return new ConfiguredUrl(text, null);
		}
	}

	/**
	 * Returns whether this is an absolute URL without a fragment: https, or http on a
	 * loopback host or one of the given hosts.
	 */
	boolean isSecure(PlainHttpHosts plainHttpHosts) {
		return this.uri != null && plainHttpHosts.isSecure(this.uri) && this.uri.getRawFragment() == null;
	}

	boolean hasQuery() {
		return this.uri != null && this.uri.getRawQuery() != null;
	}

	/**
	 * Returns whether there is a path below the root.
	 */
	boolean hasPath() {
		return this.uri != null && StringUtils.hasText(this.uri.getRawPath()) && !this.uri.getRawPath().equals("/");
	}

	/**
	 * Returns the text for a message. The user information is masked, because it may hold
	 * a password.
	 */
	String masked() {
		return USER_INFO.matcher(this.text).replaceFirst("//******@");
	}

}
