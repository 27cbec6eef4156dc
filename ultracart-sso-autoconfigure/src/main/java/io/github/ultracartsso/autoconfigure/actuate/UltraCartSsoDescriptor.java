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
package io.github.ultracartsso.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint {@code ultracartsso} tells of this instance.
 *
 * @param settings the properties in effect, without their prefix and with secrets masked
 * @param traffic the calls to UltraCart, or {@code null} if there is no call gate
 * @param counts outcomes since the start, by what was counted
 * @param catalogue what UltraCart has listed, by registration
 * @param roles what grants each configured role, by its authority
 * @param warnings the warnings of the checks since the start
 */
record UltraCartSsoDescriptor(Map<String, Object> settings, @Nullable Traffic traffic,
		Map<String, Map<String, Long>> counts, Map<String, Catalogue> catalogue, Map<String, List<String>> roles,
		List<UltraCartSsoWarnings.Warning> warnings) implements OperationResponseBody {

	/**
	 * Calls to UltraCart.
	 *
	 * @param calls {@code made} or {@code rejected}
	 * @param reason why calls are rejected, or {@code null}
	 * @param rejectedFor the time until a login can be started again
	 * @param waiting the calls that wait in the queue
	 * @param leftInHour the requests that are left in this hour
	 * @param leftInDay the requests that are left in this day
	 * @param startsLeft the logins that can be started now, by known and new browsers
	 * @param refreshStretch the factor by which permissions are older than configured
	 * when they are read again
	 * @param requests the requests since the start, by operation and outcome
	 */
	record Traffic(String calls, @Nullable String reason, Duration rejectedFor, int waiting, int leftInHour,
			int leftInDay, Map<String, Long> startsLeft, @Nullable Double refreshStretch,
			Map<String, Map<String, Long>> requests) {

	}

	/**
	 * Names that UltraCart has listed for users of a registration.
	 *
	 * @param permissions the permissions
	 * @param groups the groups
	 */
	record Catalogue(List<ListedName> permissions, List<ListedName> groups) {

	}

	/**
	 * Permission or group that UltraCart has listed.
	 *
	 * @param name the name, spelled as in UltraCart
	 * @param section the section of UltraCart's user screen, or {@code null}
	 * @param authority the authority of users who have it, or {@code null} if it grants
	 * none or the application has a mapper of its own
	 * @param expression a check of the authority, or {@code null}
	 */
	record ListedName(String name, @Nullable String section, @Nullable String authority, @Nullable String expression) {

	}

}
