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

package io.github.ultracartsso.test.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Parses URL-encoded parameters: the query of a URL or the body of a form. Not part of
 * the API.
 */
public final class UrlEncoded {

	private UrlEncoded() {
	}

	/**
	 * Returns the parameters. A value that cannot be decoded counts as empty, and a
	 * parameter without a name is ignored.
	 */
	public static MultiValueMap<String, String> parse(String text) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		for (String parameter : text.split("&", -1)) {
			String[] parts = parameter.split("=", 2);
			String name = decoded(parts[0]);
			if (!name.isEmpty()) {
				parameters.add(name, (parts.length == 2) ? decoded(parts[1]) : "");
			}
		}
		return parameters;
	}

	private static String decoded(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
