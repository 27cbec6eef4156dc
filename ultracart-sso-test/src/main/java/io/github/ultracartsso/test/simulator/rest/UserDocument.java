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

package io.github.ultracartsso.test.simulator.rest;

import java.time.Instant;
import java.util.Locale;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.state.Account;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes UltraCart's {@code User} document. As in UltraCart's specification, it lists all
 * permissions and groups with a flag for those the user has, and the name of a permission
 * is spelt {@code permission_Name}. The personal extras are samples, which an application
 * must not depend on.
 */
final class UserDocument {

	private static final int IDS_OF_A_MERCHANT = 1_000_000;

	private final SimulatorState state;

	private final Account account;

	UserDocument(SimulatorState state) {
		this.state = state;
		this.account = state.account();
	}

	ObjectNode write(SimulatedUser user, String ipAddress, Instant signedInAt) {
		ObjectNode document = JsonNodeFactory.instance.objectNode();
		document.put("user_id", userId(user));
		document.put("login", user.login());
		document.put("email", user.email());
		document.put("full_name", user.fullName());
		document.put("phone", "555-0100");
		document.put("otp_serial_number", "GOOGLE-000000");
		document.putArray("api_ip_address_masks").add("198.51.100.*");
		writeGroups(document, user);
		writeExtras(document, user, ipAddress, signedInAt);
		writePermissions(document, user);
		return document;
	}

	private @Nullable Integer userId(SimulatedUser user) {
		Integer userId = user.userId();
		if (userId == null || !this.state.shows(SimulatedAlternative.USER_ID_PER_MERCHANT)) {
			return userId;
		}
		return userId + IDS_OF_A_MERCHANT * (1 + Math.floorMod(this.state.merchantId().hashCode(), 1_000));
	}

	private void writeGroups(ObjectNode document, SimulatedUser user) {
		var groups = document.putArray("groups");
		this.account.groups().forEach((name, number) -> {
			boolean member = user.groups().contains(name);
			if (isListed(member)) {
				groups.addObject().put("group_oid", number).put("member", member).put("name", name);
			}
		});
	}

	private void writePermissions(ObjectNode document, SimulatedUser user) {
		var permissions = document.putArray("permissions");
		String nameMember = this.state.shows(SimulatedAlternative.PERMISSION_NAME_IN_LOWER_CASE) ? "permission_name"
				: "permission_Name";
		this.account.permissionSections().forEach((name, section) -> {
			boolean selected = user.permissions().contains(name);
			if (isListed(selected)) {
				permissions.addObject()
					.put("permission_group", section)
					.put(nameMember, permissionName(name))
					.put("selected", selected);
			}
		});
	}

	private String permissionName(String name) {
		return this.state.shows(SimulatedAlternative.PERMISSION_CODES)
				? name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "") : name;
	}

	private boolean isListed(boolean granted) {
		return granted || !this.state.shows(SimulatedAlternative.GRANTED_ONLY);
	}

	private void writeExtras(ObjectNode document, SimulatedUser user, String ipAddress, Instant signedInAt) {
		document.putArray("linked_accounts")
			.addObject()
			.put("company", "Example Outlet")
			.put("merchant_id", "EXOUT")
			.put("selected", true);
		document.putArray("login_histories")
			.addObject()
			.put("ip_address", ipAddress)
			.put("login", user.login())
			.put("login_dts", EasternTime.format(signedInAt))
			.put("user_agent", "Mozilla/5.0");
		document.putArray("notifications")
			.addObject()
			.put("name", "Order Placed")
			.put("notification_group", "Orders")
			.put("selected", false)
			.put("can_filter_by_distribution_centers", true)
			.put("can_include_affiliate", false)
			.put("can_include_order", true)
			.put("can_include_order_plain_text", true)
			.put("include_affiliate", false)
			.put("include_order", false)
			.put("include_order_plain_text", false)
			.putArray("distribution_center_filters")
			.add("DFLT");
	}

}
