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

package io.github.ultracartsso.test.docs.roles;

import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CatalogController {

	@GetMapping("/catalog")
	@RequiresPermission("View Items")
	String list() {
		return "All of the catalog";
	}

	@PostMapping("/catalog")
	@RequiresPermission(allOf = { "View Items", "Edit Items" })
	String change() {
		return "Changed";
	}

	@GetMapping("/stock")
	@RequiresGroup("Warehouse")
	String stock() {
		return "In stock";
	}

	@GetMapping("/parcels")
	@PreAuthorize("hasRole('SHIPPER')")
	String parcels() {
		return "All parcels";
	}

	@GetMapping("/report")
	@PreAuthorize("hasRole('MANAGER')")
	String report() {
		return "The report of the month";
	}

}
