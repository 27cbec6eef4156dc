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

package io.github.ultracartsso.test.simulator;

/**
 * What UltraCart may do where its documentation leaves a question open. By default the
 * simulator behaves in the way that is more likely; each alternative makes it behave in
 * the other way. An application should work with both.
 *
 * @since 0.1
 * @see io.github.ultracartsso.test.UltraCartSimulator#show(SimulatedAlternative...)
 */
public enum SimulatedAlternative {

	/**
	 * The name of a permission is in {@code permission_name}, not in
	 * {@code permission_Name}.
	 */
	PERMISSION_NAME_IN_LOWER_CASE("The name of a permission is in permission_name, not in permission_Name."),

	/**
	 * Permissions are codes such as {@code view_items}, not names such as
	 * {@code View Items}.
	 */
	PERMISSION_CODES("Permissions are codes such as view_items, not names such as View Items."),

	/**
	 * The document of a user lists only the permissions and groups that the user has, not
	 * all of them with a flag.
	 */
	GRANTED_ONLY("A user's document lists only the permissions and groups that the user has, not all with a flag."),

	/**
	 * A revocation gets a 200 with a body, not a 204.
	 */
	REVOKED_WITH_BODY("A revocation gets a 200 with a body, not a 204."),

	/**
	 * Each call with a user's key extends its lifetime. By default a key expires at the
	 * time that was announced with it.
	 */
	SLIDING_KEYS("Each call with a user's key extends its lifetime. Otherwise it expires as announced."),

	/**
	 * Only one redirect URI is registered, that of the first login. Logins with another
	 * one get a 400.
	 */
	REGISTERED_REDIRECT_URI("Only the redirect URI of the first login is registered. Logins with another get a 400."),

	/**
	 * A user who cancels a login stays at UltraCart, and the application does not learn
	 * of it. By default the browser returns with {@code error=access_denied}.
	 */
	SILENT_CANCEL("A user who cancels stays at UltraCart, and does not return with error=access_denied."),

	/**
	 * The exchange of a used or expired code gets a 401, not a 400.
	 */
	UNAUTHORIZED_CODE("The exchange of a used or expired code gets a 401, not a 400."),

	/**
	 * The login page is on another host than the API: on {@code 127.0.0.1}, not on
	 * {@code localhost}. An application has to allow the host.
	 */
	OTHER_LOGIN_HOST("The login page is on 127.0.0.1, another host than the API's. An application has to allow it."),

	/**
	 * The 429 of {@link SimulatedLimits} has no header {@code Retry-After}.
	 */
	NO_RETRY_AFTER("A 429 for limits has no Retry-After."),

	/**
	 * Calls with a user's key do not count for the application's {@link SimulatedLimits}.
	 */
	UNCOUNTED_USER_CALLS("Calls with a user's key do not count for the application's limits."),

	/**
	 * Access tokens lack {@code sso_write}, so that the application needs a simple key.
	 */
	OAUTH_WITHOUT_SSO("Access tokens lack sso_write, so that the application needs a simple key."),

	/**
	 * A user has another user id at each merchant, also where accounts are linked.
	 */
	USER_ID_PER_MERCHANT("A user has another user id at each merchant, also where accounts are linked."),

	/**
	 * A call without the header {@code X-UltraCart-Api-Version} gets a 401, not a 400.
	 */
	UNAUTHORIZED_WITHOUT_VERSION("A call without X-UltraCart-Api-Version gets a 401, not a 400.");

	private final String description;

	SimulatedAlternative(String description) {
		this.description = description;
	}

	/**
	 * Returns what the simulator does.
	 * @return one or two sentences in English
	 */
	public String description() {
		return this.description;
	}

}
