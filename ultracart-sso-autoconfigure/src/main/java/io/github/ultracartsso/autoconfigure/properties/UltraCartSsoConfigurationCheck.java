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

package io.github.ultracartsso.autoconfigure.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;

/**
 * Checks all configuration properties before any other bean is created from them, so that
 * all mistakes are reported at once. It makes no call.
 */
final class UltraCartSsoConfigurationCheck {

	private final List<PropertiesCheck> checks = new ArrayList<>();

	private final UnknownProperties unknownProperties;

	/**
	 * Creates the check.
	 * @param sslBundles the names of the available SSL bundles
	 * @param credential whether the credential of the application comes from the
	 * properties
	 * @param baseUrl whether the base URL comes from the properties
	 * @param unknownProperties the properties that have no effect
	 */
	UltraCartSsoConfigurationCheck(List<String> sslBundles, boolean credential, boolean baseUrl,
			UnknownProperties unknownProperties) {
		this.unknownProperties = unknownProperties;
		if (credential) {
			this.checks.add(new CredentialCheck(unknownProperties.keyElsewhere()));
		}
		if (baseUrl) {
			this.checks.add(new BaseUrlCheck());
		}
		this.checks.addAll(List.of(new SpringSecurityVersionCheck(), new EndpointCheck(), new LoginCheck(),
				new SignInCheck(), new LimitsCheck(), new AuthoritiesCheck(), new EncryptionKeysCheck(),
				new SessionAgesCheck(), new TimeoutsCheck(), new UpperBoundsCheck(), new HttpCheck(sslBundles)));
	}

	/**
	 * Checks the properties. If there are mistakes, unknown properties are reported with
	 * them, else a warning is logged.
	 * @param properties the properties
	 * @param warnings logs the warning
	 * @return the checked properties
	 * @throws InvalidUltraCartSsoConfigurationException if there are mistakes
	 */
	CheckedUltraCartSsoProperties check(UltraCartSsoProperties properties, UltraCartSsoWarnings warnings) {
		Mistakes mistakes = new Mistakes();
		this.checks.forEach((check) -> check.check(properties, mistakes));
		mistakes.throwIfAny(this.unknownProperties::addTo);
		this.unknownProperties.warn(warnings);
		return new CheckedUltraCartSsoProperties(properties, encryptionKeys(properties));
	}

	private static List<byte[]> encryptionKeys(UltraCartSsoProperties properties) {
		return properties.session()
			.encryptionKeys()
			.stream()
			.map(EncryptionKeyReader::read)
			.map(Objects::requireNonNull)
			.toList();
	}

}
