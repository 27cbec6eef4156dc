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

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;

import org.springframework.security.core.SpringSecurityCoreVersion;
import org.springframework.util.ClassUtils;

/**
 * Checks that Spring Security has what the library needs of it. Spring Boot 4.1.0
 * compiles with the library, but its Spring Security could not seal a key, and each login
 * would fail.
 */
final class SpringSecurityVersionCheck implements PropertiesCheck {

	private static final String NEW_IN_7_1_1 = "org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor";

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		if (!ClassUtils.isPresent(NEW_IN_7_1_1, null)) {
			mistakes.add("Spring Security is %s, but must be 7.1.1 or later"
				.formatted(SpringSecurityCoreVersion.getVersion()), "Use Spring Boot 4.1.1 or later.");
		}
	}

}
