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
import java.util.List;

import io.github.ultracartsso.client.SimpleKey;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * Attempt to sign in with UltraCart. Its credentials are the key that UltraCart issued
 * for the user, until the attempt has succeeded or failed. They are neither printed nor
 * serialized.
 *
 * @since 0.1
 * @see UltraCartAuthenticationToken
 */
public final class UltraCartLoginAuthenticationToken extends AbstractAuthenticationToken {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String registrationId;

	private transient @Nullable SimpleKey simpleKey;

	/**
	 * Creates an attempt without a key.
	 * @param registrationId the id of the registration that the user signs in with
	 */
	public UltraCartLoginAuthenticationToken(String registrationId) {
		this(registrationId, null);
	}

	/**
	 * Creates an attempt.
	 * @param registrationId the id of the registration that the user signs in with
	 * @param simpleKey the key that UltraCart issued for the user, or {@code null}
	 */
	public UltraCartLoginAuthenticationToken(String registrationId, @Nullable SimpleKey simpleKey) {
		super(List.of());
		this.registrationId = registrationId;
		this.simpleKey = simpleKey;
	}

	/**
	 * Returns the registration, because the user is not known yet.
	 * @return the registration id
	 */
	@Override
	public Object getPrincipal() {
		return this.registrationId;
	}

	@Override
	public @Nullable SimpleKey getCredentials() {
		return this.simpleKey;
	}

	/**
	 * Erases the key.
	 */
	@Override
	public void eraseCredentials() {
		super.eraseCredentials();
		this.simpleKey = null;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
