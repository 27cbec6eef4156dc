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

import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Reads {@link SimulatedUser}s from JSON, in UltraCart's own form or with plain names of
 * permissions and groups.
 */
final class SimulatedUserReader {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final Set<String> MEMBERS = Set.of("user_id", "userId", "login", "full_name", "fullName", "email",
			"permissions", "groups");

	private SimulatedUserReader() {
	}

	static List<SimulatedUser> read(InputStream json) {
		try {
			JsonNode document = MAPPER.readTree(json);
			return document.isArray() ? document.valueStream().map(SimulatedUserReader::user).toList()
					: List.of(user(document));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The users are not valid JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	private static SimulatedUser user(JsonNode document) {
		Assert.isTrue(document.isObject(), "A user must be a JSON object, such as {\"login\": \"jane\"}");
		Assert.isTrue(document.path("login").isString(), "A user must have a \"login\"");
		SimulatedUser.Builder user = SimulatedUser.withLogin(document.path("login").stringValue());
		either(document, "user_id", "userId").intValueOpt().ifPresent(user::userId);
		either(document, "full_name", "fullName").stringValueOpt().ifPresent(user::fullName);
		document.path("email").stringValueOpt().ifPresent(user::email);
		boolean permissionsInOwnForm = readNames(document, "permissions", "selected", user::permission);
		boolean groupsInOwnForm = readNames(document, "groups", "member", user::group);
		if (!permissionsInOwnForm && !groupsInOwnForm) {
			document.propertyNames()
				.forEach((name) -> Assert.isTrue(MEMBERS.contains(name),
						() -> "A user has no \"" + name + "\"; there are " + MEMBERS.stream().sorted().toList()));
		}
		return user.build();
	}

	private static JsonNode either(JsonNode document, String member, String other) {
		return document.has(member) ? document.path(member) : document.path(other);
	}

	/**
	 * Reads the names that are granted.
	 * @return whether they are in UltraCart's own form, with one object for each name
	 */
	private static boolean readNames(JsonNode document, String member, String flag, Consumer<String> names) {
		boolean ownForm = false;
		JsonNode list = document.path(member);
		Assert.isTrue(list.isArray() || list.isMissingNode() || list.isNull(),
				() -> "The \"" + member + "\" of a user must be an array of names");
		for (JsonNode entry : list) {
			Assert.isTrue(entry.isString() || entry.isObject(),
					() -> "The \"" + member + "\" of a user must be names, or objects as at UltraCart");
			if (entry.isString()) {
				names.accept(entry.stringValue());
			}
			else {
				ownForm = true;
				if (entry.path(flag).booleanValue(false)) {
					names.accept(name(entry));
				}
			}
		}
		return ownForm;
	}

	private static String name(JsonNode entry) {
		return entry.path("name")
			.stringValueOpt()
			.or(() -> entry.path("permission_Name").stringValueOpt())
			.or(() -> entry.path("permission_name").stringValueOpt())
			.orElse("");
	}

}
