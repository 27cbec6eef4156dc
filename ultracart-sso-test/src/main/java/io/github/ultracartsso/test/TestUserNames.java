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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.ultracartsso.authentication.KnownPermissions;
import io.github.ultracartsso.client.LogText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns once of each permission of a test user whose name looks like a misspelt one. The
 * list of documented permissions is not complete, so other names are accepted.
 */
final class TestUserNames {

	private static final Log logger = LogFactory.getLog(TestUserNames.class);

	private static final int MAX_LENGTH = 100;

	private final KnownPermissions known = KnownPermissions.load();

	private final Set<String> checked = ConcurrentHashMap.newKeySet();

	void check(Set<String> permissions) {
		for (String name : permissions) {
			if (this.checked.add(name) && !this.known.contains(name)) {
				String nearest = this.known.nearest(name);
				if (nearest != null) {
					logger.warn("A test user has the permission '" + LogText.clean(name, MAX_LENGTH)
							+ "', which UltraCart does not document. Did you mean '" + nearest
							+ "'? A test with a misspelt name says nothing about UltraCart's users.");
				}
			}
		}
	}

}
