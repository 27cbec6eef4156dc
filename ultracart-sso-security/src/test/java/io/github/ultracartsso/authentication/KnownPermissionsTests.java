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

import java.util.List;

import io.github.ultracartsso.authentication.KnownPermissions.KnownPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KnownPermissions}.
 */
class KnownPermissionsTests {

	private final KnownPermissions known = KnownPermissions.load();

	@Test
	void loadThenEachHasNameAndSectionAndSaysWhetherItIsConfirmed() {
		assertThat(this.known.all()).hasSizeGreaterThan(20)
			.contains(new KnownPermission("Items", "Edit Items", true),
					new KnownPermission("Operations", "Affiliate Management", false))
			.allSatisfy((permission) -> {
				assertThat(permission.name()).isNotBlank().isEqualTo(permission.name().strip());
				assertThat(permission.section()).isNotBlank();
			});
		assertThat(this.known.all()).extracting(KnownPermission::name).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "Edit Itmes, Edit Items", "Edit Item, Edit Items", "edit items, Edit Items", "EDIT_ITEMS, Edit Items",
			"Viewitems, View Items", "SMS Web Chat User, SMS/Web Chat User",
			"Acess Shipping Departmnt, Access Shipping Department",
			"Level 1 - Standard Acess (No PII) (Owner Managed), Level 1 - Standard Access (No PII) (Owner Managed)" })
	void nearestWhenMisspeltThenTheOneMeant(String name, String meant) {
		assertThat(this.known.contains(name)).isFalse();
		assertThat(this.known.nearest(name)).isEqualTo(meant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "View Orders", "Warehouse", "X", "", "ADMIN", "Ship", "Manage Coupons" })
	void nearestWhenNothingSimilarThenNone(String name) {
		assertThat(this.known.nearest(name)).isNull();
	}

	@Test
	void nearestWhenLongThenNoneAtOnce() {
		assertThat(this.known.nearest("Edit Items".repeat(10_000))).isNull();
	}

	@Test
	void distanceThenChangesOfLetters() {
		assertThat(SimilarNames.distance("", "abc")).isEqualTo(3);
		assertThat(SimilarNames.distance("abc", "abd")).isOne();
		assertThat(new SimilarNames(List.of()).nearest("Edit Items")).isNull();
	}

}
