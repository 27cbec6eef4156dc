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

package io.github.ultracartsso.sample.cluster;

import java.net.URI;

/**
 * A running instance of the back office.
 */
interface Node extends AutoCloseable {

	int port();

	/**
	 * Returns the URL of a path at this node.
	 */
	default String url(String path) {
		return "http://localhost:" + port() + path;
	}

	/**
	 * Returns the URL at this node of a resource at any node.
	 */
	default String url(URI url) {
		return url(url.getRawPath() + ((url.getRawQuery() != null) ? "?" + url.getRawQuery() : ""));
	}

	@Override
	void close();

}
