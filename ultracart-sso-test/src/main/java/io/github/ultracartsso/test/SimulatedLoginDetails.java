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

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Authentication details of a test user, with the SSO session that a signed-in user has.
 */
final class SimulatedLoginDetails extends WebAuthenticationDetails {

	@Serial
	private static final long serialVersionUID = 1L;

	static final SimpleKey KEY = SimpleKey.of("test-key-of-no-use-at-ultracart");

	private final transient @Nullable SimulatedUser user;

	private transient @Nullable SimpleKey key;

	/**
	 * Creates details.
	 * @param user the user of the key at the simulator, if there is one
	 * @param clientAddress the address that the user's requests come from
	 */
	SimulatedLoginDetails(SimulatedUser user, String clientAddress) {
		super(clientAddress, null);
		this.user = user;
	}

	/**
	 * Returns an SSO session with a key that UltraCart does not know.
	 */
	static SsoSession uselessSsoSession() {
		return ssoSession(KEY);
	}

	/**
	 * Returns the user's SSO session, always the same one. The first call starts it.
	 * @param simulator the simulator where the key is valid, if there is one
	 */
	synchronized SsoSession ssoSession(ObjectProvider<UltraCartSimulator> simulator) {
		if (this.key == null) {
			UltraCartSimulator ultraCart = simulator.getIfUnique();
			this.key = (ultraCart != null && this.user != null) ? ultraCart.signIn(this.user).simpleKey() : KEY;
		}
		return ssoSession(this.key);
	}

	private static SsoSession ssoSession(SimpleKey key) {
		return new SsoSession(key, Instant.MAX, null);
	}

}
