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

package io.github.ultracartsso.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.util.Assert;

/**
 * A user whom a test sets up, and the document that UltraCart would respond with for
 * them.
 *
 * @param user the user, with a user id
 * @param document what the application's mapper gets
 * @param registrationId the id of the registration that the user has signed in with
 */
record TestUser(SimulatedUser user, User document, String registrationId) {

	static final String DEFAULT_LOGIN = "user";

	/**
	 * Creates a test user with the document that UltraCart would have for the user. The
	 * user id is derived from the login where none was set.
	 */
	static TestUser of(SimulatedUser user, String registrationId) {
		Integer userId = user.userId();
		SimulatedUser withUserId = user.toBuilder().userId((userId != null) ? userId : userId(user.login())).build();
		return new TestUser(withUserId, document(withUserId), registrationId);
	}

	static TestUser of(WithUltraCartUser annotation) {
		String location = annotation.value();
		if (location.isEmpty()) {
			return of(SimulatedUser.withLogin(annotation.login())
				.permissions(annotation.permissions())
				.groups(annotation.groups())
				.build(), annotation.registration());
		}
		Assert.isTrue(
				annotation.login().equals(DEFAULT_LOGIN) && annotation.permissions().length == 0
						&& annotation.groups().length == 0,
				() -> "@WithUltraCartUser has the document '" + location
						+ "', which says the login, permissions and groups of the user; remove these attributes");
		return read(location, annotation.registration());
	}

	/**
	 * Reads a user of a file, by default one of the class path.
	 */
	static TestUser read(String location, String registrationId) {
		Resource resource = new DefaultResourceLoader().getResource(location);
		Assert.isTrue(resource.exists(), () -> "There is no document of a user at '" + location + "'");
		try {
			byte[] json = resource.getContentAsByteArray();
			List<SimulatedUser> users = SimulatedUser.read(new ByteArrayInputStream(json));
			Assert.isTrue(users.size() == 1, () -> "'" + location + "' must hold one user");
			TestUser user = of(users.get(0), registrationId);
			JsonMapper mapper = JsonMapper.builder().build();
			JsonNode tree = mapper.readTree(json);
			JsonNode document = tree.isArray() ? tree.path(0) : tree;
			boolean names = Stream.of("permissions", "groups")
				.flatMap((member) -> document.path(member).valueStream())
				.anyMatch(JsonNode::isString);
			return names ? user : user.withDocument(mapper.treeToValue(document, User.class));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private TestUser withDocument(User document) {
		return new TestUser(this.user,
				new User(this.user.userId(), this.user.login(), document.fullName(), document.email(),
						List.copyOf(document.listedPermissions()), List.copyOf(document.listedGroups())),
				this.registrationId);
	}

	private static int userId(String login) {
		return login.hashCode() & Integer.MAX_VALUE;
	}

	private static User document(SimulatedUser user) {
		List<@Nullable Permission> permissions = user.permissions()
			.stream()
			.<@Nullable Permission>map((name) -> new Permission(null, name, true))
			.toList();
		List<@Nullable UserGroupMembership> groups = user.groups()
			.stream()
			.<@Nullable UserGroupMembership>map((name) -> new UserGroupMembership(null, name, true))
			.toList();
		return new User(user.userId(), user.login(), user.fullName(), user.email(), permissions, groups);
	}

}
