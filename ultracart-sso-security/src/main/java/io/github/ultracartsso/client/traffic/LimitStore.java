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

package io.github.ultracartsso.client.traffic;

import org.jspecify.annotations.Nullable;

/**
 * Keeps small texts that several instances of an application change together, each text
 * under a name. A failure of any kind is thrown as a {@link RuntimeException}; the
 * instance then goes on by itself.
 *
 * @since 0.1
 */
public interface LimitStore {

	/**
	 * Reads a text.
	 * @param name the name
	 * @return the text, or {@code null} if there is none
	 */
	@Nullable String read(String name);

	/**
	 * Replaces a text if it has not changed since it was read. This is atomic across
	 * instances.
	 * @param name the name
	 * @param expected the text as read, or {@code null} if there was none
	 * @param text the new text
	 * @return {@code false} if the text is another one by now
	 */
	boolean replace(String name, @Nullable String expected, String text);

}
