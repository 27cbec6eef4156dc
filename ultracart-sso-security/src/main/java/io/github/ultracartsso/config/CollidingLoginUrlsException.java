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

package io.github.ultracartsso.config;

import java.io.Serial;
import java.util.List;

/**
 * Thrown at start when two URLs of a filter chain that take part in a login are the same,
 * so that one of them could not be reached.
 *
 * @since 0.1
 */
public final class CollidingLoginUrlsException extends IllegalStateException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param collisions tells for each path which URLs have it
	 */
	public CollidingLoginUrlsException(List<String> collisions) {
		super("The URLs of a login must differ, but " + String.join("; ", collisions));
	}

}
