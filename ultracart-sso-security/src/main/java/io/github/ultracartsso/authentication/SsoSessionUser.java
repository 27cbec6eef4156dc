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

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The user of an SSO session as UltraCart last described him, and where he signed in
 * from. It lies in the HTTP session beside the security context, which other logins may
 * change.
 *
 * @param user the user as last read
 * @param readAt when the user was last read
 * @param clientAddress the address the login was completed from, or {@code null} if it is
 * not known
 * @param afterSessionEnd whether the login followed by itself on the end of another
 * session of the user
 * @since 0.1
 */
public record SsoSessionUser(UltraCartUser user, Instant readAt, @Nullable String clientAddress,
		boolean afterSessionEnd) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates the user of an SSO session.
	 * @param user the user, not {@code null}
	 * @param readAt when the user was last read, not {@code null}
	 * @param clientAddress the address, or {@code null}
	 * @param afterSessionEnd whether the login followed on the end of a session
	 */
	public SsoSessionUser {
		Assert.notNull(user, "user cannot be null");
		Assert.notNull(readAt, "readAt cannot be null");
	}

	/**
	 * Returns the same with the user as read anew.
	 * @param user the user
	 * @param readAt when he was read
	 * @return what takes the place of this
	 */
	public SsoSessionUser refreshed(UltraCartUser user, Instant readAt) {
		return new SsoSessionUser(user, readAt, this.clientAddress, this.afterSessionEnd);
	}

}
