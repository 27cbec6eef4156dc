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

package io.github.ultracartsso.test.simulator.console;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.state.Account;

/**
 * Renders the users, each with a form to change them, and a form for another one.
 */
final class UsersView {

	Html users(Account account) {
		Html users = new Html();
		account.users()
			.forEach((user) -> users.add("""
					<details data-user="%s"><summary>%s <code>%s</code> <small>%s</small></summary>
					<form method="post">
					<input type="hidden" name="login" value="%s">
					%s<p><button name="action" value="save-user">Save</button>
					<button name="action" value="remove-user">Remove</button></p>
					</form></details>
					""", user.login(), user.fullName(), user.login(), summary(user), user.login(),
					fields(user.fullName(), user.email(), user.permissions(), user.groups(), account)));
		return new Html().add("""
				<section id="users" class="wide"><h2>Users</h2>
				%s<details><summary>Add a user</summary>
				<form method="post">
				<label>Login <input name="login" required maxlength="20"></label>
				%s<p><button name="action" value="save-user">Add</button></p>
				</form></details>
				</section>
				""", users, fields("", "", Set.of(), Set.of(), account));
	}

	private static String summary(SimulatedUser user) {
		return user.permissions().isEmpty() ? "no permissions" : String.join(" · ", user.permissions());
	}

	private static Html fields(String fullName, String email, Set<String> granted, Set<String> groups,
			Account account) {
		return new Html().add("""
				<label>Full name <input name="full-name" value="%s"></label>
				<label>E-mail <input name="email" value="%s"></label>
				%s<label>Other permissions, one in a line <textarea name="more-permissions" rows="2"></textarea></label>
				<label>Groups, one in a line <textarea name="groups" rows="2">%s</textarea></label>
				""", fullName, email, permissions(granted, account.permissionSections()), String.join("\n", groups));
	}

	private static Html permissions(Set<String> granted, Map<String, String> sections) {
		Map<String, Html> boxes = new TreeMap<>();
		sections.forEach((name, section) -> boxes.computeIfAbsent(section, (key) -> new Html())
			.add("<label><input type=\"checkbox\" name=\"permission\" value=\"%s\"%s> %s</label>\n", name,
					granted.contains(name) ? Html.of(" checked") : "", name));
		Html permissions = new Html();
		boxes
			.forEach((section, html) -> permissions.add("<fieldset><legend>%s</legend>%s</fieldset>\n", section, html));
		return permissions;
	}

}
