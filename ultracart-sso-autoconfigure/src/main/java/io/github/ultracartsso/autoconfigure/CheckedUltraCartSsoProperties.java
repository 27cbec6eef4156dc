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

package io.github.ultracartsso.autoconfigure;

import java.util.List;

import io.github.ultracartsso.client.PlainHttpHosts;

/**
 * The configuration properties after all checks have passed. The auto-configurations
 * create beans from these properties only, so that no bean is created from a mistake.
 * This type is shared between packages of this module and is no API for applications.
 *
 * @param properties the properties, without mistakes
 * @param encryptionKeys the keys of {@code ultracart.sso.session.encryption-keys} as
 * bytes, in their order
 */
public record CheckedUltraCartSsoProperties(UltraCartSsoProperties properties, List<byte[]> encryptionKeys) {

	/**
	 * Creates the checked properties.
	 * @param properties the properties, without mistakes
	 * @param encryptionKeys the encryption keys as bytes
	 */
	public CheckedUltraCartSsoProperties {
		encryptionKeys = List.copyOf(encryptionKeys);
	}

	/**
	 * Returns the hosts that are trusted over plain http in development.
	 * @return the hosts
	 */
	public PlainHttpHosts plainHttpHosts() {
		return new PlainHttpHosts(this.properties.development().plainHttpHosts());
	}

	/**
	 * Returns the name of the type only, because it holds keys.
	 */
	@Override
	public String toString() {
		return "CheckedUltraCartSsoProperties";
	}

}
