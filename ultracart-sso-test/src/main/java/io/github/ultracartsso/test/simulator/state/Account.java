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

package io.github.ultracartsso.test.simulator.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The simulated merchant account: its users, groups and permissions. Guarded by the lock
 * of {@link SimulatorState}. Not part of the API.
 */
public final class Account {

	/**
	 * A group without members, so that every user's document lists a group that the user
	 * is not a member of.
	 */
	private static final String FOREIGN_GROUP = "Nobody's Group";

	private static final int FIRST_GROUP_ID = 41;

	private final Map<String, SimulatedUser> users = new LinkedHashMap<>();

	private final Map<String, Integer> groups = new LinkedHashMap<>();

	private final SimulatedPermissions permissions = new SimulatedPermissions("A simulated user");

	private final UserIds userIds;

	Account(UserIds userIds) {
		this.userIds = userIds;
		includeGroup(FOREIGN_GROUP);
	}

	/**
	 * Removes all users, and the groups and permissions that they have added.
	 */
	void clear() {
		this.users.clear();
		this.groups.clear();
		this.permissions.clear();
		includeGroup(FOREIGN_GROUP);
	}

	void add(SimulatedUser user) {
		Assert.notNull(user, "user must not be null");
		put(user, find(user.login()));
	}

	void update(SimulatedUser user) {
		Assert.notNull(user, "user must not be null");
		put(user, required(user.login()));
	}

	private void put(SimulatedUser user, @Nullable SimulatedUser previous) {
		Integer userId = user.userId();
		if (userId != null) {
			requireFree(userId, user.login());
		}
		else {
			userId = (previous != null) ? previous.userId() : null;
		}
		int assigned = (userId != null) ? userId : this.userIds.of(user.login());
		this.userIds.assign(user.login(), assigned);
		this.users.put(user.login(), withUserId(user, assigned));
		include(user);
	}

	/**
	 * Returns a user with a user id: the one the user has, or that of the added user with
	 * the same login, or a new one.
	 */
	public SimulatedUser withUserId(SimulatedUser user) {
		Assert.notNull(user, "user must not be null");
		include(user);
		SimulatedUser added = find(user.login());
		Integer userId = (user.userId() == null && added != null) ? added.userId() : user.userId();
		return withUserId(user, (userId != null) ? userId : this.userIds.of(user.login()));
	}

	private static SimulatedUser withUserId(SimulatedUser user, int userId) {
		return user.toBuilder().userId(userId).build();
	}

	private void include(SimulatedUser user) {
		this.permissions.include(user.permissions());
		user.groups().forEach(this::includeGroup);
	}

	private void requireFree(int userId, String login) {
		for (SimulatedUser other : this.users.values()) {
			Assert.isTrue(!hasUserId(other, userId) || other.login().equals(login), () -> "The user id " + userId
					+ " belongs to '" + other.login() + "' already; give '" + login + "' another one or none");
		}
	}

	private static boolean hasUserId(SimulatedUser user, int userId) {
		return Integer.valueOf(userId).equals(user.userId());
	}

	private void includeGroup(String name) {
		this.groups.putIfAbsent(name, FIRST_GROUP_ID + this.groups.size());
	}

	void remove(String login) {
		required(login);
		this.users.remove(login);
	}

	public @Nullable SimulatedUser find(String login) {
		return this.users.get(login);
	}

	public SimulatedUser required(String login) {
		SimulatedUser user = this.users.get(login);
		Assert.notNull(user, () -> "There is no user with the login '" + login + "' among " + this.users.keySet()
				+ "; add it with addUser");
		return user;
	}

	/**
	 * Returns the users in the order they were added.
	 */
	public List<SimulatedUser> users() {
		return List.copyOf(this.users.values());
	}

	/**
	 * Returns the id of each group by the group's name.
	 */
	public Map<String, Integer> groups() {
		return this.groups;
	}

	/**
	 * Returns the section of each permission by the permission's name.
	 */
	public Map<String, String> permissionSections() {
		return this.permissions.sections();
	}

}
