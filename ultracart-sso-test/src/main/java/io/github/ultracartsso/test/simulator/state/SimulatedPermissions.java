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

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.ultracartsso.authentication.KnownPermissions;
import io.github.ultracartsso.client.LogText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The permissions of simulated users or of users of tests, each with its section on
 * UltraCart's user screen, together with those that UltraCart documents. It warns once of
 * each name that looks like a misspelt one. The list of documented permissions is not
 * complete, so other names are accepted.
 */
public final class SimulatedPermissions {

	private static final Log logger = LogFactory.getLog(SimulatedPermissions.class);

	private static final String SECTION_OF_OTHERS = "Advanced";

	private static final int MAX_LENGTH = 100;

	private final KnownPermissions known = KnownPermissions.load();

	private final Map<String, String> sections = new LinkedHashMap<>();

	private final Set<String> checked = new HashSet<>();

	private final String user;

	/**
	 * Creates the permissions that UltraCart documents.
	 * @param user whose permissions are included, for a warning
	 */
	public SimulatedPermissions(String user) {
		this.user = user;
		clear();
	}

	/**
	 * Removes the permissions that the catalogue does not contain.
	 */
	synchronized void clear() {
		this.sections.clear();
		this.known.all().forEach((permission) -> this.sections.put(permission.name(), permission.section()));
	}

	/**
	 * Adds the permissions that are not there yet.
	 * @param names the permissions of a user
	 */
	public synchronized void include(Set<String> names) {
		for (String name : names) {
			if (this.sections.putIfAbsent(name, SECTION_OF_OTHERS) == null && !this.known.contains(name)
					&& this.checked.add(name)) {
				String nearest = this.known.nearest(name);
				if (nearest != null) {
					logger.warn(this.user + " has the permission '" + LogText.clean(name, MAX_LENGTH)
							+ "', which UltraCart does not document. Did you mean '" + nearest
							+ "'? A test with a misspelt name says nothing about UltraCart's users.");
				}
			}
		}
	}

	/**
	 * Returns the section of each permission by the permission's name.
	 */
	Map<String, String> sections() {
		return this.sections;
	}

}
