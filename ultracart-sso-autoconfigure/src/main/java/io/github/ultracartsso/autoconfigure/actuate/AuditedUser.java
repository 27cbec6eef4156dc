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

import java.util.Map;
import java.util.TreeMap;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.AuditEvent;

/**
 * What audit events tell of a user.
 *
 * @param login the login name, or {@code null} if it is not known
 * @param userId UltraCart's id of the user, or {@code null} if it is not known
 */
record AuditedUser(@Nullable String login, @Nullable Integer userId) {

	private static final int MAX_LOGIN_LENGTH = 64;

	static AuditedUser of(UltraCartUser user) {
		return new AuditedUser(LogText.clean(user.getUsername(), MAX_LOGIN_LENGTH), user.userId());
	}

	AuditEvent event(String type, Map<String, Object> data) {
		Map<String, Object> all = new TreeMap<>(data);
		if (this.userId != null) {
			all.put("userId", this.userId);
		}
		return new AuditEvent(this.login, type, all);
	}

}
