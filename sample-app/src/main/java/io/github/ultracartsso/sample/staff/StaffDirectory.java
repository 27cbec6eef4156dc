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

package io.github.ultracartsso.sample.staff;

import java.util.List;

import org.springframework.stereotype.Component;

/**
 * The staff, in memory.
 */
@Component
final class StaffDirectory {

	private static final List<StaffMember> STAFF = List.of(
			new StaffMember("alice", "Alice Archer", "alice@shop.example", List.of("Management")),
			new StaffMember("bob", "Bob Baxter", "bob@shop.example", List.of("Catalog")),
			new StaffMember("carol", "Carol Chen", "carol@shop.example", List.of("Warehouse")),
			new StaffMember("dmitri", "Dmitri Volkov", "dmitri@shop.example", List.of("Warehouse", "Returns")),
			new StaffMember("eve", "Eve Fontaine", "eve@shop.example", List.of()));

	List<StaffMember> findAll() {
		return STAFF;
	}

}
