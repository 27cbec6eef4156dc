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

package io.github.ultracartsso.session.event;

import java.util.Set;

import io.github.ultracartsso.authentication.UltraCartUser;

/**
 * Published when a signed-in user was read again at UltraCart and changes are in effect.
 *
 * @param user the user as read now
 * @param gained the authorities that the user did not have before. If no authority has
 * changed, the permissions, and the groups as {@code group:<name>}. Empty if none
 * @param lost the authorities that the user does not have any more. If no authority has
 * changed, the permissions, and the groups as {@code group:<name>}. Empty if none
 * @since 0.1
 */
public record UltraCartUserRefreshedEvent(UltraCartUser user, Set<String> gained, Set<String> lost) {

	/**
	 * Returns whether anything has changed.
	 * @return {@code false} if the user has the same authorities, permissions and groups
	 * as before
	 */
	public boolean isChange() {
		return !this.gained.isEmpty() || !this.lost.isEmpty();
	}

}
