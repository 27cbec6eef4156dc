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

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * URL as browsers parse it. They are more lenient than {@link java.net.URI}: they treat a
 * backslash as a slash, and ignore line breaks, tabs and leading blanks.
 */
record BrowserUrl(String scheme, String host) {

	private static final String OWN = "https://app.example.com";

	private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);

	private static final Pattern AUTHORITY = Pattern.compile("/{2,}([^/?#]*).*", Pattern.DOTALL);

	/**
	 * Parses a {@code Location} header of {@code https://app.example.com}.
	 */
	static BrowserUrl read(String location) {
		assertThat(location).as("header").doesNotContain("\r", "\n", "\0");
		String url = location.replaceAll("[\t]", "").replaceAll("^[\\x00-\\x20]+", "").replace('\\', '/');
		Matcher absolute = ABSOLUTE.matcher(url);
		String scheme = absolute.matches() ? absolute.group(1).toLowerCase(Locale.ROOT) : "https";
		String rest = absolute.matches() ? absolute.group(2) : url;
		Matcher authority = AUTHORITY.matcher(rest);
		if (!authority.matches()) {
			// a scheme without slashes is read like one with slashes
			return absolute.matches() ? new BrowserUrl(scheme, rest) : read(OWN + "/");
		}
		String host = authority.group(1);
		return new BrowserUrl(scheme,
				host.substring(host.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT));
	}

	/**
	 * Returns whether the URL leads to the host of the application.
	 */
	boolean isOwn() {
		return (this.scheme + "://" + this.host).equals(OWN);
	}

}
