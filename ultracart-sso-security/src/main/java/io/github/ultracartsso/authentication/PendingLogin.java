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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A login that has been started and not come back yet.
 *
 * @param state the value that binds the callback to the browser session that started the
 * login
 * @param expiresAt when the login is too old to be completed
 * @param target where the user wanted to go, a URL relative to this host, or {@code null}
 * for the default
 * @param afterSessionEnd whether it was started because a session of the user had ended,
 * and not by the user
 * @since 0.1
 */
public record PendingLogin(String state, Instant expiresAt, @Nullable String target,
		boolean afterSessionEnd) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates a pending login.
	 * @param state the state, not {@code null}
	 * @param expiresAt the expiry, not {@code null}
	 * @param target the target, or {@code null}
	 * @param afterSessionEnd whether it was started because a session had ended
	 */
	public PendingLogin {
		Assert.notNull(state, "state cannot be null");
		Assert.notNull(expiresAt, "expiresAt cannot be null");
	}

	/**
	 * Returns whether this login was started with the state, in a time that does not
	 * depend on where the two differ.
	 * @param candidate the state of a callback
	 * @return {@code true} if they are the same
	 */
	public boolean hasState(String candidate) {
		return MessageDigest.isEqual(this.state.getBytes(StandardCharsets.UTF_8),
				candidate.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns whether the login is too old.
	 * @param now the present
	 * @return {@code true} from {@code expiresAt} on
	 */
	public boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	@Override
	public String toString() {
		return "PendingLogin[expiresAt=" + this.expiresAt + "]";
	}

}
