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

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request to the simulator, free of the HTTP server's types. Not part of the API.
 *
 * @param method the HTTP method in upper case
 * @param url the path and, where there is one, the query, both as they were sent
 * @param headers the values of each header, by lower-case name
 * @param body the body, empty where there is none
 * @param remoteAddress the address the request came from
 */
public record SimulatorRequest(String method, String url, Map<String, List<String>> headers, String body,
		String remoteAddress) {

	public String path() {
		return this.url.split("\\?", 2)[0];
	}

	/**
	 * Returns the query without its question mark, empty where there is none.
	 */
	public String query() {
		int start = this.url.indexOf('?');
		return (start >= 0) ? this.url.substring(start + 1) : "";
	}

	/**
	 * Returns the value of a header, {@code null} unless it was sent exactly once and is
	 * not blank.
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
		return (values.size() == 1 && !values.get(0).isBlank()) ? values.get(0).trim() : null;
	}

	public boolean hasHeader(String name) {
		return this.headers.containsKey(name.toLowerCase(Locale.ROOT));
	}

}
