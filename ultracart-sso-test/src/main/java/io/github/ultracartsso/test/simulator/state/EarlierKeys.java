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

package io.github.ultracartsso.test.simulator.state;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The latest keys that a reset has made invalid. A call with one of them is made by what
 * ran before the reset, such as a test that has ended. The merchants of one simulator
 * share them. Not part of the API.
 */
public final class EarlierKeys {

	private static final int MEMORY = 10_000;

	private final Set<String> keys = new LinkedHashSet<>();

	synchronized void add(Collection<String> invalid) {
		this.keys.addAll(invalid);
		Iterator<String> oldest = this.keys.iterator();
		while (this.keys.size() > MEMORY) {
			oldest.next();
			oldest.remove();
		}
	}

	/**
	 * Forgets a key that is valid again.
	 */
	synchronized void remove(String key) {
		this.keys.remove(key);
	}

	synchronized boolean contains(@Nullable String key) {
		return key != null && this.keys.contains(key);
	}

}
