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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The permissions of the simulated account, each with its section on UltraCart's user
 * screen. Names and sections are those of UltraCart's documentation.
 *
 * @see <a href=
 * "https://ultracart.atlassian.net/wiki/spaces/ucdoc/pages/1376982">UltraCart's user
 * screen</a>
 */
final class PermissionCatalogue {

	private static final String SECTION_OF_OTHERS = "Advanced";

	private final Map<String, String> sections = new LinkedHashMap<>();

	PermissionCatalogue() {
		section("Admin", "Edit Users");
		section("Conversations", "Phone System", "SMS/Web Chat Administrator", "SMS/Web Chat User");
		section("Data Warehouse", "Level 1 - Standard Access (No PII) (Owner Managed)",
				"Level 4 - High sensitive data (Owner Managed)");
		section("Items", "Destructive Import Options", "Edit Items", "Edit Reviews", "View Items");
		section("Operations", "Access Accounts Receivable", "Access Reports", "Access Reports without PII",
				"Access Shipping Department", "API Access", "Back End Order Entry",
				"Back End Order Entry (Customer Profiles)", "Delete Order");
	}

	private void section(String section, String... names) {
		for (String name : names) {
			this.sections.put(name, section);
		}
	}

	/**
	 * Adds the permissions that the catalogue does not contain.
	 */
	void include(Set<String> names) {
		names.forEach((name) -> this.sections.putIfAbsent(name, SECTION_OF_OTHERS));
	}

	/**
	 * Returns the section of each permission by the permission's name.
	 */
	Map<String, String> sections() {
		return this.sections;
	}

}
