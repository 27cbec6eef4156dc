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

import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;
import io.github.ultracartsso.session.RevocationClaims;
import io.github.ultracartsso.web.session.SsoSessionRepository;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;

/**
 * Auto-configuration for applications whose sessions are kept by Spring Session: a
 * warning where the encryption keys are missing, and revocation claims where the sessions
 * are in Redis. It precedes the beans it asks about, so that those it finds are the
 * application's own.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoPropertiesAutoConfiguration.class,
		before = UltraCartSsoSessionAutoConfiguration.class,
		afterName = { "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
				"org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration" })
@ConditionalOnClass(SessionRepository.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean(CheckedUltraCartSsoProperties.class)
public final class UltraCartSpringSessionAutoConfiguration {

	/**
	 * Configures the warning.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(EncryptionKeys.class)
	static class EncryptionKeysCheckConfiguration {

		@Bean
		@ConditionalOnMissingBean({ SecretSealer.class, SsoSessionRepository.class })
		UltraCartEncryptionKeysCheck ultraCartEncryptionKeysCheck(CheckedUltraCartSsoProperties checked,
				ObjectProvider<SessionRepository<?>> sessionRepositories, UltraCartSsoWarnings warnings) {
			return UltraCartEncryptionKeysCheck.ofUsersKeys(checked.properties(), sessionRepositories, warnings);
		}

		@Bean
		@ConditionalOnMissingBean
		UltraCartEncryptionKeysCheck ultraCartLoginEncryptionKeysCheck(CheckedUltraCartSsoProperties checked,
				ObjectProvider<SessionRepository<?>> sessionRepositories, UltraCartSsoWarnings warnings) {
			return UltraCartEncryptionKeysCheck.ofLogins(checked.properties(), sessionRepositories, warnings);
		}

	}

	/**
	 * Configures claims for the only store of Spring Session that reports the end of a
	 * session to every instance.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisIndexedSessionRepository.class)
	static class RedisConfiguration {

		@Bean
		@ConditionalOnMissingBean(RevocationClaims.class)
		@ConditionalOnSingleCandidate(RedisIndexedSessionRepository.class)
		RedisRevocationClaims ultraCartRevocationClaims(RedisIndexedSessionRepository sessionRepository) {
			return new RedisRevocationClaims(sessionRepository.getSessionRedisOperations());
		}

	}

}
