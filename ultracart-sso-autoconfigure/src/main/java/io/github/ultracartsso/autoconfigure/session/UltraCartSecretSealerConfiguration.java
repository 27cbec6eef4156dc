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

import java.util.List;

import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures how the keys of users are sealed before they are stored.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@Import(UltraCartPersistentSessionConfiguration.class)
class UltraCartSecretSealerConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EncryptionKeys ultraCartEncryptionKeys(CheckedUltraCartSsoProperties checked) {
		List<byte[]> keys = checked.encryptionKeys();
		return keys.isEmpty() ? EncryptionKeys.random() : EncryptionKeys.of(keys);
	}

	@Bean
	@ConditionalOnMissingBean
	SecretSealer ultraCartSecretSealer(EncryptionKeys encryptionKeys) {
		return encryptionKeys.sealer("simple-key");
	}

}
