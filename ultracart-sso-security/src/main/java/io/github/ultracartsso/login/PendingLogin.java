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

package io.github.ultracartsso.login;

import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Login that has been started and whose callback has not arrived yet.
 *
 * @param registrationId the registration that the user signs in with
 * @param state the value that binds the callback to the browser that started the login
 * @param startedAt when the login was started
 * @param expiresAt from when on the login cannot be completed any more
 * @param target where the user returns to, or {@code null} for the default
 * @since 0.1
 */
public record PendingLogin(String registrationId, String state, Instant startedAt, Instant expiresAt,
		@Nullable ReturnTarget target) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates a pending login.
	 * @param registrationId the registration, not {@code null}
	 * @param state the state, not {@code null}
	 * @param startedAt the start, not {@code null}
	 * @param expiresAt the expiry, not {@code null}
	 * @param target the target, or {@code null}
	 */
	public PendingLogin {
		Assert.notNull(registrationId, "registrationId cannot be null");
		Assert.notNull(state, "state cannot be null");
		Assert.notNull(startedAt, "startedAt cannot be null");
		Assert.notNull(expiresAt, "expiresAt cannot be null");
	}

	/**
	 * Returns the same login with another target.
	 * @param target the target, or {@code null} for the default
	 * @return a pending login
	 */
	public PendingLogin withTarget(@Nullable ReturnTarget target) {
		return new PendingLogin(this.registrationId, this.state, this.startedAt, this.expiresAt, target);
	}

	/**
	 * Returns whether this login was started with the state. The states are compared in
	 * constant time.
	 * @param candidate the state of a callback
	 * @return {@code true} if the states are equal
	 */
	public boolean hasState(String candidate) {
		return MessageDigest.isEqual(this.state.getBytes(StandardCharsets.UTF_8),
				candidate.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns whether the login has expired.
	 * @param now the current time
	 * @return {@code true} from {@code expiresAt} on
	 */
	public boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	@Override
	public String toString() {
		return "PendingLogin[registrationId=" + this.registrationId + ", expiresAt=" + this.expiresAt + "]";
	}

}
