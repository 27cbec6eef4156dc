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

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.session.SecretSealer;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.session.RevocationClaims;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.session.SsoSessionRevoker;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What keeps the keys of signed-in users, and revokes them.
 */
@Configuration(proxyBeanMethods = false)
class UltraCartSessionConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EncryptionKeys ultraCartEncryptionKeys(CheckedUltraCartSsoProperties checked) {
		List<byte[]> keys = checked.properties()
			.session()
			.encryptionKeys()
			.stream()
			.map(EncryptionKeyReader::read)
			.map(Objects::requireNonNull)
			.toList();
		return keys.isEmpty() ? EncryptionKeys.random() : EncryptionKeys.of(keys);
	}

	@Bean
	@ConditionalOnMissingBean
	SecretSealer ultraCartSecretSealer(EncryptionKeys encryptionKeys) {
		return encryptionKeys.sealer("simple-key");
	}

	@Bean
	@ConditionalOnMissingBean(SsoSessionRepository.class)
	HttpSessionSsoSessionRepository ultraCartSsoSessionRepository(SecretSealer secretSealer) {
		return new HttpSessionSsoSessionRepository(secretSealer);
	}

	@Bean
	@ConditionalOnMissingBean
	SsoSessionRevoker ultraCartSsoSessionRevoker(UltraCartSsoClient client, CheckedUltraCartSsoProperties checked,
			ApplicationEventPublisher eventPublisher, CurrentSsoSessions currentSsoSessions,
			ObjectProvider<Clock> clock, ObjectProvider<RevocationClaims> revocationClaims) {
		SsoSessionRevoker revoker = new SsoSessionRevoker(client);
		revoker.setCurrentSsoSessions(currentSsoSessions);
		revoker.setTimeout(checked.properties().logout().revokeTimeout());
		revoker.setApplicationEventPublisher(eventPublisher);
		clock.ifUnique(revoker::setClock);
		revocationClaims.ifUnique(revoker::setRevocationClaims);
		return revoker;
	}

	@Bean
	SsoSessionRevokerLifecycle ultraCartSsoSessionRevokerLifecycle(SsoSessionRevoker revoker) {
		return new SsoSessionRevokerLifecycle(revoker);
	}

}
