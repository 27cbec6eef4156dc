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

import java.util.HashMap;
import java.util.Map;

/**
 * Assigns user ids. Merchants of one simulator share them, so that a login has the same
 * id at each merchant, as linked accounts have. Not part of the API.
 */
public final class UserIds {

	private static final int FIRST = 184_223;

	private final Map<String, Integer> byLogin = new HashMap<>();

	private int next = FIRST;

	/**
	 * Returns the id of a login, the same one each time.
	 */
	synchronized int of(String login) {
		return this.byLogin.computeIfAbsent(login, (key) -> free());
	}

	/**
	 * Notes the id that a user has been given.
	 */
	synchronized void assign(String login, int userId) {
		this.byLogin.put(login, userId);
	}

	/**
	 * Forgets all users. The next one gets the first id.
	 */
	public synchronized void clear() {
		this.byLogin.clear();
		this.next = FIRST;
	}

	private int free() {
		while (this.byLogin.containsValue(this.next)) {
			this.next++;
		}
		return this.next++;
	}

}
