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

package io.github.ultracartsso.client;

/**
 * Answers as UltraCart's documented models have them.
 */
public final class TestAnswers {

	public static final String REQUEST_ID = "0A1B2C3D4E5F60019BAF6DBC9800110";

	public static final String AUTHORIZE = """
			{"expiration_dts": "2026-11-21T11:46:50-05:00",
			 "login_url": "https://secure.ultracart.com/merchant/sso/login.do?token=EXAMPLEONLY"}
			""";

	public static final String TOKEN = """
			{"expiration_dts": "2026-11-22T11:16:50-05:00", "ip_address": "203.0.113.24", "simple_key": "%s"}
			""".formatted(TestSecrets.USER_KEY.value());

	public static final String USER = """
			{
			  "user_id": 184223,
			  "login": "Jane!ops",
			  "email": "jane@merchant.example",
			  "full_name": "Jane Example",
			  "phone": "555-0100",
			  "otp_serial_number": "GOOGLE-000000",
			  "api_ip_address_masks": ["198.51.100.*"],
			  "groups": [
			    {"group_oid": 41, "member": true, "name": "Warehouse"},
			    {"group_oid": 42, "member": false, "name": "Finance"}
			  ],
			  "linked_accounts": [
			    {"company": "Example Outlet", "merchant_id": "EXOUT", "selected": true}
			  ],
			  "login_histories": [
			    {"ip_address": "203.0.113.24", "login": "Jane!ops", "login_dts": "2026-11-20T09:01:12-05:00",
			     "user_agent": "Mozilla/5.0"}
			  ],
			  "notifications": [
			    {"name": "Order Placed", "notification_group": "Orders", "selected": false,
			     "can_filter_by_distribution_centers": true, "can_include_affiliate": false,
			     "can_include_order": true, "can_include_order_plain_text": true,
			     "distribution_center_filters": ["DFLT"], "include_affiliate": false,
			     "include_order": false, "include_order_plain_text": false}
			  ],
			  "permissions": [
			    {"permission_group": "Admin", "permission_Name": "Edit Users", "selected": false},
			    {"permission_group": "Items", "permission_Name": "View Items", "selected": true},
			    {"permission_group": "Operations", "permission_Name": "Access Reports without PII", "selected": true},
			    {"permission_group": "Operations", "permission_Name": "Access Reports", "selected": false},
			    {"permission_group": "Operations", "permission_Name": "Back End Order Entry (Customer Profiles)",
			     "selected": true},
			    {"permission_group": "Operations", "permission_Name": "Back End Order Entry", "selected": false},
			    {"permission_group": "Conversations", "permission_Name": "SMS/Web Chat User", "selected": true},
			    {"permission_group": "Data Warehouse",
			     "permission_Name": "Level 1 - Standard Access (No PII) (Owner Managed)", "selected": true}
			  ]
			}
			""";

	public static final String USER_WITH_EDGE_CASES = """
			{"user_id": 7, "login": "x", "permissions": [
			  {"permission_group": "Items", "permission_name": "Edit Items", "selected": true},
			  {"permission_group": "Operations", "permission_Name": "Edit Items", "selected": true},
			  {"permission_group": null, "permission_Name": "Delete Order"},
			  {"permission_group": "Future Group", "permission_Name": "Future / Permission", "selected": true,
			   "new_field": 1}
			], "brand_new": {"a": 1}}
			""";

	private TestAnswers() {
	}

	/**
	 * Returns the error envelope as real answers carry it.
	 */
	public static String error(String message) {
		return """
				{"error": {"developer_message": "%1$s", "user_message": "%1$s"}, "metadata": {}}
				""".formatted(message);
	}

}
