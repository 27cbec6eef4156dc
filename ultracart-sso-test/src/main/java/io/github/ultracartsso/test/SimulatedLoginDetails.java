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

package io.github.ultracartsso.test;

import java.io.Serial;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.session.SsoSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Authentication details of a test user, with the SSO session that a signed-in user has.
 */
final class SimulatedLoginDetails extends WebAuthenticationDetails {

	@Serial
	private static final long serialVersionUID = 1L;

	static final SimpleKey KEY = SimpleKey.of("test-key-of-no-use-at-ultracart");

	private final transient @Nullable SsoSession ssoSession;

	/**
	 * Creates details.
	 * @param ssoSession the user's SSO session
	 * @param clientAddress the address that the user's requests come from
	 */
	SimulatedLoginDetails(SsoSession ssoSession, String clientAddress) {
		super(clientAddress, null);
		this.ssoSession = ssoSession;
	}

	/**
	 * Returns an SSO session of a user that does not expire.
	 * @param user the user
	 * @param clientAddress the address that the user's requests come from
	 * @param now when the user signed in
	 * @param simpleKey starts the session at UltraCart when the key is first used
	 */
	static SsoSession ssoSession(UltraCartUser user, String clientAddress, Instant now,
			Supplier<@Nullable SimpleKey> simpleKey) {
		return SsoSession.withId(UUID.randomUUID().toString())
			.registrationId(user.registrationId())
			.userId(user.userId())
			.simpleKeySupplier(simpleKey)
			.expiresAt(Instant.MAX)
			.clientAddress(clientAddress)
			.beganAt(now)
			.userReadAt(now)
			.build();
	}

	/**
	 * Returns the user's SSO session, or {@code null} if these details were deserialized.
	 */
	@Nullable SsoSession ssoSession() {
		return this.ssoSession;
	}

}
