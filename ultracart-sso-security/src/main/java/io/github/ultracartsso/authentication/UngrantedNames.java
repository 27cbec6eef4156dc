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

package io.github.ultracartsso.authentication;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.StringUtils;

/**
 * Warns once of a mapper that grants a user an authority for each permission that exists,
 * also for those that the user does not have.
 */
final class UngrantedNames {

	private static final Log logger = LogFactory.getLog(UngrantedNames.class);

	private static final int MAX_LENGTH = 100;

	/**
	 * One such authority may be chance.
	 */
	private static final int MIN_NAMES = 2;

	private final AtomicBoolean warned = new AtomicBoolean();

	void check(User user, UltraCartUser principal) {
		if (this.warned.get()) {
			return;
		}
		String example = "";
		int ungranted = 0;
		for (Permission permission : user.listedPermissions()) {
			String name = permission.permissionName();
			// each authority ends with an empty name
			if (!StringUtils.hasText(name) || permission.granted()) {
				continue;
			}
			if (!isIn(principal.authorityList(), name)) {
				return;
			}
			example = name;
			ungranted++;
		}
		if (ungranted >= MIN_NAMES && !this.warned.getAndSet(true)) {
			logger.warn(LogMessage.format(
					"A mapper of the application grants a user an authority for each of %s permissions that the user does"
							+ " not have, such as '%s'. User.listedPermissions() has all permissions that exist. Map"
							+ " User.permissions(), which are those that the user has",
					ungranted, LogText.clean(example, MAX_LENGTH)));
		}
	}

	private static boolean isIn(Collection<? extends GrantedAuthority> authorities, String name) {
		String form = AuthorityNames.normalize(name);
		for (GrantedAuthority granted : authorities) {
			String authority = granted.getAuthority();
			if (authority != null && (authority.endsWith(name) || (!form.isEmpty() && authority.endsWith(form)))) {
				return true;
			}
		}
		return false;
	}

}
