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
import java.net.URISyntaxException;

/**
 * Checks that a URL is relative to the host of the application, even for a browser that
 * is lenient about URLs, so that a redirect to it cannot leave the application.
 */
final class LocalUrl {

	private static final int MAX_LENGTH = 2048;

	private LocalUrl() {
	}

	static boolean isLocal(String url) {
		if (url.length() > MAX_LENGTH || !url.startsWith("/") || url.startsWith("//")
				|| url.chars().anyMatch((ch) -> ch == '\\' || ch <= 0x20 || ch >= 0x7f)) {
			return false;
		}
		try {
			URI parsed = new URI(url);
			return !parsed.isAbsolute() && parsed.getRawAuthority() == null;
		}
		catch (URISyntaxException ex) {
			// browsers send characters in queries that java.net.URI rejects; a query does
			// not change the host
			return ex.getIndex() > url.indexOf('?') && url.indexOf('?') >= 0;
		}
	}

}
