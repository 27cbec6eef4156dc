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

package io.github.ultracartsso.authentication;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * Read-only {@link java.util.Set} view of an array without duplicates. A user has a few
 * dozen names, which a hash table would surround with several times their own size in
 * every session.
 */
final class ArraySet extends AbstractSet<String> {

	private final String[] elements;

	ArraySet(String[] elements) {
		this.elements = elements;
	}

	@Override
	public Iterator<String> iterator() {
		return Arrays.asList(this.elements).iterator();
	}

	@Override
	public boolean contains(@Nullable Object object) {
		for (String element : this.elements) {
			if (element.equals(object)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public int size() {
		return this.elements.length;
	}

}
