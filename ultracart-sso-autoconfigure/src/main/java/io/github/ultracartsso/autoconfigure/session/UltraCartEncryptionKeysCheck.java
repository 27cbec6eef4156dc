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

package io.github.ultracartsso.autoconfigure.session;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties.Login.PendingStore;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.session.SessionRepository;

/**
 * Warns at start if Spring Session keeps sessions, which outlive the process or are
 * shared between instances, while the key that seals their secrets is a random one of
 * this process.
 */
final class UltraCartEncryptionKeysCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartEncryptionKeysCheck.class);

	private final UltraCartSsoProperties properties;

	private final ObjectProvider<SessionRepository<?>> sessionRepositories;

	private final String consequence;

	private final UltraCartSsoWarnings warnings;

	private UltraCartEncryptionKeysCheck(UltraCartSsoProperties properties,
			ObjectProvider<SessionRepository<?>> sessionRepositories, String consequence,
			UltraCartSsoWarnings warnings) {
		this.properties = properties;
		this.sessionRepositories = sessionRepositories;
		this.consequence = consequence;
		this.warnings = warnings;
	}

	/**
	 * Returns the check for an application in which the encryption keys seal the keys of
	 * users.
	 */
	static UltraCartEncryptionKeysCheck ofUsersKeys(UltraCartSsoProperties properties,
			ObjectProvider<SessionRepository<?>> sessionRepositories, UltraCartSsoWarnings warnings) {
		return new UltraCartEncryptionKeysCheck(properties, sessionRepositories,
				"Users are signed out at each restart, and whenever another instance serves their request.", warnings);
	}

	/**
	 * Returns the check for an application that protects the keys of users itself, so
	 * that the encryption keys seal pending logins and return targets only.
	 */
	static UltraCartEncryptionKeysCheck ofLogins(UltraCartSsoProperties properties,
			ObjectProvider<SessionRepository<?>> sessionRepositories, UltraCartSsoWarnings warnings) {
		return new UltraCartEncryptionKeysCheck(properties, sessionRepositories, (properties.login()
			.pendingStore() == PendingStore.COOKIE)
					? "A login that begins at one instance cannot be completed at another."
					: "A user whose login continues at another instance does not return to the page they requested.",
				warnings);
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.properties.session().encryptionKeys().isEmpty()
				&& this.sessionRepositories.stream().findAny().isPresent()) {
			this.warnings.give(logger,
					"Spring Session keeps sessions, but ultracart.sso.session.encryption-keys is not set, so a"
							+ " random key is used that no other instance has and that is lost at a restart. "
							+ this.consequence + " Make a key with 'openssl rand -base64 32' and set"
							+ " ultracart.sso.session.encryption-keys to it, the same at every instance.");
		}
	}

}
