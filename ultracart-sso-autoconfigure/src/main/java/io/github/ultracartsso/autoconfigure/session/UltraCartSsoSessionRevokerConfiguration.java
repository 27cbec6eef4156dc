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

import java.time.Clock;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.RevocationClaims;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures how the keys of users are revoked at UltraCart.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnSingleCandidate(UltraCartSsoClient.class)
class UltraCartSsoSessionRevokerConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SsoSessionRevoker ultraCartSsoSessionRevoker(UltraCartSsoClient client, SsoSessions ssoSessions,
			CheckedUltraCartSsoProperties checked, ApplicationEventPublisher eventPublisher,
			ObjectProvider<Clock> clock, ObjectProvider<RevocationClaims> revocationClaims) {
		SsoSessionRevoker revoker = new SsoSessionRevoker(client, ssoSessions);
		revoker.setTimeout(checked.properties().logout().revokeTimeout());
		revoker.setApplicationEventPublisher(eventPublisher);
		clock.ifUnique(revoker::setClock);
		revocationClaims.ifUnique(revoker::setRevocationClaims);
		return revoker;
	}

}
