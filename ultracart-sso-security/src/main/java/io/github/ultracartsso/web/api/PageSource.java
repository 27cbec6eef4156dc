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

package io.github.ultracartsso.web.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads single pages of a list.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
interface PageSource<T> {

	/**
	 * Reads a page.
	 * @param limit how many items to ask for
	 * @param offset the index of the first item to ask for
	 */
	Page<T> read(int limit, int offset);

	/**
	 * A page that was read.
	 *
	 * @param items its items
	 * @param resultSet which part of the list it is, as far as UltraCart says so
	 */
	record Page<T>(List<T> items, UltraCartPages.@Nullable ResultSet resultSet) {

	}

}
