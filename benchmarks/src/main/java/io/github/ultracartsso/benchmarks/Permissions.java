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

package io.github.ultracartsso.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.github.ultracartsso.client.Permission;

/**
 * Creates the permissions of a user as an UltraCart response lists them: 120, of which 40
 * are granted. Each call creates strings of its own, because each parsed response does.
 */
final class Permissions {

	static final int GRANTED = 40;

	private static final int GRANTED_OF = 3;

	private static final List<String> ACTIONS = List.of("View", "Edit", "Delete", "Export");

	private static final List<String> SUBJECTS = List.of("Items", "Customer Profiles", "Orders", "Coupons",
			"Affiliates", "Auto Orders", "Catalogs", "Chargebacks", "Commissions", "Conversations",
			"Distribution Centers", "Email Campaigns", "Fraud Rules", "Gift Certificates", "Inventory", "Item Reviews",
			"Mailing Lists", "Payment Methods", "Pricing Tiers", "Quotes", "Refunds", "Reports", "Screen Recordings",
			"Shipping Methods", "StoreFronts", "Tax Rates", "Transaction Emails", "Upsell Offers", "User Accounts",
			"Workflow Tasks");

	private Permissions() {
	}

	static List<Permission> create() {
		return IntStream.range(0, ACTIONS.size() * SUBJECTS.size())
			.mapToObj((i) -> permission(ACTIONS.get(i % ACTIONS.size()), SUBJECTS.get(i / ACTIONS.size()),
					i % GRANTED_OF == 0))
			.toList();
	}

	private static Permission permission(String action, String subject, boolean granted) {
		return new Permission(subject, action + " " + subject, granted);
	}

	/**
	 * Returns the authorities of the granted permissions, by the one-line mapping that an
	 * application writes for itself.
	 */
	static List<String> grantedAuthorities() {
		return create().stream()
			.filter(Permission::granted)
			.map((permission) -> "ROLE_"
					+ String.valueOf(permission.permissionName()).replace(' ', '_').toUpperCase(Locale.ROOT))
			.toList();
	}

}
