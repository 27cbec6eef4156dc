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

package io.github.ultracartsso.test;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request as the simulator's own code sees it, free of the HTTP server's types.
 *
 * @param method the HTTP method in upper case
 * @param path the path without a query
 * @param query the query as it was sent, empty where there is none
 * @param headers the values of each header, by lower-case name
 * @param parameters the first value of each query and form parameter of the login page
 * @param body the body, empty where there is none
 * @param remoteAddress the address the request came from
 */
record SimulatorRequest(String method, String path, String query, Map<String, List<String>> headers,
		Map<String, String> parameters, String body, String remoteAddress) {

	/**
	 * Returns the value of a header that was sent once with something in it.
	 */
	@Nullable String header(String name) {
		List<String> values = this.headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
		return (values.size() == 1 && !values.get(0).isBlank()) ? values.get(0).trim() : null;
	}

	boolean hasHeader(String name) {
		return this.headers.containsKey(name.toLowerCase(Locale.ROOT));
	}

	@Nullable String parameter(String name) {
		return this.parameters.get(name);
	}

}
